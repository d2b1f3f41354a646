import { COMMAND_WORDS, OP } from "../../engines/contract/binary.ts";
import type { Command } from "../../engines/contract/commands.ts";
import { decodeCommand } from "../../engines/contract/decode.ts";
import type { CreateEngine, EngineManifest, MatchingEngine } from "../../engines/contract/engine.ts";
import { ensureRoom, executeObject } from "./gate.ts";
import type { Recording } from "./recording.ts";

/** Commands that are made ready at once, at most: as objects they are live together. */
const MOST_COMMANDS = 50_000;

/** Recorded commands, without the reads of the book, to be executed one by one on a fresh engine by the door that is natural to it. */
export interface SingleCommands {
  readonly count: number;
  /** Executes the command in that place. To be called for each place once, in order. @returns something that depends on its events */
  execute(place: number): number;
}

/** Gives the recording's commands to a fresh engine each time it is called. */
export type OpenSingles = () => SingleCommands;

/** Makes the recording's first 50,000 commands ready. */
export function openSingles(recording: Recording, door: EngineManifest["door"], create: CreateEngine): OpenSingles {
  const records = withoutReads(recording);
  if (door === "binary") return () => recordsOneByOne(create(), records);
  const commands = Array.from(
    { length: records.length / COMMAND_WORDS },
    (_, place) => decodeCommand(records, place * COMMAND_WORDS) as Command,
  );
  return () => objectsOneByOne(create(), commands);
}

function withoutReads({ records, commands }: Recording): Int32Array {
  const kept = new Int32Array(Math.min(MOST_COMMANDS, commands) * COMMAND_WORDS);
  let words = 0;
  for (let at = 0; words < kept.length; at += COMMAND_WORDS) {
    if ((records[at] & 0xff) === OP.book) continue;
    kept.set(records.subarray(at, at + COMMAND_WORDS), words);
    words += COMMAND_WORDS;
  }
  return kept;
}

function recordsOneByOne(engine: MatchingEngine, records: Int32Array): SingleCommands {
  ensureRoom(engine, 1);
  return {
    count: records.length / COMMAND_WORDS,
    execute: (place) => {
      const commands = engine.commands;
      const from = place * COMMAND_WORDS;
      for (let word = 0; word < COMMAND_WORDS; word++) commands[word] = records[from + word];
      return engine.submit(COMMAND_WORDS);
    },
  };
}

function objectsOneByOne(engine: MatchingEngine, commands: readonly Command[]): SingleCommands {
  return { count: commands.length, execute: (place) => executeObject(engine, commands[place]).length };
}
