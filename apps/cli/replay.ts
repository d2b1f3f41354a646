import { createReadStream, fstatSync } from "node:fs";
import { resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import type { MatchingEngine } from "../../engines/contract/engine.ts";
import { RecordingError } from "../../engines/flow/recording-error.ts";
import { findEngine, listEngines, type RegisteredEngine } from "../../engines/registry.ts";
import { readArtefact } from "../artefacts.ts";
import { callersFolder } from "./callers-folder.ts";
import { decompressed } from "./decompressed.ts";
import { Failure } from "./failure.ts";
import { BadLine } from "./lines.ts";
import { Output } from "./output.ts";
import { replayCommands } from "./replay-commands.ts";
import { leftOut, type RecordingFlags, type RecordingFormat, readerOf, replayRecording } from "./replay-recording.ts";

const DEFAULT_ENGINE = "typescript";
const FORMATS = ["commands", "lobster", "itch"] as const;
const STANDARD_INPUT = "-";

interface ReplayFlags extends RecordingFlags {
  engine?: string;
  format?: (typeof FORMATS)[number];
}

/** Adds the command `replay`: commands or a recorded market in, events as JSON lines out. */
export function addReplay(program: Command): void {
  const names = listEngines().map(({ manifest }) => manifest.name);
  program
    .command("replay")
    .summary("run a file of commands, or a recorded market, through an engine")
    .description("Runs commands, one JSON object a line, through an engine, and writes its events as JSON lines.")
    .argument("[file]", "the commands; standard input where left out, or -")
    .option("-e, --engine <name>", `${names.join(", ")} (default: ${DEFAULT_ENGINE})`, onlyOnce)
    .option("-f, --format <name>", `${FORMATS.join(", ")} (default: ${FORMATS[0]})`, parseFormat)
    .option("--symbol <name>", "itch: the stock to read, where the file has several", onlyOnce)
    .option("--tick <dollars>", "itch, lobster: what a tick is worth (default: 0.01)", onlyOnce)
    .option("--skip-far", "itch, lobster: leave orders out whose price is beyond the highest of the engines")
    .addHelpText("after", EXAMPLES)
    .action((file: string = STANDARD_INPUT, flags: ReplayFlags) => replayFile(file, flags));
}

const EXAMPLES = `
Examples:
  npm run --silent replay -- --engine typescript orders.ndjson
  npm run --silent replay -- --engine typescript-ladder --format itch --symbol AAPL day.gz
  echo '{"op":"add","id":1,"side":"buy","price":100,"size":5}' | npm run --silent replay

A line that is no JSON object, or a wrong record, ends it with exit code 1; the events of all before it are written.
LOBSTER and ITCH 5.0 files may be compressed by gzip.`;

function onlyOnce(value: string, previous: string | undefined): string {
  if (previous !== undefined) throw new InvalidArgumentError(`It was given before, as ${previous}. Give one.`);
  return value;
}

function parseFormat(value: string, previous: string | undefined): string {
  if (!FORMATS.some((format) => format === value)) throw new InvalidArgumentError(`Give one of ${FORMATS.join(", ")}.`);
  return onlyOnce(value, previous);
}

/** Runs an input through an engine to its end. */
type Run = (input: AsyncIterable<Uint8Array>, engine: MatchingEngine, output: Output) => Promise<void>;

async function replayFile(file: string, { engine: engineName = DEFAULT_ENGINE, ...flags }: ReplayFlags): Promise<void> {
  const registered = engineNamed(engineName);
  const run = runOf(flags, registered);
  const create = await registered.load(readArtefact);
  const input = file === STANDARD_INPUT ? standardInput() : createReadStream(resolve(callersFolder("replay"), file));
  try {
    await run(input, create(), new Output(process.stdout));
  } catch (error) {
    throw located(error, file === STANDARD_INPUT ? "standard input" : file);
  }
}

/** Node takes a folder on standard input for an empty file. */
function standardInput(): AsyncIterable<Uint8Array> {
  if (fstatSync(process.stdin.fd).isDirectory()) throw new Failure("standard input: it is a folder; give a file.");
  return process.stdin;
}

function runOf({ format = "commands", ...flags }: ReplayFlags, { manifest }: RegisteredEngine): Run {
  if (format === "commands") {
    if (Object.keys(flags).length === 0) return replayCommands;
    throw new Failure(
      "--symbol, --tick and --skip-far are for recordings: give --format lobster or --format itch too.",
      2,
    );
  }
  if (manifest.level === "core") {
    throw new Failure(
      `A recording asks for level full, and ${manifest.name} is of level core: give another --engine.`,
      2,
    );
  }
  return (input, engine, output) => runRecording(format, flags, input, engine, output);
}

async function runRecording(
  format: RecordingFormat,
  flags: RecordingFlags,
  ...[input, engine, output]: Parameters<Run>
): Promise<void> {
  const reader = readerOf(format, flags);
  await replayRecording(decompressed(input), reader, engine, output);
  for (const note of leftOut(reader)) process.stderr.write(`${note}\n`);
}

function engineNamed(name: string): RegisteredEngine {
  try {
    return findEngine(name);
  } catch (error) {
    throw new Failure((error as Error).message, 2);
  }
}

/** An error of the input with the input's name; any other as it is. */
function located(error: unknown, input: string): unknown {
  if (error instanceof BadLine) return new Failure(`${input}: line ${error.line}: ${error.message}`);
  if (error instanceof RecordingError) return new Failure(`${input}: ${error.message}`);
  const problem = error instanceof Error ? readProblem(error) : undefined;
  return problem === undefined ? error : new Failure(`${input}: ${problem}`);
}

/** What is wrong with reading, or undefined where it is something else. */
function readProblem(error: NodeJS.ErrnoException): string | undefined {
  switch (error.code) {
    case "ENOENT":
      return `there is no such file (looked in ${callersFolder("replay")}).`;
    case "EISDIR":
      return "it is a folder; give a file.";
    case "EACCES":
    case "EPERM":
      return "it may not be read; check its permissions.";
    default:
      if (error.code?.startsWith("Z_")) return `its gzip compression is damaged or cut off (${error.message}).`;
      return error.syscall === undefined ? undefined : `it can't be read (${error.message}).`;
  }
}
