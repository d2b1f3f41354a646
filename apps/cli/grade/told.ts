import { dateText, type ToldAssignment } from "../../../lab/grade/told.ts";
import type { LatePolicy } from "./assignment.ts";
import type { ReadAssignment } from "./assignment-file.ts";

/** What of an assignment may be told. */
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

function sum(checks: readonly { points: number }[]): number {
  return Math.round(checks.reduce((total, { points }) => total + points, 0) * 100) / 100;
}

function counted(points: number): string {
  return `${points} ${points === 1 ? "point" : "points"}`;
}
