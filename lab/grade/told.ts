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

/** @param iso ISO 8601 with its offset, as `2026-12-01T23:59:00+01:00` */
export function dateText(iso: string): string {
  const [, date, time, zone] = /^([\d-]+)T(\d\d:\d\d).*?(Z|[+-]\d\d:\d\d)$/.exec(iso) ?? [];
  if (date === undefined) return iso;
  return `${date} ${time} ${zone === "Z" || zone === "+00:00" ? "UTC" : `UTC${zone}`}`;
}
