import type { LatePolicy } from "./assignment.ts";
import type { ReadAssignment } from "./assignment-file.ts";

/**
 * What a class is told of an assignment: all that leaves the instructor's machine before the grades do. No seed, no student, no
 * file and no name of a hidden check is in it.
 */
export interface ToldAssignment {
  title: string;
  exercises: readonly ToldExercise[];
  /** The late policy, a sentence each. */
  late: readonly string[];
}

export interface ToldExercise {
  slug: string;
  title: string;
  /** Name of its chapter's folder. */
  chapter: string;
  /** Of the checks that the exercise's page shows. */
  points: number;
  /** Of those that only the instructor has. */
  hiddenPoints: number;
  /** Of the total, percent, to tenths. */
  share: number;
  /** ISO 8601 with its offset. */
  deadline?: string;
}

export function toldAssignment({ assignment, exercises }: ReadAssignment): ToldAssignment {
  const weights = assignment.exercises.reduce((sum, { weight }) => sum + weight, 0);
  return {
    title: assignment.title,
    exercises: assignment.exercises.map(({ slug, weight, deadline, hidden }, index) => {
      const { title, chapter, checks } = exercises[index].manifest;
      return {
        slug,
        title,
        chapter,
        points: sum(checks),
        hiddenPoints: sum(hidden?.checks ?? []),
        share: Math.round((1000 * weight) / weights) / 10,
        ...(deadline === undefined ? {} : { deadline }),
      };
    }),
    late: assignment.exercises.some(({ deadline }) => deadline !== undefined)
      ? lateText(assignment.late)
      : keepText(assignment.late),
  };
}

/** The same in Markdown, to be given to the class. */
export function toldText({ title, exercises, late }: ToldAssignment): string {
  const lines = [`# ${title}`, ""];
  for (const exercise of exercises) {
    const { slug, chapter, points, hiddenPoints, share, deadline } = exercise;
    const hidden = hiddenPoints === 0 ? "" : ` and ${counted(hiddenPoints)} by checks that are not shown`;
    lines.push(
      `- ${exercise.title} (${chapter}, ${slug})`,
      `  ${counted(points)} by the checks that its page shows${hidden}; ${share}% of the total`,
      `  ${deadline === undefined ? "no deadline" : `due ${dateText(deadline)}`}`,
    );
  }
  return `${[...lines, "", ...late].join("\n")}\n`;
}

function keepText({ keep }: LatePolicy): string[] {
  switch (keep) {
    case "best":
      return ["Of several submissions the best counts."];
    case "last":
      return ["Of several submissions the last counts."];
    case "last-before-deadline":
      return ["Of several submissions the last before the deadline counts; where none is in time, the last."];
  }
}

function lateText(late: LatePolicy): string[] {
  const { penaltyPerDay, maxDays } = late;
  if (maxDays === 0) return [...keepText(late), "After the deadline a submission is worth nothing."];
  const percent = Math.round(penaltyPerDay * 10_000) / 100;
  const penalty =
    penaltyPerDay === 0
      ? "Nothing is taken off for lateness."
      : `Each day after the deadline, or part of one, takes off ${percent}% of the earned points.`;
  const end =
    maxDays === undefined ? [] : [`More than ${maxDays} ${maxDays === 1 ? "day" : "days"} late is worth nothing.`];
  return [...keepText(late), penalty, ...end];
}

/** @param iso ISO 8601 with its offset, as `2026-12-01T23:59:00+01:00` */
export function dateText(iso: string): string {
  const [, date, time, zone] = /^([\d-]+)T(\d\d:\d\d).*?(Z|[+-]\d\d:\d\d)$/.exec(iso) ?? [];
  if (date === undefined) return iso;
  return `${date} ${time} ${zone === "Z" || zone === "+00:00" ? "UTC" : `UTC${zone}`}`;
}

function sum(checks: readonly { points: number }[]): number {
  return Math.round(checks.reduce((total, { points }) => total + points, 0) * 100) / 100;
}

function counted(points: number): string {
  return `${points} ${points === 1 ? "point" : "points"}`;
}
