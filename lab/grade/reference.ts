import { Oracle } from "../../engines/conformance/oracle.ts";
import { COMMAND_WORDS } from "../../engines/contract/binary.ts";
import type { Command } from "../../engines/contract/commands.ts";
import { decodeCommand } from "../../engines/contract/decode.ts";
import { type Level, type MatchingEngine, meetsLevel } from "../../engines/contract/engine.ts";
import { EventWriter } from "../../engines/contract/event-records.ts";
import type { EngineEvent } from "../../engines/contract/events.ts";
import { EventHash } from "../../engines/contract/hash.ts";
import { generate } from "../../engines/flow/flow.ts";
import type { ProfileName } from "../../engines/flow/profiles.ts";

/** What the right answer is read from: one book, slow and plain. */
export interface Reference {
  /** The events of one command; it takes any object and never throws. */
  execute(command: object): EngineEvent[];
}

export function createReference(level: Level): Reference {
  return new Oracle(level);
}

/** The events of each command, on a fresh book. */
export function referenceEvents(level: Level, commands: readonly object[]): EngineEvent[][] {
  const reference = createReference(level);
  return commands.map((command) => reference.execute(command));
}

/** The first commands of a flow of the bench, as objects in which every default is said. */
export function flowCommands(profile: ProfileName, seed: number, commands: number): Command[] {
  const records = generate(profile, seed, commands);
  return Array.from(
    { length: commands },
    (_, index) => withoutUndefined(decodeCommand(records, index * COMMAND_WORDS) ?? {}) as Command,
  );
}

function withoutUndefined(command: object): object {
  return Object.fromEntries(Object.entries(command).filter(([, value]) => value !== undefined));
}

/** The first commands of a flow of the bench, as records. */
export function flowRecords(profile: ProfileName, seed: number, commands: number): Int32Array {
  return generate(profile, seed, commands);
}

/** `EventHash` of what an engine answers to records, in one batch: 16 hexadecimal digits. */
export function eventsHash(engine: MatchingEngine, records: Int32Array): string {
  engine.reserve(Math.max(1, records.length / COMMAND_WORDS));
  engine.commands.set(records);
  const words = engine.submit(records.length);
  const hash = new EventHash();
  hash.add(engine.events, words);
  return hash.value;
}

/** Commands of the flow that an engine is told by. */
const FINGERPRINT_COMMANDS = 2_000;

/** What an engine does on a fixed flow of its level, as a hash: 16 hexadecimal digits. The engine is used up by it. */
export function fingerprint(engine: MatchingEngine, level: Level): string {
  return eventsHash(engine, fingerprintFlow(level));
}

/** The same of the reference. */
export function referenceFingerprint(level: Level): string {
  const records = fingerprintFlow(level);
  const writer = new EventWriter();
  const reference = createReference(level);
  for (let at = 0; at < records.length; at += COMMAND_WORDS) {
    for (const event of reference.execute(decodeCommand(records, at) ?? {})) writer.write(event);
  }
  const hash = new EventHash();
  hash.add(writer.events, writer.words);
  return hash.value;
}

function fingerprintFlow(level: Level): Int32Array {
  return generate(meetsLevel(level, "full") ? "full" : "std", 1, FINGERPRINT_COMMANDS);
}
