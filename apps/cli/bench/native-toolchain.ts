import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "../failure.ts";
import { type ChildRequest, type Ended, runChild } from "./child.ts";
import type { NativeBench } from "./native.ts";

/** What a result says of the native engine: what it was built with, or why there is none. */
export type NativeAbout = { cargo: string } | { skipped: string };

/** The native engine where it could be built; else `about` says why not. */
export interface Native {
  about: NativeAbout;
  bench?: NativeBench;
}

export interface NativeRequest {
  environment: NodeJS.ProcessEnv;
  signal: AbortSignal;
  onProgress(what: string): void;
}

const WORKSPACE = fileURLToPath(new URL("../../../wasm-rust/", import.meta.url));
const RUSTUP = "https://rustup.rs";

/**
 * Builds `wasm-rust/bench` with the toolchain that `rust-toolchain.toml` names.
 *
 * @returns why it is skipped, where there is no such toolchain
 * @throws Failure with cargo's own words where the build fails
 */
export async function prepareNative({ environment, signal, onProgress }: NativeRequest): Promise<Native> {
  // A bench is no moment to download a toolchain.
  const request = { folder: WORKSPACE, environment: { ...environment, RUSTUP_AUTO_INSTALL: "0" }, signal };
  const wanted = channelOf(readFileSync(join(WORKSPACE, "rust-toolchain.toml"), "utf8"));
  const version = await runIfThere("cargo", ["--version"], request);
  if (version === undefined) return skipped(`no Rust toolchain; ${RUSTUP}`);
  const found = version.stdout.match(/^cargo (\S+)/)?.[1];
  if (version.exitCode !== 0 || found === undefined) {
    return skipped(`no Rust ${wanted}: in wasm-rust, run rustup toolchain install; ${RUSTUP}`);
  }
  if (found !== wanted) return skipped(`cargo is ${found} here, and wasm-rust wants ${wanted}; ${RUSTUP}`);
  onProgress("native: building wasm-rust's bench with cargo");
  const program = await build(request);
  const bench: NativeBench = { run: (args) => output(program, args, request) };
  return { about: { cargo: found }, bench };
}

function skipped(why: string): Native {
  return { about: { skipped: why } };
}

/** @throws where the file names no channel */
function channelOf(toolchain: string): string {
  const channel = toolchain.match(/^channel = "(.+)"$/m)?.[1];
  if (channel === undefined) throw new Failure("wasm-rust/rust-toolchain.toml: it names no channel.");
  return channel;
}

async function runIfThere(command: string, args: string[], request: ChildRequest): Promise<Ended | undefined> {
  try {
    return await runChild(command, args, request);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "EACCES") return undefined;
    throw error;
  }
}

/** @returns the program's path, wherever cargo is told to build */
async function build(request: ChildRequest): Promise<string> {
  const args = ["build", "--release", "--locked", "-p", "bench", "--message-format", "json-render-diagnostics"];
  const { stdout, stderr, exitCode } = await runChild("cargo", args, request);
  if (exitCode !== 0) throw new Failure(`native: cargo can't build wasm-rust/bench. It says:\n${stderr.trimEnd()}`);
  const programs = stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line))
    .filter(
      ({ reason, target, executable }) => reason === "compiler-artifact" && target.name === "bench" && executable,
    );
  if (programs.length === 0) throw new Failure("native: cargo built wasm-rust/bench, and names no program.");
  return programs[0].executable;
}

async function output(program: string, args: readonly string[], request: ChildRequest): Promise<string> {
  const { stdout, stderr, exitCode } = await runChild(program, args, request);
  if (exitCode !== 0) throw new Failure(`native: wasm-rust/bench failed: ${stderr.trim() || `exit code ${exitCode}`}`);
  return stdout;
}
