import { CANCEL_REASON, COMMAND_WORDS, EVENT_WORDS, KIND, REASON_SHIFT } from "../../engines/contract/binary.ts";
import type { Command } from "../../engines/contract/commands.ts";
import { decodeCommand } from "../../engines/contract/decode.ts";
import { decodeEvents } from "../../engines/contract/event-records.ts";
import type { BookEvent, EngineEvent } from "../../engines/contract/events.ts";
import type { SessionLog } from "./session.ts";

/** Where two streams of records part, within one stretch of them. */
export interface Parting {
  /** `strategy` where the commands differ before the events do. */
  cause: "engine" | "strategy";
  /** Of the event, from 0 in this stretch; a book and its levels are one event. */
  index: number;
  /** Of the command, from 0 in this stretch. */
  record: number;
  command: Command;
  /** What each gave there; null where its stream had ended. */
  events: [EngineEvent | null, EngineEvent | null];
}

const BYTE = 0xff;

/** How many events the records are; a book and its levels are one. */
export function countEvents(events: Int32Array): number {
  let count = 0;
  for (let at = 0; at < events.length; at += EVENT_WORDS) if (!isLevel(events, at)) count++;
  return count;
}

/**
 * Compares what two sessions executed over the same stretch of the market, record by record.
 *
 * @returns the first place where they part, or undefined where they are equal
 */
export function compareLogs(a: SessionLog, b: SessionLog): Parting | undefined {
  const eventAt = firstDifference(a.events, b.events, EVENT_WORDS);
  const commandAt = firstDifference(a.commands, b.commands, COMMAND_WORDS);
  if (eventAt === undefined && commandAt === undefined) return undefined;
  const answered = eventAt === undefined ? Number.POSITIVE_INFINITY : commandOf(a.events, b.events, eventAt);
  const sent = commandAt === undefined ? Number.POSITIVE_INFINITY : commandAt / COMMAND_WORDS;
  if (sent <= answered) return partingOfCommands(a, b, sent);
  return partingOfEvents(a, b, eventAt as number, answered);
}

/** The book that was read last, or undefined where none was. */
export function lastBook(events: Int32Array): Pick<BookEvent, "bids" | "asks"> | undefined {
  for (let at = events.length - EVENT_WORDS; at >= 0; at -= EVENT_WORDS) {
    if ((events[at] & BYTE) !== KIND.book) continue;
    const { bids, asks } = eventAtWord(events, at) as BookEvent;
    return { bids, asks };
  }
  return undefined;
}

function partingOfEvents(a: SessionLog, b: SessionLog, at: number, command: number): Parting {
  // A level belongs to its book, which both have, because they are equal up to here.
  const start = bookStart(a.events, b.events, at);
  const record = Math.min(command, a.commands.length / COMMAND_WORDS - 1);
  return {
    cause: "engine",
    index: countEvents(a.events.subarray(0, start)),
    record,
    command: commandAtRecord(a.commands, record),
    events: [eventAtWord(a.events, start), eventAtWord(b.events, start)],
  };
}

function partingOfCommands(a: SessionLog, b: SessionLog, command: number): Parting {
  const [longer, other] = command * COMMAND_WORDS < a.commands.length ? [a, b] : [b, a];
  const starts = commandStarts(longer.events);
  const start = command < starts.length ? starts[command] : longer.events.length;
  const events: Parting["events"] = [eventAtWord(longer.events, start), eventAtWord(other.events, start)];
  return {
    cause: "strategy",
    index: countEvents(longer.events.subarray(0, start)),
    record: command,
    command: commandAtRecord(longer.commands, command),
    events: longer === a ? events : [events[1], events[0]],
  };
}

/** The word at which the first record that differs begins, or at which the shorter ends. */
function firstDifference(a: Int32Array, b: Int32Array, recordWords: number): number | undefined {
  const common = Math.min(a.length, b.length);
  for (let i = 0; i < common; i++) if (a[i] !== b[i]) return i - (i % recordWords);
  return a.length === b.length ? undefined : common - (common % recordWords);
}

/**
 * Which command gave the event that differs. Each command gives one event that only a new command begins with, so it is
 * told by counting those. Where just one of the two streams begins a new command, the other still answers the one before.
 */
function commandOf(a: Int32Array, b: Int32Array, at: number): number {
  const before = commandStarts(a.subarray(0, at)).length;
  const begins = (events: Int32Array) => at >= events.length || isCommandStart(events, at);
  return begins(a) && begins(b) ? before : Math.max(before - 1, 0);
}

function commandStarts(events: Int32Array): number[] {
  const starts: number[] = [];
  for (let at = 0; at < events.length; at += EVENT_WORDS) if (isCommandStart(events, at)) starts.push(at);
  return starts;
}

function isCommandStart(events: Int32Array, at: number): boolean {
  const kind = events[at] & BYTE;
  if (kind === KIND.canceled) return ((events[at] >>> REASON_SHIFT) & BYTE) === CANCEL_REASON.user;
  return kind === KIND.accepted || kind === KIND.rejected || kind === KIND.replaced || kind === KIND.book;
}

function isLevel(events: Int32Array, at: number): boolean {
  return (events[at] & BYTE) === KIND.level;
}

function bookStart(a: Int32Array, b: Int32Array, at: number): number {
  let start = at;
  const inBook = (at < a.length && isLevel(a, at)) || (at < b.length && isLevel(b, at));
  if (inBook) {
    do start -= EVENT_WORDS;
    while (start > 0 && isLevel(a, start));
  }
  return Math.max(start, 0);
}

function eventAtWord(events: Int32Array, start: number): EngineEvent | null {
  if (start >= events.length) return null;
  let end = start + EVENT_WORDS;
  while (end < events.length && isLevel(events, end)) end += EVENT_WORDS;
  return decodeEvents(events.subarray(start, end), end - start)[0] ?? null;
}

function commandAtRecord(commands: Int32Array, record: number): Command {
  // The log holds no record of unknown op.
  return decodeCommand(commands, record * COMMAND_WORDS) as Command;
}
