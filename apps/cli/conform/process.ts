/** The process that checks: apart from the command, so that an endless engine can be ended and a changed one read anew. */

import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { findEngine } from "../../../engines/registry.ts";
import { readArtefact } from "../../artefacts.ts";
import { Failure } from "../failure.ts";
import { check } from "./check.ts";
import type { ConformMessage, ConformPlan } from "./result.ts";
import { commandSubject, engineSubject, type Subject } from "./subject.ts";
import { throughputOf } from "./throughput.ts";

const ENGINE_DEEP_COMMANDS = 100_000;
/** A program's commands go through text, and a process for each flow. */
const PROGRAM_DEEP_COMMANDS = 40_000;
const TIMED_COMMANDS = 100_000;

const root = fileURLToPath(new URL("../../../", import.meta.url));

process.once("message", async (plan: ConformPlan) => {
  try {
    tell({ result: await checked(plan) });
  } catch (error) {
    const exitCode = error instanceof Failure ? error.exitCode : 1;
    tell({ problem: error instanceof Error ? placeOf(error) + error.message : String(error), exitCode });
  }
  process.disconnect?.();
});
// The command has gone: nobody is told any more.
process.once("disconnect", () => process.exit());

async function checked({ asked, level, deep, seed }: ConformPlan) {
  const onProgress = (doing: string) => tell({ doing });
  const subject = await subjectOf(asked);
  const isProgram = "command" in asked;
  const deepCommands = deep ? (isProgram ? PROGRAM_DEEP_COMMANDS : ENGINE_DEEP_COMMANDS) : 0;
  const result = check(subject, { level: level ?? subject.claims ?? "core", deepCommands, seed, onProgress });
  if (!isProgram || result.failure !== undefined) return result;
  onProgress("its throughput");
  return { ...result, throughput: throughputOf(asked.command, asked.folder, TIMED_COMMANDS) };
}

async function subjectOf(asked: ConformPlan["asked"]): Promise<Subject> {
  if ("command" in asked) return commandSubject(asked.command, asked.folder);
  const { manifest, load } = findEngine(asked.engine);
  return engineSubject(manifest, await load(readArtefact));
}

/** `engines/mine/engine.ts:12: `, where an engine's own file is what Node names first; a syntax error says no place by itself. */
function placeOf({ stack = "" }: Error): string {
  const [, url, line] = /(file:\/\/\S+?\.[cm]?[jt]s):(\d+)/.exec(stack) ?? [];
  if (url === undefined) return "";
  const file = relative(root, fileURLToPath(url)).replaceAll(sep, "/");
  return file.startsWith("engines/") ? `${file}:${line}: ` : "";
}

function tell(message: ConformMessage): void {
  process.send?.(message);
}
