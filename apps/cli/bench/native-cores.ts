import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { generate } from "../../../engines/flow/flow.ts";
import { Failure } from "../failure.ts";
import { type ChildRequest, runChild } from "./child.ts";
import type { NativeBench, NativeEngine, NativeQuestion } from "./native.ts";
import { type NativeRequest, type Prepared, runIfThere, skipped, wordsOf } from "./native-build.ts";
import { readCoreOutput } from "./native-output.ts";

/** A core whose source makes a native program, too: `core/` with `bench/`, by one call of a compiler. */
interface NativeCore {
  engine: NativeEngine;
  /** From the project's root; `core/` and `bench/` are in it. */
  folder: string;
  /** The compiler, for people. */
  compiler: string;
  /** The first that is here is used. */
  commands: readonly string[];
  versionArgs: string[];
  version: RegExp;
  install: string;
  /** What follows them names the program. */
  args: readonly string[];
}

const CORES: readonly NativeCore[] = [
  {
    engine: "cpp-native",
    folder: "engines/cpp-wasm",
    compiler: "C++ compiler",
    // The first is also the one that the committed Wasm module is built with.
    commands: ["clang++-19", "clang++", "g++"],
    versionArgs: ["--version"],
    version: /(\d+\.\d+\.\d+)/,
    install: "apt-get install g++ (Debian), xcode-select --install (macOS)",
    args: ["-std=c++20", "-O3", "-fno-exceptions", "-fno-rtti", "core/book.cpp", "bench/native.cpp", "-o"],
  },
  {
    engine: "ocaml-native",
    folder: "engines/ocaml",
    compiler: "ocamlopt",
    commands: ["ocamlopt"],
    versionArgs: ["-version"],
    version: /^(\S+)/,
    install: "apt-get install ocaml-nox (Debian), brew install ocaml (macOS)",
    args: ["-O3", "-I", "core"].concat(
      ["types", "queue", "book", "records", "engine"].map((module) => `core/${module}.ml`),
      ["bench/clock.c", "bench/native.ml", "-o"],
    ),
  },
];

/**
 * Builds the C++ and the OCaml core for this machine, into a temporary folder. They read the flow from their standard input.
 *
 * @returns for each, why it is skipped, where there is no compiler; `end` removes what was built
 * @throws Failure with the compiler's own words where a build fails
 */
export async function prepareCores(request: NativeRequest): Promise<{ prepared: Prepared[]; end(): void }> {
  const folder = mkdtempSync(join(tmpdir(), "hotpath-native-"));
  const end = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  try {
    const flow = new FlowBytes();
    const prepared: Prepared[] = [];
    for (const core of CORES) prepared.push(await prepareCore(core, join(folder, core.engine), flow, request));
    return { prepared, end };
  } catch (error) {
    end();
    throw error;
  }
}

async function prepareCore(
  core: NativeCore,
  folder: string,
  flow: FlowBytes,
  { environment, signal, onProgress }: NativeRequest,
): Promise<Prepared> {
  const { engine, compiler, commands, versionArgs, install } = core;
  mkdirSync(folder);
  const request: ChildRequest = { folder, environment, signal };
  for (const command of commands) {
    const found = await runIfThere(command, versionArgs, request);
    const version = found?.exitCode === 0 ? found.stdout.match(core.version)?.[1] : undefined;
    if (version === undefined) continue;
    onProgress(`${engine}: building ${core.folder} with ${command}`);
    const program = await build(core, command, request);
    return { about: { engine, builtWith: `${command} ${version}` }, bench: benchOf(engine, program, flow, request) };
  }
  const all = commands.length > 1 ? `, neither ${commands.join(" nor ")}` : "";
  return skipped(engine, `no ${compiler}${all}; ${install}`);
}

/** Compiles a copy: some compilers write beside their sources. @returns the program's path */
async function build({ engine, folder, args }: NativeCore, command: string, request: ChildRequest): Promise<string> {
  const source = fileURLToPath(new URL(`../../../${folder}/`, import.meta.url));
  for (const part of ["core", "bench"]) cpSync(join(source, part), join(request.folder, part), { recursive: true });
  const program = join(request.folder, "native.exe");
  const { stdout, stderr, exitCode } = await runChild(command, [...args, program], request);
  if (exitCode !== 0) {
    throw new Failure(`${engine}: ${command} can't build ${folder}. It says:\n${`${stdout}${stderr}`.trimEnd()}`);
  }
  return program;
}

function benchOf(engine: NativeEngine, program: string, flow: FlowBytes, request: ChildRequest): NativeBench {
  return {
    engine,
    async run(question) {
      const { opening, batch, rounds } = question;
      const ended = await runChild(program, [opening, batch, rounds].map(String), {
        ...request,
        input: flow.of(question),
      });
      return readCoreOutput(wordsOf(engine, ended), engine);
    },
  };
}

/** The flow as the cores read it, little-endian. Processes of one profile follow each other, so the last is kept. */
class FlowBytes {
  #key = "";
  #bytes: Uint8Array = new Uint8Array(0);

  of({ profileName, profile, seed, opening, commands }: NativeQuestion): Uint8Array {
    const key = `${profileName} ${seed} ${opening + commands}`;
    if (key !== this.#key) {
      // A typed array has the order of bytes of the machine, and so have the words that the programs read.
      this.#bytes = new Uint8Array(generate(profile, seed, opening + commands).buffer);
      this.#key = key;
    }
    return this.#bytes;
  }
}
