import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ReadArtefact } from "../engines/contract/engine.ts";
import { grade } from "../lab/grade/grade.ts";
import type { CheckEntry } from "../lab/grade/manifest.ts";
import type { CheckResult } from "../lab/grade/verdict.ts";
import type { ExerciseFolder, Mutant } from "./exercise-folder.ts";
import { root } from "./tree.ts";
import { openTrusted } from "./trusted-learner.ts";

/** Seeds that a solution must do well on and a mutant badly: a learner gets others. */
const SEEDS = [1, 2, 3];
/** Where one grading takes longer, ms, mutants are graded with the first seed alone. */
const SLOW_MS = 1_500;

/** An exercise's files in the project: engines may ask for built ones. */
const readArtefact: ReadArtefact = async (path) => new Uint8Array(await readFile(join(root, path)));

/**
 * What only running shows, of an exercise that reads well. Speed is left out: `speedFaults` looks at it while nothing else
 * runs.
 */
export async function gradingFaults(exercise: ExerciseFolder): Promise<string[]> {
  const { slug, manifest, solution, mutants } = exercise;
  const entries = manifest.checks.filter(({ credit }) => credit !== "speed");
  const faults: string[] = [];
  const began = performance.now();
  for (const seed of SEEDS) faults.push(...solutionFaults(slug, await graded(exercise, entries, solution, seed), seed));
  if (faults.length > 0) return faults;
  const seeds = (performance.now() - began) / SEEDS.length > SLOW_MS ? SEEDS.slice(0, 1) : SEEDS;
  faults.push(...(await starterFaults(exercise)));
  for (const mutant of mutants) {
    for (const seed of seeds) {
      faults.push(...mutantFaults(slug, mutant, await graded(exercise, entries, mutant.code, seed), seed));
    }
  }
  return faults;
}

/** Whether the speed checks let the solution pass, and the mutants that name them not. */
export async function speedFaults(exercise: ExerciseFolder): Promise<string[]> {
  const { slug, manifest, solution, mutants } = exercise;
  const entries = manifest.checks.filter(({ credit }) => credit === "speed");
  if (entries.length === 0) return [];
  const [seed] = SEEDS;
  const results = await graded(exercise, entries, solution, seed);
  // A machine that is too noisy to tell has found no fault.
  const faults = solutionFaults(
    slug,
    results.filter(({ status }) => status !== "pending"),
    seed,
  );
  for (const mutant of mutants) {
    const named = entries.filter(({ name }) => mutant.caughtBy.includes(name));
    if (named.length > 0)
      faults.push(...mutantFaults(slug, mutant, await graded(exercise, named, mutant.code, seed), seed));
  }
  return faults;
}

function solutionFaults(slug: string, results: readonly CheckResult[], seed: number): string[] {
  return results
    .filter(({ status }) => status !== "passed")
    .map(
      ({ name, reason }) =>
        `${slug}/solution.ts: "${name}" with seed ${seed}: ${reason} Mend the solution or the check.`,
    );
}

async function starterFaults(exercise: ExerciseFolder): Promise<string[]> {
  const { slug, solution, starter, manifest } = exercise;
  try {
    const exported = await exportsOf(starter);
    const missing = (await exportsOf(solution)).filter((name) => !exported.includes(name));
    if (missing.length > 0)
      return [`${slug}/starter.ts: export ${missing.join(", ")} too, so that the learner sees its form.`];
  } catch (error) {
    return [`${slug}/starter.ts: make it run: ${(error as Error).message}`];
  }
  const entries = manifest.checks.filter(({ credit }) => credit !== "speed");
  // Where speed is asked for, a starter may be right and slow.
  if (entries.length < manifest.checks.length) return [];
  const results = await graded(exercise, entries, starter, SEEDS[0]);
  if (results.some(({ status }) => status !== "passed")) return [];
  const points = results.reduce((sum, { of }) => sum + of, 0);
  return [`${slug}/starter.ts: take something out: it gets all ${points} points already.`];
}

async function exportsOf(code: string): Promise<readonly string[]> {
  const opened = await openTrusted(code);
  opened.close();
  return opened.exports;
}

function mutantFaults(
  slug: string,
  { file, caughtBy }: Mutant,
  results: readonly CheckResult[],
  seed: number,
): string[] {
  return results.flatMap(({ name, status, reason }) => {
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

/** What the checks named by `entries` find of some code of the exercise. */
export async function graded(
  { manifest, hash, checks, given }: ExerciseFolder,
  entries: readonly CheckEntry[],
  code: string,
  seed: number,
): Promise<CheckResult[]> {
  if (entries.length === 0) return [];
  const exercise = { ...manifest, hash, checks: entries };
  const verdict = await grade({
    exercise,
    checks,
    code,
    seed,
    files: given,
    open: openTrusted,
    readArtefact,
    host: "node",
  });
  return verdict.checks;
}
