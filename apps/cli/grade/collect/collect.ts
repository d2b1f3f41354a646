import { digest } from "../../../../lab/grade/digest.ts";
import { Failure } from "../../failure.ts";
import type { Assignment } from "../assignment.ts";
import { type ExerciseFiles, exerciseSlugs } from "../exercise-files.ts";
import type { Collected, Submission, Unmatched } from "../submission.ts";
import { type ExportFile, readExport } from "./export-file.ts";
import { findFiles } from "./files.ts";
import { BOUNDS, type FoundFile } from "./found.ts";
import { exerciseOf, originOf } from "./origin.ts";
import type { Roster } from "./roster.ts";
import { type StudentBody, studentBody } from "./students.ts";
import { textOf } from "./text.ts";
import type { Times } from "./times.ts";

export interface CollectOptions {
  assignment: Assignment;
  /** As `readAssignment` gives them. */
  exercises: readonly ExerciseFiles[];
  /** Without one, students are who the files name. */
  roster?: Roster;
  /** When files were handed in; without an entry here it is not known. */
  times?: Times;
  /** Takes a file's own time where `times` has none. Unpacking and copying may change it, and so may who owns the file. */
  fileTimes?: boolean;
}

/** A file that was read and holds code. */
interface ReadFile {
  path: readonly string[];
  source: string;
  modifiedAt: Date;
  code: string;
  export?: ExportFile;
}

const CODE = /\.[cm]?[jt]s$/i;
/** Beside a learner's file in a repository of their own. */
const NOT_HANDED_IN = /(\.d\.[cm]?ts|\.(test|spec|bench|config)\.[cm]?[jt]s)$/i;
/** Handed in by one student for one exercise; more are no attempts any more. */
const MOST_ATTEMPTS = 50;

/**
 * Reads all submissions in folders, zips and files, whatever system they come from, and says whose each is and what for. What can't be
 * told is listed with its reason; nothing is left out unsaid.
 *
 * @param inputs paths
 * @throws Failure where an input isn't there, or all together is more than any class hands in
 */
export async function collect(inputs: readonly string[], options: CollectOptions): Promise<Collected> {
  const unmatched: Unmatched[] = [];
  const files = await readFiles(inputs, unmatched);
  const body = studentBody(options.roster);
  const submissions: Submission[] = [];
  const slugs = await exerciseSlugs();
  const inWrapper = options.roster === undefined ? wrapperDepth(files, slugs) : 0;
  for (const file of files) {
    try {
      submissions.push(submissionOf({ ...file, path: file.path.slice(inWrapper) }, options, slugs, body));
    } catch (error) {
      unmatched.push({ source: file.source, reason: `It ${(error as Error).message}` });
    }
  }
  unmatched.push(...unusedWords(options, submissions, body));
  return {
    submissions: withoutRepeats(submissions.sort(inOrder), unmatched),
    unmatched: unmatched.sort((one, other) => compare(one.source, other.source) || compare(one.reason, other.reason)),
    students: body.students(),
  };
}

async function readFiles(inputs: readonly string[], unmatched: Unmatched[]): Promise<ReadFile[]> {
  const files: ReadFile[] = [];
  const leftOut = new Map<string, string[]>();
  const leaveOut = (name: string, source: string) => leftOut.set(name, [...(leftOut.get(name) ?? []), source]);
  for await (const found of findFiles(inputs)) {
    if ("reason" in found) unmatched.push(found);
    else if ("leftOut" in found) leaveOut(found.leftOut, found.source);
    else {
      try {
        const file = await readFile(found);
        if (file === undefined) leaveOut(found.path[found.path.length - 1], found.source);
        else files.push(file);
      } catch (error) {
        if (error instanceof Failure) throw error;
        unmatched.push({ source: found.source, reason: `It ${(error as Error).message}` });
      }
    }
  }
  for (const [name, sources] of leftOut) {
    const source = sources.length === 1 ? sources[0] : `${name} (${sources.length} times)`;
    unmatched.push({
      source,
      reason: "It is no code for an exercise. If it should be one, ask for the .ts file or the workbook's export.",
    });
  }
  return files;
}

/** @returns undefined where it is no code, by its name @throws Error whose message goes behind "it" */
async function readFile(found: FoundFile): Promise<ReadFile | undefined> {
  const name = found.path[found.path.length - 1];
  if (/\.json$/i.test(name)) return exportedFile(found);
  if (!CODE.test(name) || NOT_HANDED_IN.test(name)) return undefined;
  if (found.sizeBytes > BOUNDS.codeBytes) throw new Error(`is larger than 256 KiB, ${TOO_LARGE}`);
  return { ...facts(found), code: withoutMark(textOf(await bytesOf(found))) };
}

const TOO_LARGE = "which no solution is. Ask for the code alone.";

async function exportedFile(found: FoundFile): Promise<ReadFile | undefined> {
  if (found.sizeBytes > BOUNDS.exportBytes)
    throw new Error("is larger than 4 MiB, which no workbook exports. Ask for the code alone.");
  const read = readExport(textOf(await bytesOf(found)));
  if (read === undefined) return undefined;
  if (Buffer.byteLength(read.code) > BOUNDS.codeBytes) throw new Error(`holds more than 256 KiB of code, ${TOO_LARGE}`);
  return { ...facts(found), code: withoutMark(read.code), export: read };
}

