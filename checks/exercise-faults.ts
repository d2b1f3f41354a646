import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { grade } from "../lab/grade/grade.ts";
import type { Verdict } from "../lab/grade/verdict.ts";
import { type ExerciseFolder, type Mutant, readExercise } from "./exercise-folder.ts";
import { openTrusted } from "./trusted-learner.ts";

/** What was found in a folder of exercises. */
export interface ExerciseReport {
  /** One line for each exercise: what holds of it. */
  found: string[];
  /** What is wrong, each as `place: what to do`. */
  faults: string[];
}

/** Seeds that a solution must do well on and a mutant badly: a learner gets others. */
const SEEDS = [1, 2, 3];
const LEAST_MUTANTS = 3;
const KNOWN_FILE =
  /^(exercise\.json|brief\.mdx|hints\.md|(starter|solution|checks|checks\.test)\.ts|mutants\/[^/]+\.ts)$/;

/**
 * Holds every exercise in `root` to what an exercise is.
 *
 * @param chapters the folder of the chapters, each of which shows its exercises; without it that is not looked at
 */
export async function exerciseReport(root: string, chapters?: string): Promise<ExerciseReport> {
  const report: ExerciseReport = { found: [], faults: [] };
  const exercises: ExerciseFolder[] = [];
  for (const entry of readdirSync(root, { withFileTypes: true })) {
    if (entry.name === "README.md") continue;
    if (!entry.isDirectory()) {
      report.faults.push(`${entry.name}: move it into an exercise's folder, or remove it.`);
      continue;
    }
    try {
      const exercise = await readExercise(join(root, entry.name), entry.name);
      exercises.push(exercise);
      const read = [...textFaults(exercise), ...placeFaults(exercise, chapters)];
      const own = read.length > 0 ? read : await gradingFaults(exercise);
      report.faults.push(...own);
      if (own.length === 0) report.found.push(summary(exercise));
    } catch (error) {
      report.faults.push((error as Error).message);
    }
  }
  report.faults.push(...idFaults(exercises), ...prerequisiteFaults(exercises));
  return report;
}

function summary({ slug, manifest, mutants, hints }: ExerciseFolder): string {
  const points = manifest.checks.reduce((sum, check) => sum + check.points, 0);
  return `${slug}: ${points} points in ${manifest.checks.length} checks, ${mutants.length} mutants caught, ${hints.length} hints`;
}

/** What reading alone shows. */
function textFaults({ slug, manifest, files, brief, hints, mutants, checks }: ExerciseFolder): string[] {
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
  for (const mutant of mutants) faults.push(...namingFaults(slug, names, mutant));
  return faults;
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

/** What only running shows, of an exercise that reads well. */
async function gradingFaults(exercise: ExerciseFolder): Promise<string[]> {
  const { slug, starter, solution, mutants } = exercise;
  const faults: string[] = [];
  for (const seed of SEEDS) {
    for (const result of (await graded(exercise, solution, seed)).checks) {
      if (result.status !== "passed") {
        faults.push(
          `${slug}/solution.ts: "${result.name}" with seed ${seed}: ${result.reason} Mend the solution or the check.`,
        );
      }
    }
  }
  if (faults.length > 0) return faults;
  faults.push(...(await starterFaults(exercise, starter)));
  for (const mutant of mutants) {
    for (const seed of SEEDS)
      faults.push(...mutantFaults(slug, mutant, await graded(exercise, mutant.code, seed), seed));
  }
  return faults;
}

async function starterFaults(exercise: ExerciseFolder, starter: string): Promise<string[]> {
  const { slug, solution } = exercise;
  try {
    const exported = await exportsOf(starter);
    const missing = (await exportsOf(solution)).filter((name) => !exported.includes(name));
    if (missing.length > 0)
      return [`${slug}/starter.ts: export ${missing.join(", ")} too, so that the learner sees its form.`];
  } catch (error) {
    return [`${slug}/starter.ts: make it run: ${(error as Error).message}`];
  }
  const verdict = await graded(exercise, starter, SEEDS[0]);
  if (verdict.points < verdict.of) return [];
  return [`${slug}/starter.ts: take something out: it gets all ${verdict.of} points already.`];
}

async function exportsOf(code: string): Promise<readonly string[]> {
  const opened = await openTrusted(code);
  opened.close();
  return opened.exports;
}

function mutantFaults(slug: string, { file, caughtBy }: Mutant, verdict: Verdict, seed: number): string[] {
  return verdict.checks.flatMap(({ name, status, reason }) => {
    const named = caughtBy.includes(name);
    if (named && status === "passed") {
      return [
        `${slug}/${file}: "${name}" lets it pass with seed ${seed}: make the check see it, or name another check.`,
      ];
    }
    if (named || status === "passed") return [];
    return [
      `${slug}/${file}: "${name}" catches it too, with seed ${seed} (${reason}): name it in the first line, or narrow the check.`,
    ];
  });
}

function graded({ manifest, hash, checks }: ExerciseFolder, code: string, seed: number): Promise<Verdict> {
  return grade({ exercise: { ...manifest, hash }, checks, code, seed, open: openTrusted, host: "node" });
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
