/** `npm run build:cpp`: builds what is in C++, the engine's core and the chapters' kernels. With `-- --check` it compares. */

import { type Core, compileWith, folderOf, runCores, type Toolchain, versionOf } from "./core.ts";

/** The first is what the committed cores are built with. */
const COMPILERS = ["clang++-19", "clang++"];
const INSTALL =
  "apt-get install --no-install-recommends clang-19 lld-19 libc++-19-dev-wasm32 libclang-rt-19-dev-wasm32 (Debian), or a clang 19 of wasi-sdk on the PATH as clang++";
const STACK_BYTES = 64 * 1024;

const CLANG: Toolchain = {
  script: "build:cpp",
  compiler: "clang++",
  install: INSTALL,
  source: /\.[ch]pp$/,
  flags: [
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
  ],
  find() {
    for (const command of COMPILERS) {
      const version = versionOf(command, ["--version"], /clang version (\d+\.\d+\.\d+)/);
      if (version !== undefined) return { command, version };
    }
    return undefined;
  },
  compile({ command }, { folder, compiled, toolchain }, output) {
    compileWith(command, [...toolchain.flags, ...compiled, "-o", output], folder, INSTALL);
  },
};

export const BOOK: Core = {
  title: "The C++ core",
  folder: folderOf("engines/cpp-wasm"),
  sources: "core",
  compiled: ["core/book.cpp", "core/wasm.cpp"],
  output: "book.wasm",
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

if (import.meta.main) runCores([BOOK, SIMD]);