async function bytesOf(found: FoundFile): Promise<Buffer> {
  try {
    return await found.read();
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Error(`can't be read (${(error as Error).message}). Ask for it again.`);
  }
}

const facts = ({ path, source, modifiedAt }: FoundFile) => ({ path, source, modifiedAt });

function withoutMark(code: string): string {
  return code.replace(/^\ufeff/, "");
}

function submissionOf(
  file: ReadFile,
  options: CollectOptions,
  slugs: readonly string[],
  body: StudentBody,
): Submission {
  const { path, source, code, export: exported } = file;
  const { times, fileTimes } = options;
  const exercise =
    exported === undefined ? exerciseOf(path, slugs, assignedSlugs(options)) : exportedFor(exported, options);
  const origin = originOf(path, slugs);
  const student = body.ownerOf(origin);
  const at = times?.get(source) ?? (fileTimes ? file.modifiedAt.toISOString() : undefined);
  const attempt = origin.attempt ?? (exported && Date.parse(exported.exportedAt));
  return {
    student,
    exercise,
    code,
    codeHash: digest(code),
    source,
    ...(at === undefined ? {} : { at }),
    markedLate: origin.markedLate,
    ...(attempt === undefined ? {} : { attempt }),
    ...(exported?.claimed === undefined ? {} : { claimed: exported.claimed }),
  };
}

function assignedSlugs({ assignment }: CollectOptions): string[] {
  return assignment.exercises.map(({ slug }) => slug);
}

/** The workbook wrote the exercise's id: no name tells better. */
function exportedFor({ exerciseId, exerciseTitle }: ExportFile, { exercises }: CollectOptions): string {
  const own = exercises.find(({ manifest }) => manifest.id === exerciseId.toLowerCase());
  if (own !== undefined) return own.slug;
  throw new Error(
    `was exported from "${exerciseTitle}", which the assignment doesn't ask for. Add it there, or leave the file out.`,
  );
}

/** A folder around all the rest names nobody, where below it there are several who do. */
function wrapperDepth(files: readonly ReadFile[], slugs: readonly string[]): 0 | 1 {
  const outer = files[0]?.path[0];
  if (files.some(({ path }) => path.length < 2 || path[0] !== outer)) return 0;
  if (files.some(({ path }) => originOf(path, slugs).owners[0]?.isCertain)) return 0;
  const names = files.map(({ path }) => originOf(path.slice(1), slugs).owners[0]?.name);
  return new Set(names.filter((name) => name !== undefined)).size > 1 ? 1 : 0;
}

/** What the instructor wrote of a student or a file that there isn't: most likely a slip of the pen. */
function unusedWords(
  { assignment, times }: CollectOptions,
  submissions: readonly Submission[],
  body: StudentBody,
): Unmatched[] {
  const keys = new Set(body.students().map(({ key }) => key));
  const sources = new Set(submissions.map(({ source }) => source));
  const extensions = Object.keys(assignment.extensions).filter((key) => !keys.has(key));
  const timed = [...(times?.keys() ?? [])].filter((source) => !sources.has(source));
  return [
    ...extensions.map((key) => ({
      source: `extensions: ${key}`,
      reason:
        "The assignment extends a deadline for a student whom nobody knows. Write the student's key as the roster has it.",
    })),
    ...timed.map((source) => ({
      source: `times: ${source}`,
      reason: "The list of times has a file that no submission is from. Write it as the listing shows it.",
    })),
  ];
}

/** One file that came twice is graded once; so are no more than the last so many of a student's. */
function withoutRepeats(submissions: readonly Submission[], unmatched: Unmatched[]): Submission[] {
  const kept = new Map<string, Submission[]>();
  for (const submission of submissions) {
    const owner = JSON.stringify([submission.student.key, submission.exercise]);
    const others = kept.get(owner) ?? [];
    const same = others.find((other) => facets(other) === facets(submission));
    if (same === undefined) kept.set(owner, [...others, submission]);
    else unmatched.push({ source: submission.source, reason: `It is the same as ${same.source}, which is graded.` });
  }
  return [...kept.values()].flatMap((own) => {
    for (const { source } of own.slice(0, -MOST_ATTEMPTS)) {
      unmatched.push({
        source,
        reason: `The student has more than ${MOST_ATTEMPTS} files for the exercise. Keep the ones that count.`,
      });
    }
    return own.slice(-MOST_ATTEMPTS);
  });
}

/** Two with equal facets would get the same points under any policy. */
function facets({ codeHash, at, markedLate, attempt }: Submission): string {
  return JSON.stringify([codeHash, at, markedLate, attempt]);
}

function inOrder(one: Submission, other: Submission): number {
  return (
    compare(one.student.key, other.student.key) ||
    compare(one.exercise, other.exercise) ||
    compare(one.at ?? "", other.at ?? "") ||
    (one.attempt ?? 0) - (other.attempt ?? 0) ||
    compare(one.source, other.source)
  );
}

/** By code units: the same in every locale. */
function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
