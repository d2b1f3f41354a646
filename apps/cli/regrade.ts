import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { Command } from "commander";
import { z } from "zod";
import { digest } from "../../lab/grade/digest.ts";
import type { CheckResult } from "../../lab/grade/verdict.ts";
import { callersFolder } from "./callers-folder.ts";
import { Failure } from "./failure.ts";
import { readAssignment } from "./grade/assignment-file.ts";
import { exerciseSlugs, readExerciseFiles } from "./grade/exercise-files.ts";
import { readable } from "./grade/give/readable.ts";
import type { GradedSubmission } from "./grade/graded.ts";
import { type GivenExercise, type GradingTask, gradeSubmission, needsAlone } from "./grade/run/grade-submission.ts";
import { Isolation } from "./grade/run/isolation.ts";
import { loadExercise } from "./grade/run/load-exercise.ts";
import { Output } from "./output.ts";

const result = z.looseObject({
  name: z.string().max(200),
  credit: z.enum(["correctness", "cost", "speed", "strategy"]),
  points: z.number(),
  of: z.number(),
  status: z.enum(["passed", "partial", "failed", "pending"]),
});

const verdict = z.looseObject({
  version: z.literal(1),
  exercise: z.object({ id: z.string(), hash: z.string() }),
  codeHash: z.string(),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 32 - 1),
  checks: z.array(result).max(1_000),
  points: z.number(),
});

/** What `hotpath grade` writes for a submission: the page's receipt within, and the hidden checks' results. */
const classReceipt = z.looseObject({
  verdict,
  hidden: z.array(result).max(1_000),
  submission: z.looseObject({ code: z.string() }),
});

/** What of a receipt a regrading needs. */
interface Claimed {
  verdict: z.infer<typeof verdict>;
  hidden: readonly z.infer<typeof result>[];
  /** Where the receipt holds it. */
  code?: string;
}

type Shown = Pick<CheckResult, "name" | "credit" | "points" | "of" | "status">;

const MAX_BYTES = 32 * 1024 * 1024;

/** Adds the command `regrade`: a receipt and the code it was given for, graded again. */
export function addRegrade(program: Command): void {
  program
    .command("regrade")
    .summary("grade a receipt's code again, and say whether the points are the same")
    .description("Grades code again with the seed of its receipt, and says whether each check gives the same points.")
    .argument("<receipt.json>", "from the page, or from the folder receipts/ that hotpath grade wrote")
    .argument("[code.ts]", "the code; left out, the one in a receipt of hotpath grade")
    .option("-a, --assignment <class.json>", "the assignment, where the receipt has hidden checks")
    .addHelpText("after", EXAMPLES)
    .action(regrade);
}

const EXAMPLES = `
Examples:
  npm run regrade -- receipt.json solution.ts
  npm run regrade -- graded/receipts/ada/pass-core.json --assignment class.json

Speed checks are run again and shown; as they differ from run to run, they are no part of the answer.
Exit codes: 0 the same points; 1 other points, or a file that can't be read or used; 2 a wrong command line.`;

async function regrade(receipt: string, code: string | undefined, flags: { assignment?: string }): Promise<void> {
  const folder = callersFolder("regrade");
  const claimed = claimedBy(await textOf(resolve(folder, receipt), receipt), receipt);
  const text = code === undefined ? claimed.code : await textOf(resolve(folder, code), code);
  if (text === undefined) throw new Failure(`${receipt}: it doesn't hold the code. Give the code's file behind it.`, 2);
  if (digest(text) !== claimed.verdict.codeHash) {
    throw new Failure(`${code ?? receipt}: it is another code than the receipt is for. Give the file that was graded.`);
  }
  const exercise = await exerciseOf(claimed, receipt, flags.assignment && resolve(folder, flags.assignment));
  const graded = await gradedAgain(exercise, text, claimed.verdict.seed);
  const before: Shown[] = [...claimed.verdict.checks, ...claimed.hidden];
  const now: Shown[] = [...graded.verdict.checks, ...graded.hidden];
  await new Output(process.stdout).write(comparison(before, now));
  if (!isSame(before, now) || !addsUp(claimed)) throw new Failure("The points are not the same.");
}

