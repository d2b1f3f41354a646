import type { Check, Checks } from "../../../../lab/grade/check.ts";
import { CallFailure } from "../../../../lab/grade/check.ts";
import { type GradedExercise, grade } from "../../../../lab/grade/grade.ts";
import type { CheckEntry } from "../../../../lab/grade/manifest.ts";
import type { CheckResult, Verdict } from "../../../../lab/grade/verdict.ts";
import { readArtefact } from "../../../artefacts.ts";
import type { HiddenCheck, HiddenChecks } from "../assignment.ts";
import type { ExerciseFiles } from "../exercise-files.ts";
import type { GradedSubmission, HiddenResult } from "../graded.ts";
import type { Submission } from "../submission.ts";
import type { Cell, Isolation } from "./isolation.ts";

/** An exercise as it is assigned. */
export interface GivenExercise {
  files: ExerciseFiles;
  hidden?: HiddenChecks;
}

/** The same with its checks loaded: the grader's own code, which no submission sees. */
export interface LoadedExercise extends GivenExercise {
  checks: Checks;
  /** Of `hidden`; none where it has none. */
  hiddenChecks: Checks;
}

/**
 * `rest`: all but speed, beside others. `alone`, after it and while nothing else runs: speed, and again what ran out of time, which
 * a busy machine may have been the cause of.
 */
export type Stage = "rest" | "alone";

export interface GradingTask {
  submission: Submission;
  exercise: GivenExercise;
  /** 0 … 2^32 − 1 */
  seed: number;
  stage: Stage;
  /** What the stage before gave. */
  before?: GradedSubmission;
}

const OUT_OF_TIME = /was still running when the check's|goes on without end/;

/** Whether the stage `alone` has something to do. */
export function needsAlone(graded: GradedSubmission, { files, hidden }: GivenExercise): boolean {
  const entries = [...files.manifest.checks, ...(hidden?.checks ?? [])];
  return entries.some(({ credit }) => credit === "speed") || resultsOf(graded).some(ranOutOfTime);
}

function resultsOf({ verdict, hidden }: GradedSubmission): CheckResult[] {
  return [...verdict.checks, ...hidden];
}

function ranOutOfTime({ reason }: CheckResult): boolean {
  return OUT_OF_TIME.test(reason);
}

/** Grades one submission in one stage. Whatever its code does ends in points with reasons. */
export async function gradeSubmission(
  task: GradingTask & { exercise: LoadedExercise },
  isolation: Isolation,
): Promise<GradedSubmission> {
  const { submission, exercise, before } = task;
  const { files, checks, hidden, hiddenChecks } = exercise;
  const cell = isolation.cell();
  try {
    const verdict = await judged(task, cell, files.manifest.checks, checks, before?.verdict);
    const entries = hidden?.checks ?? [];
    const hiddenBefore = before && { ...before.verdict, checks: [...before.hidden] };
    const secret = await judged(task, cell, entries, hiddenChecks, hiddenBefore);
    const stopped = [...new Set([...(before?.stopped ?? []), ...cell.stopped()])].sort();
    return { submission, verdict, hidden: secret.checks.map((result) => withCategory(result, entries)), stopped };
  } finally {
    cell.close();
  }
}

function withCategory(result: CheckResult, entries: readonly HiddenCheck[]): HiddenResult {
  const entry = entries.find(({ name }) => name === result.name) as HiddenCheck;
  return { ...result, category: entry.category };
}

/** Judges what of the checks the stage asks for, and puts it among what was judged before. */
async function judged(
  { submission, exercise, seed, stage }: GradingTask,
  cell: Cell,
  entries: readonly CheckEntry[],
  checks: Checks,
  before: Verdict | undefined,
): Promise<Verdict> {
  const { manifest, hash, given } = exercise.files;
  const known = new Map(before?.checks.map((result) => [result.name, result]));
  const due = entries.filter(({ name, credit }) => {
    if (stage === "rest") return credit !== "speed";
    const result = known.get(name);
    return credit === "speed" || result === undefined || ranOutOfTime(result);
  });
  const graded: GradedExercise = { id: manifest.id, hash, limits: manifest.limits, checks: due };
  const verdict = await grade({
    exercise: graded,
    checks: Object.fromEntries(due.map(({ name }) => [name, sturdy(checks[name])])),
    code: submission.code,
    files: given,
    open: cell.open,
    readArtefact,
    seed,
    host: "deno",
  });
  return merged(entries, known, verdict, before);
}

/** What a stranger gives may be such that a check trips over it: that is a wrong answer, not an end of the grading. */
function sturdy(check: Check): Check {
  return {
    async run(learner, context) {
      try {
        return await check.run(learner, context);
      } catch (error) {
        if (error instanceof CallFailure) throw error;
        if (!(error instanceof TypeError) && !(error instanceof RangeError)) throw error;
        return {
          share: 0,
          reason: "Your code gives what the check can't read: something of another form than asked for.",
        };
      }
    },
  };
}

function merged(
  entries: readonly CheckEntry[],
  known: Map<string, CheckResult>,
  verdict: Verdict,
  before: Verdict | undefined,
): Verdict {
  for (const result of verdict.checks) known.set(result.name, result);
  const checks = entries.map(({ name }) => known.get(name)).filter((result) => result !== undefined);
  const engines = new Map(
    [...(before?.engines ?? []), ...(verdict.engines ?? [])].map((engine) => [engine.name, engine]),
  );
  const sum = (value: (result: CheckResult) => number): number =>
    Math.round(checks.reduce((total, result) => total + value(result), 0) * 100) / 100;
  return {
    ...verdict,
    ...(engines.size === 0 ? {} : { engines: [...engines.values()].sort((a, b) => (a.name < b.name ? -1 : 1)) }),
    checks,
    points: sum(({ points }) => points),
    of: sum(({ status, of }) => (status === "pending" ? 0 : of)),
    host: { ...verdict.host, ms: verdict.host.ms + (before?.host.ms ?? 0) },
  };
}

/** What a submission gets that could not be graded: no point, and the reason. */
export function refusedSubmission({ submission, exercise, seed }: GradingTask, reason: string): GradedSubmission {
  const { manifest, hash } = exercise.files;
  const none = (entry: CheckEntry): CheckResult => ({
    name: entry.name,
    credit: entry.credit,
    points: 0,
    of: entry.points,
    status: "failed",
    reason,
  });
  const of = manifest.checks.reduce((sum, { points }) => sum + points, 0);
  return {
    submission,
    verdict: {
      version: 1,
      exercise: { id: manifest.id, hash },
      codeHash: submission.codeHash,
      seed,
      checks: manifest.checks.map(none),
      points: 0,
      of: Math.round(of * 100) / 100,
      host: { name: "deno", at: new Date().toISOString(), ms: 0 },
    },
    hidden: (exercise.hidden?.checks ?? []).map((entry) => ({ ...none(entry), category: entry.category })),
    stopped: [],
    refused: reason,
  };
}
