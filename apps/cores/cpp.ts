/**
 * Builds the C++ core: `npm run build:cpp` into pkg/, and with `-- --check` into a temporary folder, to compare it with what is
 * committed. The same compiler gives the same bytes.
 *
 * Exit codes: 0 done, the same, or skipped because there is no compiler or another one; 1 failed, or not the same.
 */

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("../../engines/cpp-wasm", import.meta.url));
const MANIFEST = join(FOLDER, "pkg", "manifest.json");
const WASM = join(FOLDER, "pkg", "book.wasm");
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

/** What the committed core was built from, with what, and what came out. */
interface Manifest {
  /** SHA-256 of all sources' names and texts, whatever their line endings, and of the compiler's flags. */
  sources: string;
  compiler: string;
  bytes: number;
  sha256: string;
}

class BuildError extends Error {}

/** The SHA-256 of the sources as they are now: each one's name and text, with LF as line ending, ended by a zero byte, and the flags. */
export function hashSources(): string {
  const hash = createHash("sha256");
  for (const name of readdirSync(join(FOLDER, "core")).sort()) {
    hash.update(`${name}\0${readFileSync(join(FOLDER, "core", name), "utf8").replaceAll("\r\n", "\n")}\0`);
  }
  hash.update(FLAGS.join("\0"));
  return hash.digest("hex");
}

export function readManifest(): Manifest {
  return JSON.parse(readFileSync(MANIFEST, "utf8"));
}

export function describeOutput(file = WASM): Pick<Manifest, "bytes" | "sha256"> {
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

function compile(command: string, output: string): void {
  const { error, status } = spawnSync(command, [...FLAGS, "core/book.cpp", "core/wasm.cpp", "-o", output], {
    cwd: FOLDER,
    stdio: "inherit",
  });
  if (error || status !== 0) {
    throw new BuildError(
      `${command} failed${error ? `: ${error.message}` : ` with exit code ${status}`}. Its Wasm target wants: ${INSTALL}.`,
    );
  }
}

function main(): boolean {
  const checking = process.argv.includes("--check");
  const compiler = findCompiler();
  if (compiler === undefined) {
    if (!checking) throw new BuildError(`To build the C++ core, install ${INSTALL}.`);
    console.log(`Skipped: no clang++ on this machine. To have one: ${INSTALL}.`);
    return true;
  }
  const committed = checking ? readManifest() : undefined;
  if (committed !== undefined && committed.compiler !== compiler.version) {
    console.log(
      `Skipped: another compiler gives other bytes. clang is ${compiler.version} here and ${committed.compiler} there.`,
    );
    return true;
  }
  const folder = mkdtempSync(join(tmpdir(), "hotpath-cpp-"));
  try {
    const built = join(folder, "book.wasm");
    compile(compiler.command, built);
    const output = describeOutput(built);
    if (committed !== undefined) {
      const same = output.sha256 === committed.sha256;
      console.log(
        same ? "The committed C++ core is what its source says." : "Not the same bytes: run npm run build:cpp",
      );
      return same;
    }
    mkdirSync(join(FOLDER, "pkg"), { recursive: true });
    cpSync(built, WASM);
    const manifest: Manifest = { sources: hashSources(), compiler: compiler.version, ...output };
    writeFileSync(MANIFEST, `${JSON.stringify(manifest, null, 2)}\n`);
    console.log(`Built ${WASM}: ${output.bytes} bytes of Wasm.`);
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
