import { spawnSync } from "node:child_process";
import { type Door, differenceText, firstDifference, type Step } from "../../../engines/conformance/comparison.ts";
import { flowText } from "../../../engines/conformance/flow-text.ts";
import type { CreateEngine, EngineManifest, Level } from "../../../engines/contract/engine.ts";
import { Failure } from "../failure.ts";

/** Anything that can be given commands with a fresh book each time. */
export interface Subject {
  name: string;
  /** The highest level that it says of itself, where it does. */
  claims?: Level;
  manifest?: EngineManifest;
  /** Gives it the steps, on a fresh book, and says what it did otherwise; undefined where nothing. */
  difference(steps: readonly Step[]): SubjectDifference | undefined;
  /** Makes one with an empty book, where it takes records and not lines of text alone. */
  createEngine?: CreateEngine;
}

export interface SubjectDifference {
  /** Index of the step, from 0. */
  step: number;
  /** What was expected and what came, for people. */
  text: string;
  /** It took too long to be tried again and again. */
  isSlow?: boolean;
}

/** An engine of the registry, held to the same answers through each door. */
export function engineSubject(manifest: EngineManifest, createEngine: CreateEngine): Subject {
  return {
    name: manifest.name,
    claims: manifest.level,
    manifest,
    createEngine,
    difference(steps) {
      const doors: Door[] = ["objects", 1, Math.max(1, steps.length)];
      for (const door of doors) {
        const found = firstDifference(createEngine(), steps, door);
        if (found === undefined) continue;
        // A batch's later commands can be at fault too, where the engine throws.
        const isBatch = found.actual.startsWith("threw") && door !== "objects";
        return {
          step: isBatch ? Math.min(found.step + door, steps.length) - 1 : found.step,
          text: differenceText(found),
        };
      }
      return undefined;
    },
  };
}

/** A program gets its own process for each case: so its book is fresh, and it needs no command to reset it. */
export function commandSubject([program, ...args]: readonly [string, ...string[]], folder: string): Subject {
  return {
    name: [program, ...args].join(" "),
    difference(steps) {
      const written = outputOf(program, args, folder, flowText(steps.map(({ command }) => command)));
      if (typeof written !== "string") return { step: steps.length - 1, ...written };
      const lines = written.split("\n");
      if (lines.at(-1) === "") lines.pop();
      let at = 0;
      for (const [step, { command, expected }] of steps.entries()) {
        const due = expected.map((event) => JSON.stringify(event));
        const isLast = step === steps.length - 1;
        const got = isLast ? lines.slice(at) : lines.slice(at, at + due.length);
        at += due.length;
        if (due.join("\n") === got.join("\n")) continue;
        return { step, text: mismatchText(step, command, due, got) };
      }
      return undefined;
    },
  };
}

/** What it wrote, or how it failed on this input; what is wrong with the command line itself is thrown. */
function outputOf(...asked: Parameters<typeof runProgram>): string | Pick<SubjectDifference, "text" | "isSlow"> {
  try {
    return runProgram(...asked);
  } catch (error) {
    if (error instanceof Failure && error.exitCode === 1)
      return { text: error.message, isSlow: error instanceof Endless };
    throw error;
  }
}

class Endless extends Failure {}

function mismatchText(step: number, command: object, due: readonly string[], got: readonly string[]): string {
  const shown = got.length === 0 ? "nothing" : got.slice(0, 12).join("\n           ");
  const hint = sameEvents(due, got)
    ? "\n  The events are right and their text isn't: no spaces, the keys in the contract's order, each line ended by LF alone."
    : "";
  const expected = due.join("\n           ");
  return `step ${step}\n  command  ${flowText([command]).trimEnd()}\n  expected ${expected}\n  actual   ${shown}${hint}`;
}

function sameEvents(due: readonly string[], got: readonly string[]): boolean {
  try {
    return due.length === got.length && due.every((line, i) => sortedText(line) === sortedText(got[i]));
  } catch {
    return false;
  }
}

function sortedText(line: string): string {
  return JSON.stringify(Object.entries(JSON.parse(line)).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const LIMIT_MS = 20_000;
const LIMIT_BYTES = 256 * 1024 * 1024;

/** @throws Failure where it can't be started, doesn't end, or ends badly, in the user's words */
export function runProgram(program: string, args: readonly string[], folder: string, input: string): string {
  const { error, status, signal, stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    input,
    encoding: "utf8",
    timeout: LIMIT_MS,
    killSignal: "SIGKILL",
    maxBuffer: LIMIT_BYTES,
    windowsHide: true,
  });
  // A program that ends before it has read everything is judged by what it wrote.
  if (error !== undefined && (error as NodeJS.ErrnoException).code !== "EPIPE")
    throw startFailure(program, folder, error);
  if (status === 0) return stdout;
  const how = signal === null ? `ended with exit code ${status}` : `was ended by ${signal}`;
  const said = stderr.trim() === "" ? "" : ` It said: ${readableTail(stderr)}`;
  throw new Failure(`${program} ${how}, where it should read to the end of its input and end with 0.${said}`);
}

function readableTail(text: string): string {
  return text
    .trim()
    .slice(-400)
    .replace(/\p{Cc}+/gu, " ");
}

function startFailure(program: string, folder: string, error: NodeJS.ErrnoException): Failure {
  switch (error.code) {
    case "ENOENT":
      return new Failure(`--command: there is no program ${program} (looked in ${folder} and on the PATH).`, 2);
    case "EACCES":
      return new Failure(`--command: ${program} can't be run; make it executable, or name its interpreter first.`, 2);
    case "EINVAL":
      return new Failure(`--command: ${program} is no program by itself; name its interpreter first.`, 2);
    case "ETIMEDOUT":
      return new Endless(
        `${program} didn't end within ${LIMIT_MS / 1000} s of the end of its input. Does it stop where its input ends?`,
      );
    case "ENOBUFS":
      return new Failure(`${program} wrote more than 256 MiB for one input. Does it write in an endless loop?`);
    default:
      return new Failure(`--command: ${program} can't be run (${error.message}).`, 2);
  }
}
