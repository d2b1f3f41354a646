import type { Command } from "../../engines/contract/commands.ts";
import type { Level, MatchingEngine } from "../../engines/contract/engine.ts";
import type { ProfileName } from "../../engines/flow/profiles.ts";
import type { Draws } from "./draws.ts";
import type { Reference } from "./reference.ts";
import type { Picture } from "./see.ts";
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

/** What a place is given beside the code. */
export interface PlaceLimits {
  /** What the code's heap may hold, MiB. A host that can't bound it ignores this. */
  memoryMiB: number;
}

/** Loads a learner's code; who grades gives one for the place where it runs. */
export type OpenLearner = (code: string, limits: PlaceLimits) => Promise<OpenedLearner>;

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

/** What a check has beside the learner's code. All of it is outside of the learner's realm. */
export interface CheckContext {
  /** The check's own seeded values: the same in every grading with the same seed. */
  readonly draws: Draws;
  /** 0 … 2^32 − 1 */
  readonly seed: number;
  /** The learner's file. */
  readonly code: string;
  /** The exercise's `given/` files, by name: what the learner sees and can't change, such as a baseline. */
  readonly given: Readonly<Record<string, string>>;
  /**
   * Loads any code into a place of its own, which is closed when the check is over: a given file, a fresh copy of the
   * learner's, or either with a harness behind it (`harness.ts`). Its time counts as the check's.
   *
   * @throws CallFailure where it doesn't load
   */
  open(code: string): Promise<Learner & { close(): void }>;
  /** The contract, said as directly as it can be, with an empty book. */
  reference(level: Level): Reference;
  /**
   * A registered engine with an empty book; it then stands in the receipt.
   *
   * @throws Error where there is none of that name, or the host can't give it its built file
   */
  engine(name: string): Promise<MatchingEngine>;
  /** The first commands of a flow of the bench. @param seed 0 … 2^32 − 1 */
  flow(profile: ProfileName, seed: number, commands: number): Command[];
  /** A case has failed and is being made smaller, within a count of calls: the check's time begins anew, and is longer. */
  beginShrinking(): void;
  /** The grader's own clock, ms: the learner's code has no hand on it. */
  now(): number;
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
  /** Something to see, as data; also where all is right. */
  see?: readonly Picture[];
}

/** One check. It runs outside of the learner's realm, and may keep nothing between runs. */
export interface Check {
  run(learner: Learner, context: CheckContext): Promise<Outcome>;
  /** Runs one failing case again, from its `data`. */
  rerun?(learner: Learner, data: unknown, context: CheckContext): Promise<Outcome>;
}

/** What a `checks.ts` exports as `checks`: each check under the name that the manifest and the brief give it. */
export type Checks = Readonly<Record<string, Check>>;
