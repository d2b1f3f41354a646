/**
 * Builds the Wasm package: `npm run build:wasm` into pkg/, and with `-- --check` into a temporary folder, to compare it
 * with what is committed. The same toolchain gives the same bytes, wherever the checkout, the home and Cargo's home are.
 *
 * Exit codes: 0 done, the same, or skipped because the toolchain is another one; 1 failed, or not the same.
 */

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  describeOutputs,
  hashSources,
  MANIFEST,
  type Manifest,
  OUTPUTS,
  PACKAGE_FOLDER,
  readManifest,
  type Toolchain,
  WORKSPACE,
} from "./manifest.ts";

const WASM_OPT = fileURLToPath(import.meta.resolve("binaryen/bin/wasm-opt"));
/** The features are those that rustc uses for Wasm by default. */
const WASM_OPT_FLAGS = [
  "-O3",
  "--strip-debug",
  "--strip-producers",
  "--strip-target-features",
  "--enable-bulk-memory",
  "--enable-bulk-memory-opt",
  "--enable-mutable-globals",
  "--enable-nontrapping-float-to-int",
  "--enable-reference-types",
  "--enable-sign-ext",
  "--enable-multivalue",
];
/** The default is a mebibyte; a book does not recurse. */
const STACK_BYTES = 64 * 1024;

class BuildError extends Error {}

/** What a command writes on its standard output; undefined where it isn't installed or fails. */
function ask(command: string, ...args: string[]): string | undefined {
  const { status, stdout } = spawnSync(command, args, { cwd: WORKSPACE, encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

function run(command: string, args: string[], environment: NodeJS.ProcessEnv = process.env): void {
  const { error, status } = spawnSync(command, args, { cwd: WORKSPACE, env: environment, stdio: "inherit" });
  if (error || status !== 0) {
    throw new BuildError(`${command} ${args[0]} failed${error ? `: ${error.message}` : ` with exit code ${status}`}`);
  }
}

/** The versions of what turns the sources into the package. Rustup takes rustc's from rust-toolchain.toml. */
function findToolchain(): Toolchain {
  const version = (said: string | undefined) => said?.match(/\d+\.\d+\.\d+(\S*)/)?.[0];
  const rustc = ask("rustc", "--version", "--verbose");
  const found = {
    rustc: version(rustc),
    host: rustc?.match(/^host: (\S+)$/m)?.[1],
    "wasm-pack": version(ask("wasm-pack", "--version")),
    "wasm-bindgen": version(ask("wasm-bindgen", "--version")),
    binaryen: ask(process.execPath, WASM_OPT, "--version")?.match(/version (\d+)/)?.[1],
  };
  const install: Omit<Toolchain, "host"> = {
    rustc: "rustup (https://rustup.rs), then in wasm-rust: rustup toolchain install",
    "wasm-pack": "cargo install wasm-pack --version 0.15.1",
    "wasm-bindgen": "cargo install wasm-bindgen-cli --version 0.2.130",
    binaryen: "npm ci",
  };
  const missing = (Object.keys(install) as (keyof typeof install)[]).filter((tool) => found[tool] === undefined);
  if (missing.length > 0) {
    const remedies = missing.map((tool) => `  ${tool}: ${install[tool]}`);
    throw new BuildError(`to build the Wasm package, install what is missing:\n${remedies.join("\n")}`);
  }
  return found as Toolchain;
}

/** Where this machine keeps things, each given a name that every machine shares. */
function remapFlags(): string[] {
  const sysroot = ask("rustc", "--print", "sysroot") ?? "";
  // Where the rust-src component is installed, rustc names its files; where not, by this name, which its libraries hold.
  const library = `/rustc/${ask("rustc", "--version", "--verbose")?.match(/^commit-hash: (\w+)$/m)?.[1]}`;
  const places = [
    [homedir(), "/home"],
    [process.env.CARGO_HOME ?? join(homedir(), ".cargo"), "/cargo"],
    [sysroot, "/rust"],
    [join(sysroot, "lib", "rustlib", "src", "rust"), library],
    [WORKSPACE, "/hotpath"],
  ];
  // Of two that match, rustc takes the last.
  return places.map(([place, name]) => `--remap-path-prefix=${place}=${name}`);
}

/** Builds the package's outputs into `folder`. */
function build(folder: string): void {
  const flags = [...remapFlags(), `-Clink-arg=-zstack-size=${STACK_BYTES}`];
  const raw = join(folder, "raw");
  run(
    "wasm-pack",
    ["build", "wasm", "--mode", "no-install", "--no-opt", "--no-pack", "--target", "web"].concat([
      "--out-dir",
      raw,
      "--out-name",
      "hotpath",
    ]),
    { ...process.env, RUSTFLAGS: undefined, CARGO_ENCODED_RUSTFLAGS: flags.join("\x1f") },
  );
  run(process.execPath, [
    WASM_OPT,
    ...WASM_OPT_FLAGS,
    join(raw, "hotpath_bg.wasm"),
    "-o",
    join(folder, "hotpath_bg.wasm"),
  ]);
  for (const name of OUTPUTS) {
    if (name !== "hotpath_bg.wasm") cpSync(join(raw, name), join(folder, name));
  }
  rmSync(raw, { recursive: true });
}

/** The toolchain's difference to what the committed package was built with; empty where there is none. */
function differences(theirs: Toolchain, ours: Toolchain): string[] {
  return (Object.keys(theirs) as (keyof Toolchain)[])
    .filter((tool) => theirs[tool] !== ours[tool])
    .map((tool) => `${tool} is ${ours[tool]} here and ${theirs[tool]} there`);
}

/** Whether what was built in `folder` is what is committed. */
function check(folder: string, committed: Manifest): boolean {
  const outputs = describeOutputs(folder);
  const changed = OUTPUTS.filter((name) => outputs[name].sha256 !== committed.outputs[name]?.sha256);
  for (const name of changed) {
    const [built, kept] = [outputs[name], committed.outputs[name]];
    console.error(`${name}: built ${built.bytes} bytes, sha256 ${built.sha256}`);
    console.error(`${" ".repeat(name.length)}  committed ${kept?.bytes} bytes, sha256 ${kept?.sha256}`);
  }
  console.log(
    changed.length > 0
      ? "Not the same bytes: run npm run build:wasm"
      : "The committed package is what its source says.",
  );
  return changed.length === 0;
}

function main(): boolean {
  const checking = process.argv.includes("--check");
  const toolchain = findToolchain();
  const folder = mkdtempSync(join(tmpdir(), "hotpath-wasm-"));
  try {
    if (checking) {
      const committed = readManifest();
      const others = differences(committed.toolchain, toolchain);
      if (others.length > 0) {
        console.log(`Skipped: another toolchain gives other bytes. ${others.join("; ")}.`);
        return true;
      }
      build(folder);
      return check(folder, committed);
    }
    build(folder);
    rmSync(PACKAGE_FOLDER, { recursive: true, force: true });
    mkdirSync(PACKAGE_FOLDER);
    for (const name of readdirSync(folder)) cpSync(join(folder, name), join(PACKAGE_FOLDER, name));
    const manifest: Manifest = { sources: hashSources(), toolchain, outputs: describeOutputs(PACKAGE_FOLDER) };
    writeFileSync(MANIFEST, `${JSON.stringify(manifest, null, 2)}\n`);
    console.log(`Built ${PACKAGE_FOLDER}: ${manifest.outputs["hotpath_bg.wasm"].bytes} bytes of Wasm.`);
    return true;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  process.exitCode = main() ? 0 : 1;
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
