import { readFile, stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { basename, join, resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { callersFolder } from "./callers-folder.ts";
import { Failure } from "./failure.ts";
import { type ReadAssignment, readAssignment } from "./grade/assignment-file.ts";
import { chooseGrades } from "./grade/collect/choose.ts";
import { collect } from "./grade/collect/collect.ts";
import { type Roster, readRoster } from "./grade/collect/roster.ts";
import { readTimes, type Times } from "./grade/collect/times.ts";
import { commonTexts } from "./grade/exercise-files.ts";
import { writeAutograder } from "./grade/give/gradescope.ts";
import { readable } from "./grade/give/readable.ts";
import { writeGrades } from "./grade/give/write.ts";
import type { ClassGrades, GradedSubmission } from "./grade/graded.ts";
import { gradeClass } from "./grade/run/grade-class.ts";
import { Journal } from "./grade/run/journal.ts";
import { ProgressLine } from "./grade/run/progress-line.ts";
import type { Collected } from "./grade/submission.ts";
import { Output } from "./output.ts";

interface GradeFlags {
  assignment: string;
  out?: string;
  gradescope?: string;
  roster?: string;
  times?: string;
  fileTimes: boolean;
  jobs: number;
  queue?: string;
}

const JOURNAL_FILE = "journal.ndjson";
const MAX_BYTES = 32 * 1024 * 1024;
const MOST_JOBS = 256;
/** Submissions that are on the queue at a time. */
const MOST_QUEUED = 200;
/** Characters of a line that is shown. */
const MOST_LINE = 400;

/** Adds the command `grade`: a class's submissions in, its grades out. */
export function addGrade(program: Command): void {
  program
    .command("grade")
    .summary("grade a class's submissions")
    .description(
      "Grades what a class has handed in: folders, zips and files as a learning-management system gives them. Each submission runs in a process of its own without any permission.",
    )
    .argument("[input...]", "folders, zips or files")
    .requiredOption(
      "-a, --assignment <class.json>",
      "what was asked for: exercises, weights, deadline, seed, hidden checks",
    )
    .option("-o, --out <folder>", "where the grades are written; a grading that was stopped goes on there")
    .option("-r, --roster <roster.csv>", "the class's list, to tell whose each file is")
    .option("--times <times.csv>", "when files were handed in: columns source and at")
    .option("--file-times", "take a file's own time where nothing else tells when it was handed in", false)
    .option("-j, --jobs <number>", "submissions at a time (default: one for each core)", jobsOf, availableParallelism())
    .option("--gradescope <autograder.zip>", "grade nothing, and write the zip that Gradescope grades each upload with")
    .option("-q, --queue <redis://…>", "have the machines grade that run hotpath grade-worker, over Redis")
    .addHelpText("after", EXAMPLES)
    .action(gradeCommand);
}

const EXAMPLES = `
Examples:
  npm run grade -- submissions.zip --assignment class.json --roster roster.csv --out graded
  npm run grade -- monday tuesday.zip --assignment class.json --out graded --jobs 2
  npm run grade -- --gradescope autograder.zip --assignment class.json

Stopped by Ctrl-C or by a crash, the same command goes on where it was. The same input gives the same grades; speed checks,
which are run one at a time after the rest, may differ.
On Linux a submission's memory is bounded by the system and watched; on macOS it is watched; on Windows its heap and Wasm alone are
bounded. For strangers' code on a shared machine put a container without network, or a virtual machine, around all of it.
Exit codes: 0 graded; 1 a file that can't be read, used or written; 2 a wrong command line; 130 stopped, and to be gone on with.`;

/** For commander: how many submissions at a time. */
export function jobsOf(text: string): number {
  const jobs = Number(text);
  if (Number.isInteger(jobs) && jobs >= 1 && jobs <= MOST_JOBS) return jobs;
  throw new InvalidArgumentError(`Give a whole number from 1 to ${MOST_JOBS}.`);
}

async function gradeCommand(inputs: readonly string[], flags: GradeFlags): Promise<void> {
  if (flags.gradescope !== undefined) return await giveAutograder(inputs, flags.gradescope, flags);
  const { out: named } = flags;
  if (named === undefined) throw new Failure("Give --out <folder>: where the grades are written.", 2);
  if (inputs.length === 0) throw new Failure("Give the folders, zips or files that the class handed in.", 2);
  const folder = callersFolder("grade");
  const read = await readAssignment(resolve(folder, flags.assignment), flags.assignment);
  const collected = await collect(
    inputs.map((input) => resolve(folder, input)),
    { ...read, roster: await rosterOf(folder, flags), times: await timesOf(folder, flags), fileTimes: flags.fileTimes },
  );
  if (collected.submissions.length === 0) throw new Failure(nothingFound(inputs, collected));
  const out = resolve(folder, named);
  const graded = await gradedIn(out, { named, jobs: flags.jobs, queue: flags.queue }, read, collected);
  const grades = chooseGrades(read, collected, graded);
  await writeGrades(out, grades, { exercises: await givenExercises(read) });
  await new Output(process.stdout).write(summaryText(named, grades, graded));
}

async function giveAutograder(inputs: readonly string[], zip: string, { assignment, out }: GradeFlags): Promise<void> {
  if (inputs.length > 0 || out !== undefined) {
    throw new Failure("--gradescope grades nothing: leave the submissions and --out out.", 2);
  }
  const folder = callersFolder("grade");
  const path = resolve(folder, assignment);
  await writeAutograder(resolve(folder, zip), path, await readAssignment(path, assignment));
  process.stderr.write(`Written: ${zip}. Upload it as the assignment's autograder; it holds your hidden checks.\n`);
}

async function gradedIn(
  out: string,
  { named, jobs, queue }: { named: string; jobs: number; queue?: string },
  read: ReadAssignment,
  { submissions }: Collected,
): Promise<GradedSubmission[]> {
  const stopping = new AbortController();
  // Not once, and to the end: npm sends its child the signal that the terminal has sent it already.
  const stop = () =>
    stopping.abort(new Failure(`Stopped. Give the same command again to go on; what is graded is in ${named}.`, 130));
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  const progress = new ProgressLine(process.stderr);
  const journal = journalIn(out, named);
  const elsewhere = queue === undefined ? undefined : await gradersAt(queue, read, submissions.length);
  try {
    const onProgress = progress.show.bind(progress);
    const { graders } = elsewhere ?? {};
    return await gradeClass({ ...read, submissions, journal, jobs, graders, signal: stopping.signal, onProgress });
  } finally {
    elsewhere?.end();
    progress.end();
    journal.close();
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  }
}

/** As many as there are submissions: what waits, waits on the queue. */
async function gradersAt(queue: string, read: ReadAssignment, submissions: number) {
  // BullMQ is large, and only a queue needs it.
  const { connected, QueuedGraders } = await import("./grade/run/grade-queue.ts");
  const redis = await connected(queue);
  const grader = new QueuedGraders(redis, read);
  const graders = Array.from({ length: Math.min(submissions, MOST_QUEUED) }, () => grader);
  return { graders, end: () => redis.disconnect() };
}

function journalIn(out: string, named: string): Journal {
  try {
    return new Journal(join(out, JOURNAL_FILE));
  } catch (error) {
    throw new Failure(`--out ${named}: it can't be written to (${(error as Error).message}). Give another folder.`);
  }
}

async function rosterOf(folder: string, { roster }: GradeFlags): Promise<Roster | undefined> {
  return roster === undefined ? undefined : readCsvFile(resolve(folder, roster), roster, readRoster);
}

async function timesOf(folder: string, { times }: GradeFlags): Promise<Times | undefined> {
  return times === undefined ? undefined : readCsvFile(resolve(folder, times), times, readTimes);
}

async function readCsvFile<Read>(path: string, named: string, read: (bytes: Uint8Array) => Read): Promise<Read> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new Failure(`${named}: there is no such file. Give the path of a CSV file.`);
  if (!found.isFile()) throw new Failure(`${named}: it is no file. Give the path of a CSV file.`);
  if (found.size > MAX_BYTES) throw new Failure(`${named}: it is larger than 32 MiB, which no class's file is.`);
  try {
    return read(await readFile(path));
  } catch (error) {
    throw new Failure(`${named}: ${(error as Error).message}`);
  }
}

function nothingFound(inputs: readonly string[], { unmatched }: Collected): string {
  const reasons = unmatched.slice(0, 10).map(({ source, reason }) => `  ${source}: ${reason}`);
  const where = inputs.map((input) => basename(input)).join(", ");
  return [`${where}: nothing in it can be graded.`, ...reasons].join("\n");
}

async function givenExercises({
  exercises,
}: ReadAssignment): Promise<Map<string, { title: string; common: string[] }>> {
  const given = new Map<string, { title: string; common: string[] }>();
  for (const files of exercises)
    given.set(files.slug, { title: files.manifest.title, common: await commonTexts(files) });
  return given;
}

/** What the instructor sees at once; the rest is in the report. */
function summaryText(out: string, { students, unmatched }: ClassGrades, graded: readonly GradedSubmission[]): string {
  const pending = students.filter(({ exercises }) => exercises.some((exercise) => exercise.pending.length > 0));
  const refused = graded.filter((each) => each.refused !== undefined);
  const stopped = graded.filter((each) => each.stopped.length > 0);
  const lines = [
    `${students.length} students, ${graded.length} submissions: ${join(out, "report.html")}`,
    ...refused.map(({ submission, refused: why }) => `look at ${submission.source}: ${why}`),
    ...unmatched.map(({ source, reason }) => `not graded: ${source}: ${reason}`),
    ...(stopped.length === 0
      ? []
      : [`${stopped.length} submissions tried what they may not; their receipts say what.`]),
    ...(pending.length === 0 ? [] : [`${pending.length} students have a check that waits for you; see summary.csv.`]),
  ];
  return `${lines.map((line) => readable(line, MOST_LINE)).join("\n")}\n`;
}
