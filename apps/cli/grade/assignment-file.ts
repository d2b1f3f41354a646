import { readFile, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { digest } from "../../../lab/grade/digest.ts";
import { Failure } from "../failure.ts";
import type { AssignedExercise, Assignment, HiddenChecks } from "./assignment.ts";
import { type ExerciseFiles, loadChecksFile, readExerciseFiles } from "./exercise-files.ts";
import { hiddenHash } from "./hidden-files.ts";

const date = z.iso.datetime({
  offset: true,
  error: 'must be a date, a time and its offset, such as "2026-12-01T23:59:00+01:00"',
});
const positive = z.number({ error: "must be a number above 0" }).positive("must be above 0");
const label = (max: number) => z.string({ error: "must be a text" }).trim().min(1, "must not be empty").max(max);

const hiddenForm = z.strictObject({
  file: label(400),
  checks: z
    .array(
      z.strictObject({
        name: label(200),
        category: label(80),
        points: positive,
        credit: z.enum(["correctness", "cost", "speed", "strategy"]).default("correctness"),
      }),
    )
    .min(1, "must list at least one check"),
});

const assignmentForm = z.strictObject({
  title: label(120),
  seed: z
    .number({ error: "must be a whole number from 0 to 4294967295" })
    .int("must be a whole number")
    .min(0, "must be at least 0")
    .max(2 ** 32 - 1, "must be at most 4294967295"),
  exercises: z
    .array(
      z.strictObject({
        slug: label(80),
        weight: positive.default(1),
        deadline: date.optional(),
        hidden: hiddenForm.optional(),
      }),
    )
    .min(1, "must list at least one exercise"),
  late: z
    .strictObject({
      keep: z.enum(["best", "last", "last-before-deadline"]).default("best"),
      penaltyPerDay: z
        .number({ error: "must be a share from 0 to 1" })
        .min(0, "must be at least 0")
        .max(1, "must be a share from 0 to 1, such as 0.1 for a tenth")
        .default(0),
      maxDays: z.number().int("must be a whole number of days").min(0, "must be at least 0").optional(),
    })
    .prefault({}),
  extensions: z.record(label(200), date).default({}),
});

type AssignmentForm = z.infer<typeof assignmentForm>;

/** An assignment that was read, with what it asks for. */
export interface ReadAssignment {
  assignment: Assignment;
  /** In the assignment's order. */
  exercises: readonly ExerciseFiles[];
}

/** Far above any assignment; a mistaken path to something else is not read whole. */
const MAX_BYTES = 1024 * 1024;

/**
 * Reads an assignment's file, and holds it to the exercises that there are and to its hidden checks, which are loaded: they are
 * the instructor's own code. Paths in it are meant from its folder.
 *
 * @param named how the user called the file, for messages
 * @throws Failure naming the file, each field that is wrong, and what to do
 */
export async function readAssignment(path: string, named = path): Promise<ReadAssignment> {
  const text = await assignmentText(path, named);
  const form = assignmentOf(text, named);
  const faults = repeatedFaults(form);
  const exercises: ExerciseFiles[] = [];
  const assigned: AssignedExercise[] = [];
  for (const [index, { hidden, ...exercise }] of form.exercises.entries()) {
    const field = `exercises.${index}`;
    try {
      const files = await readExerciseFiles(exercise.slug);
      exercises.push(files);
      const own = hidden && { ...hidden, file: resolve(dirname(path), hidden.file) };
      const hiddenDigest = own && (await checkedHidden(own, `${field}.hidden`, files, faults));
      const hash = digest([files.hash, JSON.stringify(hidden?.checks), hiddenDigest, form.seed].join("\n"));
      assigned.push({ ...exercise, hidden: own, hash });
    } catch (error) {
      faults.push(`${field}.slug: ${(error as Error).message}`);
    }
  }
  if (faults.length > 0) throw new Failure(faultText(named, faults));
  const hash = digest([digest(text), ...assigned.map((exercise) => exercise.hash)].join("\n"));
  return { assignment: { ...form, exercises: assigned, hash }, exercises };
}

async function assignmentText(path: string, named: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined)
    throw new Failure(`${named}: there is no such file. Give the path of an assignment's JSON file.`);
  if (!found.isFile()) throw new Failure(`${named}: it is no file. Give the path of an assignment's JSON file.`);
  if (found.size > MAX_BYTES) throw new Failure(`${named}: it is larger than 1 MiB, which no assignment is.`);
  return (await readFile(path, "utf8")).replace(/^\ufeff/, "");
}

function assignmentOf(text: string, named: string): AssignmentForm {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new Failure(`${named}: it is not JSON: ${(error as Error).message}. Look for a comma or a quote there.`);
  }
  const read = assignmentForm.safeParse(data);
  if (read.success) return read.data;
  throw new Failure(faultText(named, read.error.issues.map(fieldFault)));
}

function fieldFault(issue: z.core.$ZodIssue): string {
  const field = issue.path.join(".") || "the whole";
  if (issue.code === "unrecognized_keys") {
    return `${field}: it has no field ${issue.keys.map((key) => `"${key}"`).join(", ")}. Remove it, or mend its spelling.`;
  }
  return `${field}: ${issue.message}.`;
}

function faultText(named: string, faults: readonly string[]): string {
  return faults.map((fault) => `${named}: ${fault}`).join("\n");
}

function repeatedFaults({ exercises }: AssignmentForm): string[] {
  const slugs = exercises.map(({ slug }) => slug);
  return slugs.flatMap((slug, index) =>
    slugs.indexOf(slug) === index
      ? []
      : [
          `exercises.${index}.slug: "${slug}" stands there twice. Name each exercise once; its weight says how much it counts.`,
        ],
  );
}

/** @returns the hidden files' hash; what is wrong is added to the faults */
async function checkedHidden(
  { file, checks }: HiddenChecks,
  field: string,
  { manifest }: ExerciseFiles,
  faults: string[],
): Promise<string | undefined> {
  if (!(await stat(file).catch(() => undefined))?.isFile()) {
    faults.push(`${field}.file: there is no such file. Give its path from the assignment's folder.`);
    return undefined;
  }
  try {
    const hash = await hiddenHash(file);
    const loaded = await loadChecksFile(file);
    for (const [index, { name }] of checks.entries()) {
      const place = `${field}.checks.${index}.name`;
      if (!Object.hasOwn(loaded, name)) {
        faults.push(
          `${place}: its file exports no check "${name}". It has: ${Object.keys(loaded).join(", ") || "none"}.`,
        );
      }
      if (checks.findIndex((other) => other.name === name) !== index)
        faults.push(`${place}: "${name}" stands there twice.`);
      if (manifest.checks.some((open) => open.name === name)) {
        faults.push(`${place}: the exercise has a public check "${name}". Give the hidden one another name.`);
      }
    }
    return hash;
  } catch (error) {
    faults.push(`${field}.file: ${(error as Error).message}`);
    return undefined;
  }
}
