import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Checks } from "../../../lab/grade/check.ts";
import { exerciseHash } from "../../../lab/grade/digest.ts";
import { type ExerciseManifest, readManifest } from "../../../lab/grade/manifest.ts";

/** What the grader needs of an exercise's folder. */
export interface ExerciseFiles {
  /** The folder's name. */
  slug: string;
  manifest: ExerciseManifest;
  /** `exerciseHash` of its files. */
  hash: string;
  /** Texts of `given/`, by name. */
  given: Readonly<Record<string, string>>;
}

const exercisesFolder = fileURLToPath(new URL("../../../exercises/", import.meta.url));
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Slugs of the project's exercises, in alphabetical order. */
export async function exerciseSlugs(): Promise<string[]> {
  const entries = await readdir(exercisesFolder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** @throws Error where there is no such exercise, naming those that there are, or where its manifest is wrong */
export async function readExerciseFiles(slug: string): Promise<ExerciseFiles> {
  const folder = join(exercisesFolder, slug);
  const text = async (file: string) => (await readFile(join(folder, file), "utf8")).replaceAll("\r\n", "\n");
  const manifest = SLUG.test(slug) ? await text("exercise.json").catch(() => undefined) : undefined;
  if (manifest === undefined) {
    throw new Error(`there is no exercise "${slug}". There are: ${(await exerciseSlugs()).join(", ")}.`);
  }
  const others: Record<string, string> = {};
  for (const below of ["checks", "given"]) {
    const names = await readdir(join(folder, below)).catch(() => []);
    for (const name of names) others[`${below}/${name}`] = await text(join(below, name));
  }
  const own = readManifest(manifest, `exercises/${slug}/exercise.json`);
  return {
    slug,
    manifest: own,
    hash: exerciseHash({ manifest, checks: await text("checks.ts"), starter: await text("starter.ts"), others }),
    given: Object.fromEntries((own.given ?? []).map((name) => [name, others[`given/${name}`]])),
  };
}

/** What many submissions hold without having it from each other: the starter, the solution, what is given. */
export async function commonTexts({ slug, given }: ExerciseFiles): Promise<string[]> {
  const own = ["starter.ts", "solution.ts"].map((file) => readFile(join(exercisesFolder, slug, file), "utf8"));
  const texts = await Promise.allSettled(own);
  return [...texts.flatMap((text) => (text.status === "fulfilled" ? [text.value] : [])), ...Object.values(given)];
}

/** The public checks of an exercise, loaded. @throws Error where it has none */
export function loadChecks(slug: string): Promise<Checks> {
  return loadChecksFile(join(exercisesFolder, slug, "checks.ts"));
}

/** Loads a file that exports `checks`: code that is trusted as the grader's own is. @throws Error where it doesn't load or has none */
export async function loadChecksFile(file: string): Promise<Checks> {
  let module: { checks?: Checks };
  try {
    module = await import(/* @vite-ignore */ pathToFileURL(file).href);
  } catch (error) {
    throw new Error(`it doesn't load: ${(error as Error).message}`);
  }
  if (typeof module.checks === "object" && module.checks !== null) return module.checks;
  throw new Error("it exports no checks. Write them as `export const checks: Checks = { … }`.");
}
