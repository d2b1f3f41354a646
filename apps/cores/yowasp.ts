/** `@yowasp/clang`: clang as WebAssembly, from npm, for machines without a clang that compiles to Wasm. */

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BuildError, type Compiler, compileWith, folderOf } from "./core.ts";

const PACKAGE = "@yowasp/clang";
const FOLDER = folderOf("apps/cores/clang");
const COMPILE = join(FOLDER, "compile.ts");
const INSTALLED = join(FOLDER, "node_modules", PACKAGE, "package.json");
const WASM_OPT = fileURLToPath(import.meta.resolve("binaryen/bin/wasm-opt"));
/** It knows the libraries by their new name alone, and calls the old one an error. */
const TARGETS: Record<string, string> = { "--target=wasm32-wasi": "--target=wasm32-wasip1" };
const REMEDY = "a connection to npm's registry, or a clang of your own";

/** The version that `apps/cores/clang/package-lock.json` pins, with the hash of its content. */
export function pinnedVersion(): string {
  return JSON.parse(readFileSync(join(FOLDER, "package.json"), "utf8")).dependencies[PACKAGE];
}

/** @returns undefined where it wasn't fetched yet, or another version was */
export function findYowasp(): Compiler | undefined {
  const isThere = existsSync(INSTALLED) && JSON.parse(readFileSync(INSTALLED, "utf8")).version === pinnedVersion();
  return isThere ? { command: process.execPath, version: `${PACKAGE} ${pinnedVersion()}` } : undefined;
}

export function isYowasp({ version }: Compiler): boolean {
  return version.startsWith(PACKAGE);
}

/** Fetches it, which takes a download of 27 MB that no newcomer should pay for at `npm ci`. @throws BuildError where npm can't */
export function fetchYowasp(): Compiler {
  const compiler = findYowasp();
  if (compiler !== undefined) return compiler;
  const npm = process.env.npm_execpath;
  if (npm === undefined) throw new BuildError("There is no clang++ here. One is fetched by npm run build:cpp.");
  console.log(
    `There is no clang++ here that compiles to Wasm. Fetching ${PACKAGE} ${pinnedVersion()} from npm, once: 27 MB, on the disk 105 MB, in ${FOLDER} …`,
  );
  const isScript = /\.[cm]?js$/.test(npm);
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", FOLDER];
  const { status } = spawnSync(isScript ? process.execPath : npm, [...(isScript ? [npm] : []), ...args], {
    cwd: FOLDER,
    stdio: ["ignore", 2, 2],
    env: { ...process.env, npm_config_loglevel: "error" },
  });
  const fetched = status === 0 ? findYowasp() : undefined;
  if (fetched === undefined) throw new BuildError(`npm could not fetch ${PACKAGE}. What it wants: ${REMEDY}.`);
  return fetched;
}

/** Compiles in `folder` as clang++ with these flags would, binaryen's optimiser included, which clang's driver runs by itself. */
export function compileByYowasp(
  flags: readonly string[],
  files: readonly string[],
  folder: string,
  output: string,
): void {
  const args = flags.map((flag) => TARGETS[flag] ?? flag);
  // The optimiser reads there what the module may use.
  const kept = ["-Wl,--keep-section=target_features", ...files, "-o", output];
  compileWith(process.execPath, [COMPILE, ...args, ...kept], folder, "the sources as clang++ wants them");
  const optimise = [WASM_OPT, "-O3", "--strip-target-features", output, "-o", output];
  compileWith(process.execPath, optimise, folder, "npm ci");
}
