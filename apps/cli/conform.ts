import { mkdtemp, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Level } from "../../engines/contract/engine.ts";
import { findEngine, listEngines } from "../../engines/registry.ts";
import { callersFolder } from "./callers-folder.ts";
import { failureText } from "./conform/check.ts";
import { runCheck } from "./conform/checking.ts";
import { splitCommandLine } from "./conform/command-line.ts";
import { recordsCommandOf, replayCommandOf, resultMarkdown, resultText } from "./conform/report.ts";
import type { Asked, ConformFailure, ConformPlan, ConformResult } from "./conform/result.ts";
import { changesOf } from "./conform/watch.ts";
import { Failure } from "./failure.ts";
import { Output } from "./output.ts";

interface ConformFlags {
  engine?: string;
  command?: string;
  level?: Level;
  deep: boolean;
  watch: boolean;
  seed?: number;
  report?: string;
}

/** Adds the command `conform`: whether an engine, or any program that speaks the text form, answers as the contract says. */
export function addConform(program: Command): void {
  const names = listEngines().map(({ manifest }) => manifest.name);
  program
    .command("conform")
    .summary("check that an engine answers as the contract says")
    .description("Runs the conformance cases on an engine, and shows the first failure with the commands that give it.")
    .option("-e, --engine <name>", names.join(", "))
    .option("-c, --command <line>", "a program that reads commands and writes events, as replay does")
    .addOption(
      new Option("-l, --level <level>", "what to hold it to (default: its manifest's; core for a program)").choices([
        "core",
        "full",
        "extended",
      ]),
    )
    .option("--deep", "random hostile commands and records too, compared with the oracle", false)
    .option("--seed <number>", "of --deep, 0 to 4294967295 (default: a new one)", seedOf)
    .option("--watch", "again at each change of the engine's files", false)
    .option("--report <file>", "write the result as Markdown, for a pull request")
    .addHelpText("after", EXAMPLES)
    .action(conform);
}

const EXAMPLES = `
Examples:
  npm run conform -- --engine typescript
  npm run conform -- --engine typescript --level core --watch
  npm run conform -- --engine rust-wasm --deep --report conform.md
  npm run conform -- --command './my-engine --fast'

A program reads one command a line until its input ends, writes the events of each, a line each, and ends with 0. It is started
anew for each case, so its book is empty and it needs no reset. One that does more than core asks for --level full or extended:
held to core, it must answer unsupported to what core lacks. No shell is asked; quotes keep a part with spaces whole.
Exit codes: 0 it conforms; 1 it doesn't; 2 a wrong command line; 130 stopped.`;

async function conform(flags: ConformFlags): Promise<void> {
  const plan = planOf(flags);
  await checkFolder(flags.report);
  const stopping = new AbortController();
  const stop = () => stopping.abort(new Failure("Stopped.", 130));
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  try {
    if (flags.watch) await watch(plan, flags, stopping.signal);
    else await checkOnce(plan, flags, stopping.signal);
  } catch (error) {
    showProgress("");
    throw error;
  }
}

function planOf({ engine, command, level, deep, seed, watch }: ConformFlags): ConformPlan {
  const common = { level, deep, seed: seed ?? crypto.getRandomValues(new Uint32Array(1))[0] };
  if (engine !== undefined && command === undefined) {
    try {
      findEngine(engine);
    } catch (error) {
      throw new Failure((error as Error).message, 2);
    }
    return { asked: { engine }, ...common };
  }
  if (engine !== undefined || command === undefined) throw new Failure("Give --engine or --command, one of them.", 2);
  if (watch) throw new Failure("--watch is for --engine: a program's files aren't known here.", 2);
  return { asked: { command: splitCommandLine(command), folder: callersFolder("conform") }, ...common };
}

async function checkOnce(plan: ConformPlan, { report }: ConformFlags, signal: AbortSignal): Promise<void> {
  const result = await runCheck(plan, signal, showProgress);
  showProgress("");
  const again = result.failure && (await againOf(plan.asked, result, result.failure));
  await new Output(process.stdout).write(resultText(result, again));
  process.exitCode = result.failure === undefined ? 0 : 1;
  if (report !== undefined) await writeReport(report, result);
}

async function watch(plan: ConformPlan, flags: ConformFlags, signal: AbortSignal): Promise<void> {
  const changes = await changesOf((plan.asked as Extract<Asked, { engine: string }>).engine, signal);
  for (;;) {
    try {
      await checkOnce(plan, flags, signal);
    } catch (error) {
      if (signal.aborted || !(error instanceof Failure)) throw error;
      // What an engine half written does isn't the end of watching it.
      showProgress("");
      process.stderr.write(`${error.message}\n`);
    }
    process.stderr.write("Waiting for a change. Ctrl-C ends it.\n");
    await changes.next();
    signal.throwIfAborted();
  }
}

/** The command that shows the failure again. */
async function againOf(asked: Asked, { level, seed }: ConformResult, failure: ConformFailure): Promise<string> {
  if (failure.records !== undefined && "engine" in asked) return recordsCommandOf(asked.engine, level, failure, seed);
  return replayCommandOf(asked, await fileOf(failure), process.platform);
}

/** Where `replay` can take it. */
async function fileOf(failure: ConformFailure): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), "hotpath-conform-")), "failing.ndjson");
  await writeFile(file, failureText(failure));
  return file;
}

async function writeReport(file: string, result: ConformResult): Promise<void> {
  const machine = `Node ${process.versions.node}, ${process.platform} ${process.arch}`;
  const path = resolve(callersFolder("conform"), file);
  await writeFile(path, resultMarkdown(result, machine)).catch((error) => {
    throw new Failure(`--report ${file}: it can't be written (${error.message}).`, 2);
  });
}

/** Said before the check, not after. */
async function checkFolder(file: string | undefined): Promise<void> {
  if (file === undefined) return;
  const folder = dirname(resolve(callersFolder("conform"), file));
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) throw new Failure(`--report ${file}: there is no folder ${folder}. Make it first.`, 2);
}

/** On a terminal alone: elsewhere the tallies tell all. */
function showProgress(doing: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${doing.slice(0, (process.stderr.columns ?? 80) - 1)}`);
}

function seedOf(value: string): number {
  const seed = Number(value);
  if (/^\d+$/.test(value) && seed <= 0xffffffff) return seed;
  throw new InvalidArgumentError("Give an integer from 0 to 4294967295.");
}
