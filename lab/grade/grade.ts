import type { ReadArtefact } from "../../engines/contract/engine.ts";
import {
  CallFailure,
  type Check,
  type CheckContext,
  type Checks,
  type Learner,
  type OpenLearner,
  type Outcome,
} from "./check.ts";
import { type ContextHost, EngineLedger, OpenContext } from "./context.ts";
import { digest } from "./digest.ts";
import { seedFor } from "./draws.ts";
import type { CheckEntry } from "./manifest.ts";
import { Deadline, Place } from "./place.ts";
import type { CheckResult, Verdict } from "./verdict.ts";

/** What of an exercise the grader needs. */
export interface GradedExercise {
  id: string;
  /** `exerciseHash` of its files. */
  hash: string;
  checks: readonly CheckEntry[];
  limits: { timeMs: number; memoryMiB: number };
}

export interface GradeOptions {
  exercise: GradedExercise;
  checks: Checks;
  /** The learner's file. */
  code: string;
  /** Loads the code where this realm can't be reached from. */
  open: OpenLearner;
  /** The exercise's `given/` files, by name; none where left out. */
  files?: Readonly<Record<string, string>>;
  /** Gives engines their built files, for checks that ask for such an engine. */
  readArtefact?: ReadArtefact;
  /** 0 … 2^32 − 1 */
  seed: number;
  /** Where the code runs, for the receipt. */
  host: string;
  /** Told before each check. */
  onStart?(check: CheckEntry): void;
  /** Told after each check. */
  onResult?(result: CheckResult): void;
  /** Ends the grading: the learner's code is closed, and `grade` rejects with the signal's reason. */
  signal?: AbortSignal;
}

/**
 * Runs each check of an exercise on a learner's code, one after the other, and gives the receipt. Whatever the code does
 * ends in a result with a reason. A check that ends the code's place leaves the next one a fresh place.
 *
 * @throws Error where `checks` has none of a name that the exercise lists; the signal's reason where it was aborted
 */
export async function grade(options: GradeOptions): Promise<Verdict> {
  const { exercise, code, seed, host } = options;
  const began = performance.now();
  const ledger = new EngineLedger();
  const results = await resultsOf(options, ledger);
  const engines = ledger.list();
  return {
    version: 1,
    exercise: { id: exercise.id, hash: exercise.hash },
    codeHash: digest(code),
    seed,
    ...(engines.length === 0 ? {} : { engines }),
    checks: results,
    points: total(results, (result) => result.points),
    of: total(results, (result) => (result.status === "pending" ? 0 : result.of)),
    host: { name: host, at: new Date().toISOString(), ms: Math.round(performance.now() - began) },
  };
}

async function resultsOf(options: GradeOptions, ledger: EngineLedger): Promise<CheckResult[]> {
  const { exercise, signal } = options;
  const desk = new Desk(options, ledger);
  const ended = aborted(signal, () => desk.close());
  const results: CheckResult[] = [];
  try {
    for (const entry of exercise.checks) {
      signal?.throwIfAborted();
      options.onStart?.(entry);
      const check = checkOf(options.checks, entry.name);
      const seed = seedFor(options.seed, entry.name);
      const run = (learner: Learner, context: CheckContext) => check.run(learner, context);
      const result = resultOf(entry, await Promise.race([ended, desk.judge(seed, run)]));
      results.push(result);
      options.onResult?.(result);
    }
  } finally {
    desk.close();
  }
  return results;
}

/** Runs one failing case of a check again, from its `data`. */
export async function rerun(
  options: Pick<GradeOptions, "checks" | "code" | "open" | "exercise" | "files" | "readArtefact">,
  name: string,
  data: unknown,
): Promise<Outcome> {
  const check = checkOf(options.checks, name);
  const again = check.rerun;
  if (again === undefined) throw new Error(`The check "${name}" can't run one case again.`);
  const desk = new Desk(options, new EngineLedger());
  try {
    return await desk.judge(0, (learner, context) => again(learner, data, context));
  } finally {
    desk.close();
  }
}

type Judge = (learner: Learner, context: CheckContext) => Promise<Outcome>;

/** Runs checks on one code, each within the exercise's limits. */
class Desk {
  readonly #place: Place;
  readonly #host: ContextHost;
  readonly #limitMs: number;
  readonly #ledger: EngineLedger;
  #open: OpenContext | undefined;

  constructor(
    options: Pick<GradeOptions, "code" | "open" | "exercise" | "files" | "readArtefact">,
    ledger: EngineLedger,
  ) {
    const { code, open, files: given = {}, readArtefact, exercise } = options;
    this.#place = new Place(code, open, exercise.limits);
    this.#host = { code, open, given, limits: exercise.limits, ...(readArtefact && { readArtefact }) };
    this.#limitMs = exercise.limits.timeMs;
    this.#ledger = ledger;
  }

  /** @param seed the check's own */
  async judge(seed: number, run: Judge): Promise<Outcome> {
    const deadline = new Deadline(this.#limitMs);
    const open = new OpenContext(this.#host, this.#ledger, seed, deadline);
    this.#open = open;
    try {
      return await run(await this.#place.learner(deadline), open.context);
    } catch (failure) {
      if (!(failure instanceof CallFailure)) throw failure;
      return { share: 0, reason: explained(failure), ...(failure.line === undefined ? {} : { line: failure.line }) };
    } finally {
      open.close();
    }
  }

  close(): void {
    this.#open?.close();
    this.#place.close();
  }
}

function checkOf(checks: Checks, name: string): Check {
  if (Object.hasOwn(checks, name)) return checks[name];
  throw new Error(`checks.ts has no check named "${name}", which exercise.json lists: give both the same name.`);
}

function aborted(signal: AbortSignal | undefined, close: () => void): Promise<never> {
  const ended = new Promise<never>((_, reject) => {
    signal?.addEventListener("abort", () => {
      close();
      reject(signal.reason);
    });
  });
  // Aborted after the last check, there is nobody left to tell.
  ended.catch(() => undefined);
  return ended;
}

function explained(failure: CallFailure): string {
  const where = failure.line === undefined ? "" : ` (line ${failure.line})`;
  switch (failure.kind) {
    case "syntax":
    case "load":
      return `Your code doesn't load${where}: ${failure.message}`;
    case "thrown":
      return `Your code throws${where}: ${failure.message}`;
    case "missing":
    case "timeout":
    case "ended":
      return failure.message;
  }
}

function resultOf(entry: CheckEntry, outcome: Outcome): CheckResult {
  const share = Math.min(1, Math.max(0, outcome.share));
  const status = outcome.pending ? "pending" : share === 1 ? "passed" : share > 0 ? "partial" : "failed";
  return {
    name: entry.name,
    credit: entry.credit,
    points: status === "pending" ? 0 : hundredths(entry.points * share),
    of: entry.points,
    status,
    reason: outcome.reason,
    ...(outcome.line === undefined ? {} : { line: outcome.line }),
    ...(outcome.failing === undefined ? {} : { failing: outcome.failing }),
    ...(outcome.see === undefined || outcome.see.length === 0 ? {} : { see: outcome.see }),
  };
}

function total(results: readonly CheckResult[], value: (result: CheckResult) => number): number {
  return hundredths(results.reduce((sum, result) => sum + value(result), 0));
}

function hundredths(points: number): number {
  return Math.round(points * 100) / 100;
}