/** Whether the receipt's total is what its checks give. */
function addsUp({ verdict: { checks, points } }: Claimed): boolean {
  return Math.abs(checks.reduce((sum, check) => sum + check.points, 0) - points) < 0.005;
}

async function textOf(path: string, named: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new Failure(`${named}: there is no such file. Give the path of one.`);
  if (found.size > MAX_BYTES) throw new Failure(`${named}: it is larger than 32 MiB, which none of these is.`);
  return (await readFile(path, "utf8")).replace(/^\ufeff/, "");
}

function claimedBy(text: string, named: string): Claimed {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new Failure(`${named}: it is not JSON (${(error as Error).message}). Give a receipt as it was written.`);
  }
  const own = classReceipt.safeParse(data);
  if (own.success) return { verdict: own.data.verdict, hidden: own.data.hidden, code: own.data.submission.code };
  const page = verdict.safeParse(data);
  if (page.success) return { verdict: page.data, hidden: [] };
  throw new Failure(`${named}: it is no receipt. Give one of the page or of hotpath grade, as it was written.`);
}

async function exerciseOf(
  { verdict: { exercise }, hidden }: Claimed,
  named: string,
  assignment: string | undefined,
): Promise<GivenExercise> {
  const all = await Promise.all((await exerciseSlugs()).map((slug) => readExerciseFiles(slug)));
  const files = all.find(({ manifest }) => manifest.id === exercise.id);
  if (files === undefined) throw new Failure(`${named}: it is for an exercise that this checkout doesn't have.`);
  if (files.hash !== exercise.hash) {
    throw new Failure(
      `${named}: it is for another version of ${files.slug}: its checks, limits or files have changed. Check out the version that it was graded with.`,
    );
  }
  if (hidden.length === 0) return { files };
  if (assignment === undefined) {
    throw new Failure(`${named}: it has hidden checks. Give --assignment with the file that names them.`, 2);
  }
  const read = await readAssignment(assignment);
  return { files, hidden: read.assignment.exercises.find(({ slug }) => slug === files.slug)?.hidden };
}

async function gradedAgain(given: GivenExercise, code: string, seed: number): Promise<GradedSubmission> {
  const exercise = await loadExercise(given);
  const student = { key: "regrade", name: "regrade" };
  const slug = given.files.slug;
  const submission = { student, exercise: slug, code, codeHash: digest(code), source: slug, markedLate: false };
  const task: GradingTask & { exercise: typeof exercise } = { submission, exercise, seed, stage: "rest" };
  const isolation = new Isolation();
  try {
    const rest = await gradeSubmission(task, isolation);
    if (!needsAlone(rest, given)) return rest;
    return await gradeSubmission({ ...task, stage: "alone", before: rest }, isolation);
  } finally {
    isolation.close();
  }
}

function isSame(before: readonly Shown[], now: readonly Shown[]): boolean {
  const judged = (results: readonly Shown[]) =>
    results
      .filter(({ credit }) => credit !== "speed")
      .map(({ name, points, of, status }) => [name, points, of, status]);
  return JSON.stringify(judged(before)) === JSON.stringify(judged(now));
}

function comparison(before: readonly Shown[], now: readonly Shown[]): string {
  const lines = now.map((result) => {
    const old = before.find(({ name }) => name === result.name);
    const was = old === undefined ? "not in the receipt" : `${old.points} of ${old.of}`;
    const same = old?.points === result.points && old.status === result.status;
    const answer = result.credit === "speed" ? "speed: not compared" : same ? "the same" : "NOT the same";
    return `${readable(result.name, 200)}: receipt ${was}, now ${result.points} of ${result.of}: ${answer}`;
  });
  return `${lines.join("\n")}\n`;
}
