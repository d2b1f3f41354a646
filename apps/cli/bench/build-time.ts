import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ChildRequest, runChild } from "./child.ts";

/** How an engine's core is built from nothing, and what says the compiler's version. Engines that aren't here have no build. */
interface Recipe {
  /** From the project's root. */
  folder: string;
  build: [string, ...string[]];
  version: [string, ...string[]];
}

const RECIPES: Record<string, Recipe> = {
  "rust-wasm": {
    folder: "wasm-rust",
    build: [
      "cargo",
      "build",
      "--release",
      "--locked",
      "--offline",
      "--target",
      "wasm32-unknown-unknown",
      "-p",
      "hotpath",
    ],
    version: ["rustc", "--version"],
  },
  "cpp-wasm": {
    folder: ".",
    build: [process.execPath, "apps/cores/cpp.ts", "--check"],
    version: ["clang++-19", "--version"],
  },
  ocaml: {
    folder: ".",
    build: [process.execPath, "apps/cores/ocaml.ts", "--check"],
    version: ["js_of_ocaml", "--version"],
  },
};

export interface BuildTime {
  seconds: number;
  /** The compiler with its version. */
  compiler: string;
}

/**
 * Builds an engine's core in an empty folder, its dependencies too.
 *
 * @returns undefined where it has no build, or the toolchain isn't here
 */
export async function measureBuildTime(engine: string, signal: AbortSignal): Promise<BuildTime | undefined> {
  const recipe = Object.hasOwn(RECIPES, engine) ? RECIPES[engine] : undefined;
  if (recipe === undefined) return undefined;
  const folder = fileURLToPath(new URL(`../../../${recipe.folder}/`, import.meta.url));
  const target = mkdtempSync(join(tmpdir(), "hotpath-build-"));
  const environment = { ...process.env, RUSTUP_AUTO_INSTALL: "0", CARGO_TARGET_DIR: target };
  const request: ChildRequest = { folder, environment, signal };
  try {
    const version = await runChild(recipe.version[0], recipe.version.slice(1), request);
    const began = performance.now();
    const { exitCode } = await runChild(recipe.build[0], recipe.build.slice(1), request);
    if (exitCode !== 0 || version.exitCode !== 0) return undefined;
    const compiler =
      version.stdout.match(/\S+ (?:version )?\d+\.\d+\.\d+/)?.[0] ??
      `${recipe.version[0]} ${version.stdout.split("\n")[0]}`;
    return { seconds: (performance.now() - began) / 1000, compiler };
  } catch (error) {
    if (["ENOENT", "EACCES"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  } finally {
    rmSync(target, { recursive: true, force: true });
  }
}
