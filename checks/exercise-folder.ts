import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Checks } from "../lab/grade/check.ts";
import { exerciseHash } from "../lab/grade/digest.ts";
import { type ExerciseManifest, readManifest } from "../lab/grade/manifest.ts";

/** A wrong solution that learners really write. */
export interface Mutant {
  /** Its path from the exercise's folder, as `mutants/off-by-one.ts`. */
  file: string;
  code: string;
  /** Names of the checks that must catch it, from its first line; empty where that line says none. */
  caughtBy: string[];
}

export interface ExerciseFolder {
  /** The folder's name. */
  slug: string;
  manifest: ExerciseManifest;
  hash: string;
  starter: string;
  solution: string;
  brief: string;
  /** One for each `## ` heading of `hints.md`. */
  hints: string[];
  mutants: Mutant[];
  checks: Checks;
  /** What the learner is shown beside the starter, by name: the texts of `given/`. */
  given: Record<string, string>;
  /** Every file in it, as paths from it. */
  files: string[];
}

const NEEDED = ["exercise.json", "brief.mdx", "starter.ts", "solution.ts", "checks.ts", "hints.md"];
const CAUGHT_BY = /^\/\/ Caught by: (.+)$/;

/**
 * Reads an exercise's folder.
 *
 * @throws Error naming what is missing or can't be read, and what to do
 */
export async function readExercise(folder: string, slug: string): Promise<ExerciseFolder> {
  const missing = NEEDED.filter((file) => !existsSync(join(folder, file)));
  if (missing.length > 0) throw new Error(`${slug}: write ${missing.join(", ")}: every exercise has it.`);
  const text = (file: string): string => readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n");
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();
  const [manifest, starter] = [text("exercise.json"), text("starter.ts")];
  const others = Object.fromEntries(
    files.filter((file) => /^(given|checks)\/./.test(file)).map((file) => [file, text(file)]),
  );
  return {
    slug,
    manifest: readManifest(manifest, `${slug}/exercise.json`),
    hash: exerciseHash({ manifest, starter, checks: text("checks.ts"), others }),
    starter,
    solution: text("solution.ts"),
    brief: text("brief.mdx"),
    hints: text("hints.md").split(/^## /m).slice(1),
    mutants: files.filter((file) => /^mutants\/[^/]+\.ts$/.test(file)).map((file) => mutantOf(file, text(file))),
    checks: await checksOf(folder, slug),
    given: givenOf(others),
    files,
  };
}

/** The texts of `given/`, by name. */
function givenOf(others: Readonly<Record<string, string>>): Record<string, string> {
  const given = Object.entries(others).filter(([path]) => path.startsWith("given/"));
  return Object.fromEntries(given.map(([path, text]) => [path.slice("given/".length), text]));
}

function mutantOf(file: string, code: string): Mutant {
  const names = CAUGHT_BY.exec(code.split("\n", 1)[0]);
  return { file, code, caughtBy: names === null ? [] : names[1].split(", ") };
}

async function checksOf(folder: string, slug: string): Promise<Checks> {
  const module = (await import(/* @vite-ignore */ pathToFileURL(join(folder, "checks.ts")).href)) as {
    checks?: Checks;
  };
  if (module.checks !== undefined) return module.checks;
  throw new Error(`${slug}/checks.ts: export the checks as \`export const checks: Checks = { … }\`.`);
}
