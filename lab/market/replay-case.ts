import { COMMAND_WORDS } from "../../engines/contract/binary.ts";
import type { Command } from "../../engines/contract/commands.ts";
import { encodeCommand } from "../../engines/contract/encode.ts";
import type { CreateEngine, EngineManifest } from "../../engines/contract/engine.ts";
import type { ReplayCase } from "../sandbox/protocol.ts";
import { type EventSink, openGate } from "./gate.ts";
import { compareLogs } from "./stream-comparison.ts";

/** What makes engines of a kind. */
export interface EngineKind {
  readonly manifest: EngineManifest;
  readonly create: CreateEngine;
}

/** Commands that the trials may execute on each engine; about a second. */
const MAX_EXECUTED = 300_000;
/** Last commands that are tried alone before any is left out. */
const ENDINGS = [25, 250, 2500, 25_000];
/** As JSON: a message of the sandbox has 64 K at most, and other parts. */
const MAX_CHARACTERS = 40_000;
const CHUNK = 1024;

const NOBODY: EventSink = {
  onAccepted() {},
  onExecuted() {},
  onCanceled() {},
  onReplaced() {},
  onRejected() {},
  onBook() {},
};

/**
 * Looks for few commands after which two engines differ, as delta debugging does (Zeller and Hildebrandt, "Simplifying and
 * isolating failure-inducing input", IEEE Transactions on Software Engineering 28, 2002): parts are left out, ever smaller ones, and stay out
 * where the engines differ without them. Yields after each trial with the share of its work that is done.
 *
 * @param commands from an empty book up to the one that was answered differently
 * @returns undefined where fresh engines agree on them, or no case is short enough to be told
 */
export function* findReplayCase(
  commands: readonly Command[],
  engines: readonly [EngineKind, EngineKind],
): Generator<number, ReplayCase | undefined> {
  let executed = 0;
  /** Up to the command at which the engines part; undefined where they don't. */
  const partingOf = (candidate: readonly Command[]): readonly Command[] | undefined => {
    executed += candidate.length;
    const last = partingCommand(candidate, engines);
    return last === undefined ? undefined : candidate.slice(0, last + 1);
  };
  let found = partingOf(commands);
  if (found === undefined) return undefined;
  executed = 0;
  for (const ending of ENDINGS) {
    if (ending >= found.length) break;
    const shorter = partingOf(found.slice(-ending));
    yield Math.min(executed / MAX_EXECUTED, 1);
    if (shorter === undefined) continue;
    found = shorter;
    break;
  }
  for (let part = Math.ceil(found.length / 2); part >= 1; part = part === 1 ? 0 : Math.ceil(part / 2)) {
    for (let from = 0; from < found.length; ) {
      if (executed + found.length > MAX_EXECUTED) return textOf(found);
      const shorter = partingOf([...found.slice(0, from), ...found.slice(from + part)]);
      yield Math.min(executed / MAX_EXECUTED, 1);
      if (shorter === undefined) from += part;
      else found = shorter;
    }
  }
  return textOf(found);
}

function textOf(commands: readonly Command[]): ReplayCase | undefined {
  const ndjson = commands.map((command) => `${JSON.stringify(command)}\n`).join("");
  return JSON.stringify(ndjson).length > MAX_CHARACTERS ? undefined : { ndjson, commands: commands.length };
}

/** Which command two fresh engines answer differently first; undefined where none, or where one of them fails. */
function partingCommand(commands: readonly Command[], engines: readonly [EngineKind, EngineKind]): number | undefined {
  try {
    const gates = engines.map(({ manifest, create }) => openGate(create(), manifest.door));
    for (let from = 0; from < commands.length; from += CHUNK) {
      const chunk = commands.slice(from, from + CHUNK);
      const records = recordsOf(chunk);
      const [a, b] = gates.map((gate) => {
        gate.forget();
        gate.execute(chunk, NOBODY);
        const events = gate.events.subarray(0, gate.words);
        return { commands: records, times: new Float64Array(chunk.length), batchSizes: [chunk.length], events };
      });
      const parting = compareLogs(a, b);
      if (parting !== undefined) return from + parting.record;
    }
  } catch {
    // An engine that breaks off has no events to compare.
  }
  return undefined;
}

function recordsOf(commands: readonly Command[]): Int32Array {
  const records = new Int32Array(commands.length * COMMAND_WORDS);
  for (const [index, command] of commands.entries()) encodeCommand(command, records, index * COMMAND_WORDS);
  return records;
}
