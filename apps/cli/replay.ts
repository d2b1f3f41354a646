import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import type { UncheckedCommand } from "../../engines/contract/encode.ts";
import { LineError, parseCommand } from "../../engines/contract/text.ts";
import { findEngine, listEngines, type RegisteredEngine } from "../../engines/registry.ts";
import { readArtefact } from "../artefacts.ts";
import { CommandBatch } from "./command-batch.ts";
import { Failure } from "./failure.ts";
import { BadLine, type Line, readLines } from "./lines.ts";
import { Output } from "./output.ts";

const DEFAULT_ENGINE = "typescript";
const STANDARD_INPUT = "-";

/** Adds the command `replay`: commands as JSON lines in, events as JSON lines out. */
export function addReplay(program: Command): void {
  const names = listEngines().map(({ manifest }) => manifest.name);
  program
    .command("replay")
    .summary("run a file of commands through an engine")
    .description("Runs commands, one JSON object a line, through an engine, and writes its events as JSON lines.")
    .argument("[file]", "the commands; standard input where left out, or -")
    .option("-e, --engine <name>", `${names.join(", ")} (default: ${DEFAULT_ENGINE})`, onlyOnce)
    .addHelpText("after", EXAMPLES)
    .action((file: string = STANDARD_INPUT, options: { engine?: string }) =>
      replayFile(file, options.engine ?? DEFAULT_ENGINE),
    );
}

const EXAMPLES = `
Examples:
  npm run --silent replay -- --engine typescript orders.ndjson
  echo '{"op":"add","id":1,"side":"buy","price":100,"size":5}' | npm run --silent replay

A line that is no JSON object ends it with exit code 1; the events of all lines before it are written.`;

function onlyOnce(value: string, previous: string | undefined): string {
  if (previous !== undefined) throw new InvalidArgumentError(`It was given before, as ${previous}. Give one.`);
  return value;
}

async function replayFile(file: string, engineName: string): Promise<void> {
  const registered = engineNamed(engineName);
  const fromFile = file !== STANDARD_INPUT;
  const name = fromFile ? file : "standard input";
  const create = await registered.load(readArtefact);
  const input = fromFile ? createReadStream(resolve(callersFolder(), file)) : process.stdin;
  if (!fromFile && process.stdin.isTTY) process.stderr.write("Reading commands from the terminal, one a line.\n");
  try {
    await replay(input, new CommandBatch(create()), new Output(process.stdout));
  } catch (error) {
    if (error instanceof BadLine) throw new Failure(`${name}: line ${error.line}: ${error.message}`);
    if (isSystemError(error)) throw new Failure(`${name}: ${reasonOf(error)}`);
    throw error;
  }
}

/** Every event of the lines before a bad one is written before it throws. */
async function replay(input: AsyncIterable<Uint8Array>, batch: CommandBatch, output: Output): Promise<void> {
  try {
    for await (const lines of readLines(input)) {
      for (const line of lines) {
        if (isBlank(line.text)) continue;
        batch.add(parseLine(line));
        if (batch.isFull) await execute(batch, output);
      }
      await execute(batch, output);
    }
  } catch (error) {
    if (error instanceof BadLine) await execute(batch, output);
    throw error;
  }
}

async function execute(batch: CommandBatch, output: Output): Promise<void> {
  for (const text of batch.execute()) await output.write(text);
}

function isBlank(line: string): boolean {
  return /^[ \t\r]*$/.test(line);
}

function parseLine({ number, text }: Line): UncheckedCommand {
  try {
    return parseCommand(text);
  } catch (error) {
    throw error instanceof LineError ? new BadLine(number, error.message) : error;
  }
}

function engineNamed(name: string): RegisteredEngine {
  try {
    return findEngine(name);
  } catch (error) {
    throw new Failure((error as Error).message, 2);
  }
}

/** npm runs scripts in the project's root, wherever it is called; a file's path is meant from there. */
function callersFolder(): string {
  const { npm_lifecycle_event: script, INIT_CWD: folder } = process.env;
  return script === "replay" && folder !== undefined ? folder : process.cwd();
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

function reasonOf(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case "ENOENT":
      return `there is no such file (looked in ${callersFolder()}).`;
    case "EISDIR":
      return "it is a folder; give a file of commands, one JSON object a line.";
    case "EACCES":
    case "EPERM":
      return "it may not be read; check its permissions.";
    default:
      return `it can't be read (${error.message}).`;
  }
}
