import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "../failure.ts";
import { type ChildRequest, runChild } from "./child.ts";
import type { NativeBench } from "./native.ts";
import { type NativeRequest, type Prepared, runIfThere, skipped, wordsOf } from "./native-build.ts";
import { readRustOutput } from "./native-output.ts";

const ENGINE = "rust-native";
const WORKSPACE = fileURLToPath(new URL("../../../wasm-rust/", import.meta.url));
const RUSTUP = "https://rustup.rs";

/**
 * Builds `wasm-rust/bench` with the toolchain that `rust-toolchain.toml` names. It makes the flow itself.
 *
 * @returns why it is skipped, where there is no such toolchain
 * @throws Failure with cargo's own words where the build fails
 */
export async function prepareRust({ environment, signal, onProgress }: NativeRequest): Promise<Prepared> {
  // A bench is no moment to download a toolchain.
  const request = { folder: WORKSPACE, environment: { ...environment, RUSTUP_AUTO_INSTALL: "0" }, signal };
  const wanted = channelOf(readFileSync(join(WORKSPACE, "rust-toolchain.toml"), "utf8"));
  const version = await runIfThere("cargo", ["--version"], request);
  if (version === undefined) return skipped(ENGINE, `no Rust toolchain; ${RUSTUP}`);
  const found = version.stdout.match(/^cargo (\S+)/)?.[1];
  if (version.exitCode !== 0 || found === undefined) {
    return skipped(ENGINE, `no Rust ${wanted}: in wasm-rust, run rustup toolchain install; ${RUSTUP}`);
  }
  if (found !== wanted) return skipped(ENGINE, `cargo is ${found} here, and wasm-rust wants ${wanted}; ${RUSTUP}`);
  onProgress(`${ENGINE}: building wasm-rust's bench with cargo`);
  const program = await build(request);
  return { about: { engine: ENGINE, builtWith: `cargo ${found}` }, bench: benchOf(program, request) };
}

function benchOf(program: string, request: ChildRequest): NativeBench {
  return {
    engine: ENGINE,
    async run({ profileName, seed, commands, batch, rounds }) {
      const numbers = Object.entries({ seed, commands, batch, rounds });
      const args = numbers.flatMap(([option, value]) => [`--${option}`, String(value)]);
      const text = wordsOf(ENGINE, await runChild(program, ["--json", "--profile", profileName, ...args], request));
      const output = readRustOutput(text);
      if (output.profileName !== profileName || output.seed !== seed) {
        throw new Failure(
          `${ENGINE} measured ${output.profileName} with seed ${output.seed}, and was asked for ${profileName} with seed ${seed}.`,
        );
      }
      return output;
    },
  };
}

/** @throws where the file names no channel */
function channelOf(toolchain: string): string {
  const channel = toolchain.match(/^channel = "(.+)"$/m)?.[1];
  if (channel === undefined) throw new Failure("wasm-rust/rust-toolchain.toml: it names no channel.");
  return channel;
}

/** @returns the program's path, wherever cargo is told to build */
async function build(request: ChildRequest): Promise<string> {
  const args = ["build", "--release", "--locked", "-p", "bench", "--message-format", "json-render-diagnostics"];
  const { stdout, stderr, exitCode } = await runChild("cargo", args, request);
  if (exitCode !== 0) throw new Failure(`${ENGINE}: cargo can't build wasm-rust/bench. It says:\n${stderr.trimEnd()}`);
  const programs = stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line))
    .filter(
      ({ reason, target, executable }) => reason === "compiler-artifact" && target.name === "bench" && executable,
    );
  if (programs.length === 0) throw new Failure(`${ENGINE}: cargo built wasm-rust/bench, and names no program.`);
  return programs[0].executable;
}
