import { z } from "zod";

const check = z.strictObject({
  name: z.string().min(3),
  points: z.number().positive(),
  credit: z.enum(["correctness", "cost", "speed", "strategy"]),
});

const manifest = z.strictObject({
  /** A UUID that never changes: a reader's progress and a class's grades hang on it. */
  id: z.uuid(),
  title: z.string().min(3),
  /** Name of the chapter's folder. */
  chapter: z.string().regex(/^[a-z0-9-]+$/, "must be the name of a folder in chapters/"),
  /** What the learner writes: `code` is a TypeScript module whose exports are called. */
  kind: z.enum(["code"]),
  /** How long it takes a learner. */
  minutes: z.number().int().min(5).max(180),
  /** In the order in which they are run and shown. */
  checks: z.array(check).min(1),
  limits: z.strictObject({
    /** For each check, all its calls together. */
    timeMs: z.number().int().min(100).max(60_000),
    /** What the heap may hold. Node and the grader stop code that goes beyond; a page can't, and bounds it by time alone. */
    memoryMiB: z.number().int().min(16).max(4_096),
  }),
  /** Names of the files in `given/` that the learner is shown, in their order: a baseline to beat, a data file's reader. */
  given: z.optional(z.array(z.string().regex(/^[a-z0-9-]+\.ts$/, "must be the name of a .ts file in given/"))),
  /** Names of the exercises' folders that come before. */
  prerequisites: z.array(z.string()),
});

/** What `exercise.json` holds. */
export type ExerciseManifest = z.infer<typeof manifest>;

/** One check as the manifest lists it: its name is the key in `checks.ts`. */
export type CheckEntry = ExerciseManifest["checks"][number];

/**
 * Reads an `exercise.json`.
 *
 * @param file its path, for messages
 * @throws Error naming the file, each field that is wrong, and what it must be
 */
export function readManifest(text: string, file: string): ExerciseManifest {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is not JSON: ${(error as Error).message}`);
  }
  const read = manifest.safeParse(data);
  if (read.success) return read.data;
  const faults = read.error.issues.map((issue) => `${issue.path.join(".") || "the whole"}: ${issue.message}`);
  throw new Error(`${file} doesn't describe an exercise. ${faults.join("; ")}.`);
}
