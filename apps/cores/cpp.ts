/** `npm run build:cpp`: builds what is in C++, the engine's core and the chapters' kernels. With `-- --check` it compares. */

import { spawnSync } from "node:child_process";
import { delimiter } from "node:path";
import { load } from "../../engines/cpp-wasm/engine.ts";
import { type Core, compileWith, folderOf, runCores, type Toolchain, versionOf } from "./core.ts";
import { compileByYowasp, fetchYowasp, findYowasp, isYowasp } from "./yowasp.ts";

/** The first is what the committed cores are built with. */
const COMPILERS = ["clang++-19", "clang++"];
const TARGET = "--target=wasm32-wasi";
const INSTALL =
  "apt-get install --no-install-recommends clang-19 lld-19 libc++-19-dev-wasm32 libclang-rt-19-dev-wasm32 (Debian), or a clang 19 of wasi-sdk on the PATH as clang++; without one, npm run build:cpp fetches clang as WebAssembly";
const STACK_BYTES = 64 * 1024;

const CLANG: Toolchain = {
  script: "build:cpp",
  compiler: "clang++",
  install: INSTALL,
  source: /\.[ch]pp$/,
  flags: [
    TARGET,
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
  ],
  find() {
    for (const command of COMPILERS) {
      const version = versionOf(command, ["--version"], /clang version (\d+\.\d+\.\d+)/);
      if (version !== undefined && compilesToWasm(command)) return { command, version };
    }
    return findYowasp();
  },
  fetch: fetchYowasp,
  compile(compiler, { folder, compiled, toolchain }, output) {
    if (isYowasp(compiler)) return compileByYowasp(toolchain.flags, compiled, folder, output);
    const args = [...toolchain.flags, ...compiled, "-o", output];
    compileWith(compiler.command, args, folder, INSTALL, withOptimiser(process.env));
  },
};

/** A clang may lack the target or its library: Apple's does. */
function compilesToWasm(command: string): boolean {
  const args = [TARGET, "-x", "c++", "-fsyntax-only", "-"];
  return spawnSync(command, args, { input: "#include <vector>\n", stdio: ["pipe", "ignore", "ignore"] }).status === 0;
}

/** Clang's driver runs the `wasm-opt` that it finds. So that it is the same one on all machines, it finds the project's. */
function withOptimiser(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const name = Object.keys(environment).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  return { ...environment, [name]: `${folderOf("node_modules/.bin")}${delimiter}${environment[name] ?? ""}` };
}

export const BOOK: Core = {
  title: "The C++ core",
  folder: folderOf("engines/cpp-wasm"),
  sources: "core",
  compiled: ["core/book.cpp", "core/wasm.cpp"],
  output: "book.wasm",
  load,
  toolchain: CLANG,
};

/** Phase 5's work with SIMD and without. */
export const SIMD: Core = {
  title: "The module of the SIMD kernels",
  folder: folderOf("chapters/optimise/kernels"),
  sources: ".",
  compiled: ["simd.cpp"],
  output: "simd.wasm",
  toolchain: CLANG,
};

if (import.meta.main) await runCores([BOOK, SIMD]);
