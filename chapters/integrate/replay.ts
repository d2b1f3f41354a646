import { COMMAND_WORDS } from "../../engines/contract/binary.ts";
import { decodeCommand } from "../../engines/contract/decode.ts";
import type { BinaryDoor } from "../../engines/contract/engine.ts";
import { EventHash } from "../../engines/contract/hash.ts";
import { eventText, executeOne, firstDifference } from "./journal.ts";

export interface ReplayReport {
  /** Commands that were executed: all, or those up to the first difference. */
  commands: number;
  /** Of the old engine's events, and of the new one's. */
  hashes: [string, string];
  /** The command, and what both gave for it, in the contract's text. */
  difference?: { command: string; old: string; new: string };
}

// #region replay
/** Replays recorded commands, 6 words each, on two engines with empty books, until they differ or the day is over. */
export function replayDay(old: BinaryDoor, candidate: BinaryDoor, day: Int32Array): ReplayReport {
  const hashes = [new EventHash(), new EventHash()];
  const values = (): [string, string] => [hashes[0].value, hashes[1].value];
  for (let at = 0; at < day.length; at += COMMAND_WORDS) {
    const record = day.subarray(at, at + COMMAND_WORDS);
    const expected = executeOne(old, record);
    const actual = executeOne(candidate, record);
    hashes[0].add(expected, expected.length);
    hashes[1].add(actual, actual.length);
    if (firstDifference(expected, actual) === -1) continue;
    const command = JSON.stringify(decodeCommand(day, at));
    const difference = { command, old: eventText(expected), new: eventText(actual) };
    return { commands: at / COMMAND_WORDS + 1, hashes: values(), difference };
  }
  return { commands: day.length / COMMAND_WORDS, hashes: values() };
}
// #endregion replay

/** What the page prints. */
export function replayLines({ commands, hashes, difference }: ReplayReport): string[] {
  const lines = [
    `${commands} commands executed`,
    `old engine: events' hash ${hashes[0]}`,
    `new engine: events' hash ${hashes[1]}`,
  ];
  if (difference === undefined) return [...lines, "identical: every event of the day is the same"];
  return [
    ...lines,
    `different at command ${commands}: ${difference.command}`,
    `old engine: ${difference.old}`,
    `new engine: ${difference.new}`,
  ];
}
