import type { Draws } from "./draws.ts";
import type { FailingCase } from "./verdict.ts";

/**
 * The learner's code, loaded somewhere that this realm can't be reached from. It is asked for outputs, never for a
 * verdict: what it gives back is a copy, right or wrong.
 */
export interface Learner {
  /** Names that the code exports. */
  readonly exports: readonly string[];
  /**
   * Calls an exported function with copies of plain values.
   *
   * @throws CallFailure where it gives no value; after one of kind `timeout` or `ended` this learner is closed
   */
  call(name: string, ...args: readonly unknown[]): Promise<unknown>;
}

/** Loads a learner's code; who grades gives one for the place where it runs. */
export type OpenLearner = (code: string) => Promise<OpenedLearner>;

/** A loaded learner as its host gives it. */
export interface OpenedLearner {
  readonly exports: readonly string[];
  /** @param timeoutMs when it takes longer, the code is ended and the call fails with kind `timeout` */
  call(name: string, args: readonly unknown[], timeoutMs: number): Promise<unknown>;
  close(): void;
}

/**
 * How a call can fail. `syntax` and `load`: the code never got to its exports; `missing`: no such export; `thrown`: the
 * code threw; `timeout`: it took too long; `ended`: its place is gone (memory, a flood of messages).
 */
export type FailureKind = "syntax" | "load" | "missing" | "thrown" | "timeout" | "ended";

/** Why the learner's code gave no value. Its message is for the learner. */
export class CallFailure extends Error {
  readonly kind: FailureKind;
  /** Of the learner's file, from 1; undefined where it can't be told. */
  readonly line: number | undefined;

  constructor(kind: FailureKind, message: string, line?: number) {
    super(message);
    this.name = "CallFailure";
    this.kind = kind;
    this.line = line;
  }
}

export interface CheckContext {
  /** The check's own seeded values: the same in every grading with the same seed. */
  readonly draws: Draws;
  /** 0 … 2^32 − 1 */
  readonly seed: number;
}

/** What a check found. */
export interface Outcome {
  /** Share of the check's points that are earned, 0 … 1. */
  share: number;
  /** Why, for the learner; also where all are earned. */
  reason: string;
  /** Of the learner's file, from 1, where an error came from. */
  line?: number;
  failing?: FailingCase;
  /** The check could not tell: outside the total, for an instructor to decide. */
  pending?: boolean;
}

/** One check. It runs outside of the learner's realm, and may keep nothing between runs. */
export interface Check {
  run(learner: Learner, context: CheckContext): Promise<Outcome>;
  /** Runs one failing case again, from its `data`. */
  rerun?(learner: Learner, data: unknown): Promise<Outcome>;
}

/** What a `checks.ts` exports as `checks`: each check under the name that the manifest and the brief give it. */
export type Checks = Readonly<Record<string, Check>>;
