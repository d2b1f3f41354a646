import { existsSync, readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { type ExerciseFolder, type Mutant, readExercise } from "./exercise-folder.ts";
import { gradingFaults, speedFaults } from "./exercise-grading.ts";

/** What was found in a folder of exercises. */
export interface ExerciseReport {
  /** One line for each exercise: what holds of it. */
  found: string[];
  /** What is wrong, each as `place: what to do`. */
  faults: string[];
}

const LEAST_MUTANTS = 3;
const KNOWN_FILE =
  /^(exercise\.json|brief\.mdx|hints\.md|(starter|solution|checks|checks\.test)\.ts|(mutants|given|checks)\/[^/]+\.ts)$/;
/** Exercises graded at a time: each has its code in another thread, and is judged in this one. */
const AT_ONCE = Math.max(2, availableParallelism());

/**
 * Holds every exercise in `root` to what an exercise is.
 *
 * @param chapters the folder of the chapters, each of which shows its exercises; without it that is not looked at
 * @param only names of exercises; where there are any, the others are read, but not graded
 * @param withSpeed whether speed is looked at, which takes minutes and a quiet machine
 */
export async function exerciseReport(
  root: string,
  chapters?: string,
  only: readonly string[] = [],
  withSpeed = true,
): Promise<ExerciseReport> {
  const report: ExerciseReport = { found: [], faults: [] };
  const exercises = await readExercises(root, report, only);
  const asked = exercises.filter(({ slug }) => only.length === 0 || only.includes(slug));
  const own = new Map<string, string[]>();
  await inTurns(asked, AT_ONCE, async (exercise) => {
    const read = textFaults(exercise);
    const graded = read.length > 0 ? read : await gradingFaults(exercise);
    own.set(exercise.slug, [...graded, ...placeFaults(exercise, chapters)]);
  });
  for (const exercise of asked) {
    const faults = own.get(exercise.slug) ?? [];
    // Alone, one after the other: what runs beside a timing is part of it.
    if (withSpeed && faults.length === 0) faults.push(...(await speedFaults(exercise)));
    report.faults.push(...faults);
    if (faults.length === 0) report.found.push(summary(exercise));
  }
  report.faults.push(...idFaults(exercises), ...prerequisiteFaults(exercises));
  return report;
}

/** Those that are not asked for may be half written: then they are left out. */
async function readExercises(root: string, report: ExerciseReport, only: readonly string[]): Promise<ExerciseFolder[]> {
  const exercises: ExerciseFolder[] = [];
  for (const entry of readdirSync(root, { withFileTypes: true })) {
    if (entry.name === "README.md") continue;
    if (!entry.isDirectory()) {
      report.faults.push(`${entry.name}: move it into an exercise's folder, or remove it.`);
      continue;
    }
    try {
      exercises.push(await readExercise(join(root, entry.name), entry.name));
    } catch (error) {
      if (only.length === 0 || only.includes(entry.name)) report.faults.push((error as Error).message);
    }
  }
  return exercises;
}

async function inTurns<T>(items: readonly T[], atOnce: number, act: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const turn = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: atOnce }, turn));
}

function summary({ slug, manifest, mutants, hints }: ExerciseFolder): string {
  const points = manifest.checks.reduce((sum, check) => sum + check.points, 0);
  return `${slug}: ${points} points in ${manifest.checks.length} checks, ${mutants.length} mutants caught, ${hints.length} hints`;
}

