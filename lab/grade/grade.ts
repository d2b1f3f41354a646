import {
  CallFailure,
  type Check,
  type Checks,
  type Learner,
  type OpenedLearner,
  type OpenLearner,
  type Outcome,
} from "./check.ts";
import { digest } from "./digest.ts";
import { Draws, seedFor } from "./draws.ts";
import type { CheckEntry } from "./manifest.ts";
import type { CheckResult, Verdict } from "./verdict.ts";

/** What of an exercise the grader needs. */
export interface GradedExercise {
  id: string;
  /** `exerciseHash` of its files. */
  hash: string;
  checks: readonly CheckEntry[];
  limits: { timeMs: number };
}

export interface GradeOptions {
  exercise: GradedExercise;
  checks: Checks;
  /** The learner's file. */
  code: string;
  /** Loads the code where this realm can't be reached from. */
  open: OpenLearner;
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
  const { exercise, checks, code, seed, host, signal } = options;
  const began = performance.now();
  const place = new Place(code, options.open);
  const ended = aborted(signal, () => place.close());
  const results: CheckResult[] = [];
  try {
    for (const entry of exercise.checks) {
      signal?.throwIfAborted();
      options.onStart?.(entry);
      const check = checkOf(checks, entry.name);
      const outcome = await Promise.race([ended, judged(check, entry, place, exercise.limits.timeMs, seed)]);
      const result = resultOf(entry, outcome);
      results.push(result);
      options.onResult?.(result);
    }
  } finally {
    place.close();
  }
  return {
    version: 1,
    exercise: { id: exercise.id, hash: exercise.hash },
    codeHash: digest(code),
    seed,
    checks: results,
    points: total(results, (result) => result.points),
    of: total(results, (result) => (result.status === "pending" ? 0 : result.of)),
    host: { name: host, at: new Date().toISOString(), ms: Math.round(performance.now() - began) },
  };
}

/** Runs one failing case of a check again, from its `data`. */
export async function rerun(
  options: Pick<GradeOptions, "checks" | "code" | "open" | "exercise">,
  name: string,
  data: unknown,
): Promise<Outcome> {
  const check = checkOf(options.checks, name);
  const again = check.rerun;
  if (again === undefined) throw new Error(`The check "${name}" can't run one case again.`);
  const place = new Place(options.code, options.open);
  try {
    return await within(place, options.exercise.limits.timeMs, (learner) => again(learner, data));
  } finally {
    place.close();
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

function judged(check: Check, entry: CheckEntry, place: Place, timeMs: number, seed: number): Promise<Outcome> {
  const own = seedFor(seed, entry.name);
  return within(place, timeMs, (learner) => check.run(learner, { draws: new Draws(own), seed: own }));
}

async function within(place: Place, timeMs: number, run: (learner: Learner) => Promise<Outcome>): Promise<Outcome> {
  try {
    return await run(await place.learner(performance.now() + timeMs, timeMs));
  } catch (failure) {
    if (!(failure instanceof CallFailure)) throw failure;
    return { share: 0, reason: explained(failure), ...(failure.line === undefined ? {} : { line: failure.line }) };
  }
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
  };
}

function total(results: readonly CheckResult[], value: (result: CheckResult) => number): number {
  return hundredths(results.reduce((sum, result) => sum + value(result), 0));
}

function hundredths(points: number): number {
  return Math.round(points * 100) / 100;
}

/** Where the learner's code is loaded: at first use, and afresh after it was ended. */
class Place {
  readonly #code: string;
  readonly #open: OpenLearner;
  #opened: Promise<OpenedLearner> | undefined;
  #closed = false;

  constructor(code: string, open: OpenLearner) {
    this.#code = code;
    this.#open = open;
  }

  /** @param deadline when the check must be over, of `performance.now()` */
  async learner(deadline: number, limitMs: number): Promise<Learner> {
    this.#opened ??= this.#open(this.#code);
    const opened = await this.#opened;
    if (this.#closed) opened.close();
    return {
      exports: opened.exports,
      call: async (name, ...args) => {
        if (!opened.exports.includes(name)) throw new CallFailure("missing", missing(name, opened.exports));
        const leftMs = deadline - performance.now();
        if (leftMs <= 0) throw this.#drop(new CallFailure("timeout", tooLong(limitMs)));
        try {
          return await opened.call(name, args, Math.ceil(leftMs));
        } catch (failure) {
          if (!(failure instanceof CallFailure)) throw failure;
          if (failure.kind === "timeout")
            throw this.#drop(new CallFailure("timeout", tooLong(limitMs, name, failure.line), failure.line));
          throw failure.kind === "ended" ? this.#drop(failure) : failure;
        }
      },
    };
  }

  /** Leaves the ended place, so that the next check opens another. */
  #drop(failure: CallFailure): CallFailure {
    this.#release();
    return failure;
  }

  #release(): void {
    this.#opened?.then(
      (opened) => opened.close(),
      () => undefined,
    );
    this.#opened = undefined;
  }

  close(): void {
    this.#closed = true;
    this.#release();
  }
}

function missing(name: string, names: readonly string[]): string {
  const others = names.length === 0 ? "It exports nothing." : `It exports ${names.join(", ")}.`;
  return `Your code exports no function \`${name}\`. ${others} Write \`export function ${name}(…)\`.`;
}

function tooLong(limitMs: number, name?: string, line?: number): string {
  const what = name === undefined ? "Your code" : `\`${name}\``;
  const where = line === undefined ? "" : ` (line ${line})`;
  return `${what}${where} was still running when the check's ${limitMs / 1000} s were over, and was stopped: look for a loop that never ends, or for work that grows faster than its input.`;
}
