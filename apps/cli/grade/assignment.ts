import type { Credit } from "../../../lab/grade/verdict.ts";

/** What an instructor asks of a class, as read and checked from an assignment file. Paths are absolute by then. */
export interface Assignment {
  title: string;
  /** In the order of the file; at least one, each slug once. */
  exercises: readonly AssignedExercise[];
  /** Of every grading, 0 … 2^32 − 1: not told to students before the grades are. */
  seed: number;
  late: LatePolicy;
  /** A student's own deadline for all exercises that would end before it, by the student's key in the roster, ISO 8601 with its offset. */
  extensions: Readonly<Record<string, string>>;
  /** SHA-256 over the file, its hidden checks and the exercises' hashes, hexadecimal: what a class's grades were given under. */
  hash: string;
}

export interface AssignedExercise {
  slug: string;
  /** How much of the total it is, above 0: 2 counts twice what 1 counts. */
  weight: number;
  /** ISO 8601 with its offset; none where left out: nothing is late then. */
  deadline?: string;
  /** A `checks.ts` that only the instructor has, with the points of its checks beside it. */
  hidden?: HiddenChecks;
  /** SHA-256 over the exercise's hash, the hidden checks and the seed: equal where a submission would get the same points. */
  hash: string;
}

export interface HiddenChecks {
  /** A file that exports `checks`, as an exercise's own does. */
  file: string;
  checks: readonly HiddenCheck[];
}

export interface HiddenCheck {
  /** The key in the file's `checks`: never shown to a student. */
  name: string;
  /** What a student is told instead of the name, such as "edge cases". */
  category: string;
  /** Above 0. */
  points: number;
  /** `correctness` where the assignment's file says nothing. */
  credit: Credit;
}

export interface LatePolicy {
  /**
   * Which of a student's submissions counts: the one with the highest share of its points after penalty, the last, or the last in time
   * (the last of all where none is).
   */
  keep: "best" | "last" | "last-before-deadline";
  /** Taken off for each day or part of one after the deadline, as a share of the earned points, 0 … 1. */
  penaltyPerDay: number;
  /** Later than this many days is worth nothing; no end where left out. */
  maxDays?: number;
}