/** What reading alone shows. */
function textFaults({ slug, manifest, files, brief, hints, mutants, checks, given }: ExerciseFolder): string[] {
  const names = manifest.checks.map((check) => check.name);
  const faults = files
    .filter((file) => !KNOWN_FILE.test(file))
    .map((file) => `${slug}/${file}: remove it: an exercise has no such file.`);
  if (hints.length === 0) faults.push(`${slug}/hints.md: write at least one hint, under a \`## \` heading of its own.`);
  if (mutants.length < LEAST_MUTANTS) {
    faults.push(`${slug}/mutants: write at least ${LEAST_MUTANTS} wrong solutions that learners really write.`);
  }
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) !== index)
      faults.push(`${slug}/exercise.json: give the two checks "${name}" names of their own.`);
    if (name.includes(","))
      faults.push(`${slug}/exercise.json: take the comma out of "${name}": mutants list names by it.`);
    if (!brief.includes(name)) faults.push(`${slug}/brief.mdx: say what the check "${name}" asks for, by that name.`);
    if (!Object.hasOwn(checks, name))
      faults.push(`${slug}/checks.ts: write the check "${name}", or take it out of exercise.json.`);
  }
  for (const name of Object.keys(checks)) {
    if (!names.includes(name)) faults.push(`${slug}/exercise.json: give the check "${name}" of checks.ts its points.`);
  }
  faults.push(...givenFaults(slug, manifest.given ?? [], Object.keys(given)));
  for (const mutant of mutants) faults.push(...namingFaults(slug, names, mutant));
  return faults;
}

function givenFaults(slug: string, listed: readonly string[], there: readonly string[]): string[] {
  const missing = listed
    .filter((name) => !there.includes(name))
    .map((name) => `${slug}: write given/${name}, which exercise.json lists.`);
  const unlisted = there
    .filter((name) => !listed.includes(name))
    .map((name) => `${slug}/exercise.json: list ${name} in "given": the learner is shown what stands there.`);
  return [...missing, ...unlisted];
}

function placeFaults({ slug, manifest }: ExerciseFolder, chapters: string | undefined): string[] {
  if (chapters === undefined) return [];
  const chapter = join(chapters, manifest.chapter, "index.mdx");
  if (!existsSync(chapter)) return [`${slug}/exercise.json: there is no chapter "${manifest.chapter}" in chapters/.`];
  if (readFileSync(chapter, "utf8").includes(`<Exercise slug="${slug}"`)) return [];
  return [`${slug}: show it in chapters/${manifest.chapter}/index.mdx: <Exercise slug="${slug}" />.`];
}

function namingFaults(slug: string, names: string[], { file, caughtBy }: Mutant): string[] {
  if (caughtBy.length === 0) return [`${slug}/${file}: begin it with \`// Caught by: <the check's name>\`.`];
  return caughtBy
    .filter((name) => !names.includes(name))
    .map((name) => `${slug}/${file}:1: "${name}" is no check of this exercise: it has ${names.join(", ")}.`);
}

function idFaults(exercises: readonly ExerciseFolder[]): string[] {
  return exercises.flatMap(({ slug, manifest }, index) => {
    const first = exercises.findIndex((other) => other.manifest.id === manifest.id);
    if (first === index) return [];
    return [
      `${slug}/exercise.json: give it an id of its own (crypto.randomUUID()): ${exercises[first].slug} has this one.`,
    ];
  });
}

function prerequisiteFaults(exercises: readonly ExerciseFolder[]): string[] {
  const before = new Map(exercises.map(({ slug, manifest }) => [slug, manifest.prerequisites]));
  const unknown = exercises.flatMap(({ slug, manifest }) =>
    manifest.prerequisites
      .filter((name) => !before.has(name))
      .map((name) => `${slug}/exercise.json: there is no exercise "${name}" to come before this one.`),
  );
  const circular = [...before.keys()].filter((slug) => reaches(before, slug, slug, new Set()));
  if (circular.length === 0) return unknown;
  return [...unknown, `${circular.join(", ")}: each of these needs the other first: take one prerequisite out.`];
}

function reaches(before: Map<string, string[]>, from: string, target: string, visited: Set<string>): boolean {
  return (before.get(from) ?? []).some((name) => {
    if (name === target) return true;
    if (visited.has(name)) return false;
    visited.add(name);
    return reaches(before, name, target, visited);
  });
}
