/** What committed cores in other languages share: they are built into `pkg/`, with a manifest, and compared with it. */

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { COMPARED_COMMANDS, haveSameEvents, type LoadEngine } from "./same-events.ts";

/** A built file of the project whose source is in another language. */
export interface Core {
  title: string;
  /** Its built file is in `pkg/` there. */
  folder: string;
  /** Where its sources are, from the folder. */
  sources: string;
  /** Those that are compiled, from the folder, in their order. */
  compiled: readonly string[];
  output: string;
  /** Of an engine: makes books of the built file. */
  load?: LoadEngine;
  toolchain: Toolchain;
}

/** How a language is compiled here. The same version gives the same bytes. */
export interface Toolchain {
  /** The npm script that builds with it. */
  script: string;
  /** The compiler, for people. */
  compiler: string;
  /** How to get it. */
  install: string;
  /** What counts as a source, where other files stand beside it. */
  source: RegExp;
  flags: readonly string[];
  /** The compiler that is here; undefined where there is none. */
  find(): Compiler | undefined;
  /** Gets one where there is none, and tells what that takes. A comparison does without. @throws BuildError where it can't */
  fetch?(): Compiler;
  /** @throws BuildError with the remedy */
  compile(compiler: Compiler, core: Core, output: string): void;
}

export interface Compiler {
  command: string;
  version: string;
}

/** What a committed core was built from, with what, and what came out. */
interface Manifest {
  /** SHA-256 of all sources' names and texts, whatever their line endings, and of the compiler's flags. */
  sources: string;
  compiler: string;
  bytes: number;
  sha256: string;
}

/** A build that can't be, with what to do about it. */
export class BuildError extends Error {}

export const folderOf = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The SHA-256 of a core's sources as they are now: each one's name and text, with LF as line ending, ended by a zero byte, and the flags. */
export function hashSources({ folder, sources, toolchain }: Core): string {
  const hash = createHash("sha256");
  const names = readdirSync(join(folder, sources)).filter((name) => toolchain.source.test(name));
  for (const name of names.sort()) {
    hash.update(`${name}\0${readFileSync(join(folder, sources, name), "utf8").replaceAll("\r\n", "\n")}\0`);
  }
  hash.update(toolchain.flags.join("\0"));
  return hash.digest("hex");
}

export function readManifest(core: Core): Manifest {
  return JSON.parse(readFileSync(manifestOf(core), "utf8"));
}

export function describeOutput(file: string): Pick<Manifest, "bytes" | "sha256"> {
  const bytes = readFileSync(file);
  return { bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** What a version's text must hold to name one. @returns undefined where the command isn't there, or says something else */
export function versionOf(command: string, args: readonly string[], pattern: RegExp): string | undefined {
  const { status, stdout } = spawnSync(command, args, { encoding: "utf8" });
  return status === 0 ? stdout.match(pattern)?.[1] : undefined;
}

/** Runs a compiler. @throws BuildError where it fails */
export function compileWith(
  command: string,
  args: readonly string[],
  folder: string,
  install: string,
  environment = process.env,
): void {
  const { error, status } = spawnSync(command, args, { cwd: folder, stdio: "inherit", env: environment });
  if (error === undefined && status === 0) return;
  const why = error === undefined ? ` with exit code ${status}` : `: ${error.message}`;
  throw new BuildError(`${command} failed${why}. What it wants: ${install}.`);
}

/**
 * What an npm script does that builds cores of one language: into each one's pkg/, or, with `--check`, into a temporary folder,
 * to compare it with what is committed: its bytes, or by another compiler its answers. Sets the process's exit code: 0 done, the same,
 * or skipped because there is no compiler; 1 failed, or not the same.
 */
export async function runCores(cores: readonly [Core, ...Core[]]): Promise<void> {
  try {
    process.exitCode = (await buildOrCheck(cores, process.argv.includes("--check"))) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

async function buildOrCheck(cores: readonly [Core, ...Core[]], checking: boolean): Promise<boolean> {
  const { compiler: name, install, find, fetch } = cores[0].toolchain;
  const compiler = find() ?? (checking ? undefined : fetch?.());
  if (compiler === undefined) {
    if (!checking) throw new BuildError(`There is no ${name} here, which builds this. To have one: ${install}.`);
    console.log(`Skipped: no ${name} on this machine. To have one: ${install}.`);
    return true;
  }
  const folder = mkdtempSync(join(tmpdir(), "hotpath-core-"));
  try {
    let isRight = true;
    for (const core of cores) {
      const built = join(folder, core.output);
      if (!checking) build(core, compiler, built);
      else if (!(await check(core, compiler, built))) isRight = false;
    }
    return isRight;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns whether the committed core is what its source says */
async function check(core: Core, compiler: Compiler, built: string): Promise<boolean> {
  const { title, toolchain } = core;
  const committed = readManifest(core);
  if (committed.compiler !== compiler.version) return await checkAnswers(core, compiler, committed.compiler, built);
  toolchain.compile(compiler, core, built);
  const same = describeOutput(built).sha256 === committed.sha256;
  const verdict = same
    ? "the committed one is what its source says."
    : `not the same bytes: run npm run ${toolchain.script}`;
  console.log(`${title}: ${verdict}`);
  return same;
}

/** Another compiler gives other bytes, which say nothing. @returns false where what it makes answers otherwise */
async function checkAnswers(core: Core, compiler: Compiler, committedBy: string, built: string): Promise<boolean> {
  const { title, toolchain, load } = core;
  const compilers = `${toolchain.compiler} is ${compiler.version} here and ${committedBy} there`;
  const skip = (why: string) => {
    console.log(`${title}: skipped. ${why}, and ${compilers}.`);
    return true;
  };
  if (load === undefined) return skip("Another compiler gives other bytes");
  try {
    toolchain.compile(compiler, core, built);
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    return skip("The compiler that is here can't build it");
  }
  const same = await haveSameEvents(load, outputOf(core), built);
  const commands = COMPARED_COMMANDS.toLocaleString("en");
  const verdict = same ? `the same events to ${commands} commands` : `not the same events to ${commands} commands`;
  console.log(`${title}: ${verdict}. The bytes can't be compared: ${compilers}.`);
  return same;
}

function build(core: Core, compiler: Compiler, built: string): void {
  core.toolchain.compile(compiler, core, built);
  mkdirSync(join(core.folder, "pkg"), { recursive: true });
  const file = outputOf(core);
  cpSync(built, file);
  const output = describeOutput(built);
  const manifest: Manifest = { sources: hashSources(core), compiler: compiler.version, ...output };
  writeFileSync(manifestOf(core), `${JSON.stringify(manifest, null, 2)}\n`);
  console.log(`Built ${file}: ${output.bytes} bytes.`);
}

function outputOf({ folder, output }: Core): string {
  return join(folder, "pkg", output);
}

function manifestOf({ folder }: Core): string {
  return join(folder, "pkg", "manifest.json");
}
