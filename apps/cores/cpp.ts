/**
 * Builds what is in C++, the engine's core and the chapters' kernels: `npm run build:cpp` into each one's pkg/, and with `-- --check` into
 * a temporary folder, to compare it with what is committed. The same compiler gives the same bytes.
 *
 * Exit codes: 0 done, the same, or skipped because there is no compiler or another one; 1 failed, or not the same.
 */

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folderOf = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** A Wasm module in C++. */
export interface CppModule {
  title: string;
  /** Its built file is in `pkg/` there. */
  folder: string;
  /** Where its sources are, from the folder. */
  sources: string;
  /** Those that are compiled, from the folder. */
  compiled: string[];
  output: string;
}

export const BOOK: CppModule = {
  title: "The C++ core",
  folder: folderOf("engines/cpp-wasm"),
  sources: "core",
  compiled: ["core/book.cpp", "core/wasm.cpp"],
  output: "book.wasm",
};

/** Phase 5's work with SIMD and without. */
export const SIMD: CppModule = {
  title: "The module of the SIMD kernels",
  folder: folderOf("chapters/optimise/kernels"),
  sources: ".",
  compiled: ["simd.cpp"],
  output: "simd.wasm",
};

const MODULES = [BOOK, SIMD];
/** What counts as a source, where other files stand beside it. */
const SOURCE = /\.[ch]pp$/;
/** The first is what the committed core is built with. */
const COMPILERS = ["clang++-19", "clang++"];
const INSTALL =
  "apt-get install --no-install-recommends clang-19 lld-19 libc++-19-dev-wasm32 libclang-rt-19-dev-wasm32 (Debian), or a clang 19 of wasi-sdk on the PATH as clang++";
const STACK_BYTES = 64 * 1024;
const FLAGS = [
  "--target=wasm32-wasi",
  "-std=c++20",
  "-O3",
  "-msimd128",
  "-flto",
  "-fno-exceptions",
  "-fno-rtti",
  "-Wall",
  "-Wextra",
  "-Werror",
  "-mexec-model=reactor",
  "-Wl,--strip-all",
  "-Wl,--stack-first",
  `-Wl,-z,stack-size=${STACK_BYTES}`,
];

/** What a committed module was built from, with what, and what came out. */
interface Manifest {
  /** SHA-256 of all sources' names and texts, whatever their line endings, and of the compiler's flags. */
  sources: string;
  compiler: string;
  bytes: number;
  sha256: string;
}

class BuildError extends Error {}

/** The SHA-256 of a module's sources as they are now: each one's name and text, with LF as line ending, ended by a zero byte, and the flags. */
export function hashSources({ folder, sources }: CppModule): string {
  const hash = createHash("sha256");
  const names = readdirSync(join(folder, sources)).filter((name) => SOURCE.test(name));
  for (const name of names.sort()) {
    hash.update(`${name}\0${readFileSync(join(folder, sources, name), "utf8").replaceAll("\r\n", "\n")}\0`);
  }
  hash.update(FLAGS.join("\0"));
  return hash.digest("hex");
}

const wasmOf = ({ folder, output }: CppModule): string => join(folder, "pkg", output);
const manifestOf = ({ folder }: CppModule): string => join(folder, "pkg", "manifest.json");

export function readManifest(module: CppModule): Manifest {
  return JSON.parse(readFileSync(manifestOf(module), "utf8"));
}

export function describeOutput(file: string): Pick<Manifest, "bytes" | "sha256"> {
  const bytes = readFileSync(file);
  return { bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** The compiler's command, and its version; undefined where there is none. */
function findCompiler(): { command: string; version: string } | undefined {
  for (const command of COMPILERS) {
    const { status, stdout } = spawnSync(command, ["--version"], { encoding: "utf8" });
    const version = status === 0 ? stdout.match(/clang version (\d+\.\d+\.\d+)/)?.[1] : undefined;
    if (version !== undefined) return { command, version };
  }
  return undefined;
}

function compile(command: string, { folder, compiled }: CppModule, output: string): void {
  const { error, status } = spawnSync(command, [...FLAGS, ...compiled, "-o", output], {
    cwd: folder,
    stdio: "inherit",
  });
  if (error || status !== 0) {
    throw new BuildError(
      `${command} failed${error ? `: ${error.message}` : ` with exit code ${status}`}. Its Wasm target wants: ${INSTALL}.`,
    );
  }
}

/** @returns whether the committed module is what its source says */
function check(module: CppModule, compiler: { command: string; version: string }, built: string): boolean {
  const committed = readManifest(module);
  if (committed.compiler !== compiler.version) {
    console.log(
      `Skipped: another compiler gives other bytes. clang is ${compiler.version} here and ${committed.compiler} there.`,
    );
    return true;
  }
  compile(compiler.command, module, built);
  const same = describeOutput(built).sha256 === committed.sha256;
  console.log(
    `${module.title}: ${same ? "the committed one is what its source says." : "not the same bytes: run npm run build:cpp"}`,
  );
  return same;
}

function build(module: CppModule, compiler: { command: string; version: string }, built: string): void {
  compile(compiler.command, module, built);
  mkdirSync(join(module.folder, "pkg"), { recursive: true });
  cpSync(built, wasmOf(module));
  const output = describeOutput(built);
  const manifest: Manifest = { sources: hashSources(module), compiler: compiler.version, ...output };
  writeFileSync(manifestOf(module), `${JSON.stringify(manifest, null, 2)}\n`);
  console.log(`Built ${wasmOf(module)}: ${output.bytes} bytes of Wasm.`);
}

function main(): boolean {
  const checking = process.argv.includes("--check");
  const compiler = findCompiler();
  if (compiler === undefined) {
    if (!checking) throw new BuildError(`To build what is in C++, install ${INSTALL}.`);
    console.log(`Skipped: no clang++ on this machine. To have one: ${INSTALL}.`);
    return true;
  }
  const folder = mkdtempSync(join(tmpdir(), "hotpath-cpp-"));
  try {
    const built = join(folder, "built.wasm");
    if (checking) return MODULES.map((module) => check(module, compiler, built)).every((same) => same);
    for (const module of MODULES) build(module, compiler, built);
    return true;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  try {
    process.exitCode = main() ? 0 : 1;
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
