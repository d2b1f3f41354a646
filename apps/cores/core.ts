/** What committed cores in other languages share: they are built into `pkg/`, with a manifest, and compared with it. */

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

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
export function compileWith(command: string, args: readonly string[], folder: string, install: string): void {
  const { error, status } = spawnSync(command, args, { cwd: folder, stdio: "inherit" });
  if (error === undefined && status === 0) return;
  const why = error === undefined ? ` with exit code ${status}` : `: ${error.message}`;
  throw new BuildError(`${command} failed${why}. What it wants: ${install}.`);
}

/**
 * What an npm script does that builds cores of one language: into each one's pkg/, or, with `--check`, into a temporary folder,
 * to compare it with what is committed. Sets the process's exit code: 0 done, the same, or skipped because there is no compiler
 * or another one; 1 failed, or not the same.
 */
export function runCores(cores: readonly [Core, ...Core[]]): void {
  try {
    process.exitCode = buildOrCheck(cores, process.argv.includes("--check")) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

function buildOrCheck(cores: readonly [Core, ...Core[]], checking: boolean): boolean {
  const { compiler: name, install, find } = cores[0].toolchain;
  const compiler = find();
  if (compiler === undefined) {
    if (!checking) throw new BuildError(`There is no ${name} here, which builds this. To have one: ${install}.`);
    console.log(`Skipped: no ${name} on this machine. To have one: ${install}.`);
    return true;
  }
  const folder = mkdtempSync(join(tmpdir(), "hotpath-core-"));
  try {
    if (checking) return cores.map((core) => check(core, compiler, join(folder, core.output))).every((same) => same);
    for (const core of cores) build(core, compiler, join(folder, core.output));
    return true;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns whether the committed core is what its source says */
function check(core: Core, compiler: Compiler, built: string): boolean {
  const { title, toolchain } = core;
  const committed = readManifest(core);
  if (committed.compiler !== compiler.version) {
    console.log(
      `Skipped: another compiler gives other bytes. ${toolchain.compiler} is ${compiler.version} here and ${committed.compiler} there.`,
    );
    return true;
  }
  toolchain.compile(compiler, core, built);
  const same = describeOutput(built).sha256 === committed.sha256;
  const verdict = same
    ? "the committed one is what its source says."
    : `not the same bytes: run npm run ${toolchain.script}`;
  console.log(`${title}: ${verdict}`);
  return same;
}

function build(core: Core, compiler: Compiler, built: string): void {
  core.toolchain.compile(compiler, core, built);
  mkdirSync(join(core.folder, "pkg"), { recursive: true });
  const file = join(core.folder, "pkg", core.output);
  cpSync(built, file);
  const output = describeOutput(built);
  const manifest: Manifest = { sources: hashSources(core), compiler: compiler.version, ...output };
  writeFileSync(manifestOf(core), `${JSON.stringify(manifest, null, 2)}\n`);
  console.log(`Built ${file}: ${output.bytes} bytes.`);
}

function manifestOf({ folder }: Core): string {
  return join(folder, "pkg", "manifest.json");
}
