import type { Picture } from "./see.ts";

/** What a grading gives: plain data, the same in the page and in Node, kept and replayed as JSON. */

/**
 * How points are earned. `correctness`, `cost` and `strategy` are judged the same on every machine; `speed` by a paired
 * comparison on this one.
 */
export type Credit = "correctness" | "cost" | "speed" | "strategy";

/** A case that a check's learner code got wrong, as small as the check could make it. */
export interface FailingCase {
  /** What was called, as the learner would write it, one line a call. */
  input: string;
  expected: string;
  got: string;
  /** Plain data from which the check can run this very case again. */
  data: unknown;
}

export interface CheckResult {
  /** The check's name, as the brief gives it. */
  name: string;
  credit: Credit;
  /** Points earned, 0 … `of`. */
  points: number;
  of: number;
  /** `pending` is outside the total: an instructor decides. */
  status: "passed" | "partial" | "failed" | "pending";
  /** Why these points, in a sentence or two for the learner. */
  reason: string;
  /** Of the learner's file, from 1, where an error was thrown or a loop went on; left out where it can't be told. */
  line?: number;
  failing?: FailingCase;
  /** Something to see, as data. */
  see?: readonly Picture[];
}

/** An engine that a check asked for. */
export interface JudgingEngine {
  /** A registered engine's name, or `reference core`, `reference full`, `reference extended`. */
  name: string;
  /** `EventHash` of its events on a fixed flow: another one tells that it does something else than it did. */
  hash: string;
}

/** What may differ between two gradings of the same code: never compared, never a reason. */
export interface GradingHost {
  /** Where the learner's code ran, such as `page` or `node`. */
  name: string;
  /** When it was graded, ISO 8601. */
  at: string;
  /** Wall time of the whole grading, ms. */
  ms: number;
}

/** The receipt of one grading. Equal code, seed and exercise give an equal receipt, `host` and speed checks aside. */
export interface Verdict {
  /** Version of this form and of the grader's rules. */
  version: 1;
  exercise: { id: string; hash: string };
  /** SHA-256 of the learner's code with LF line ends, hexadecimal. */
  codeHash: string;
  /** 0 … 2^32 − 1 */
  seed: number;
  /** The engines that the code was judged with or against, where there were any, in the order of their names. */
  engines?: JudgingEngine[];
  checks: CheckResult[];
  /** Sum of the checks' points. */
  points: number;
  /** Sum of what the checks could give, without those that are pending. */
  of: number;
  host: GradingHost;
}
