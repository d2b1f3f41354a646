import { COMMAND_WORDS, EVENT_WORDS } from "../contract/binary.ts";
import { encodeCommand } from "../contract/encode.ts";
import type { MatchingEngine } from "../contract/engine.ts";
import { decodeEvents, EventWriter } from "../contract/event-records.ts";
import type { EngineEvent } from "../contract/events.ts";
import { execute } from "../contract/text.ts";

/** A command, and the events that it must give, in order. */
export interface Step {
  command: object;
  expected: readonly EngineEvent[];
}

/** `objects`, or the binary door with that many records in each `submit`, at least 1. */
export type Door = "objects" | number;

/** The first thing that an engine did otherwise. */
export interface Difference {
  door: Door;
  /** Index of the step, from 0. */
  step: number;
  command: object;
  /** Events as text, from the first one of the step (objects) or of the difference (records) on. */
  expected: string;
  /** Likewise; or what the engine threw. */
  actual: string;
}

/**
 * Gives an engine with an empty book the steps' commands through one door, and compares what comes back: as objects with
 * their keys in order, or as records word by word.
 *
 * @returns the first difference, where there is one; it never throws for what the engine does
 */
export function firstDifference(engine: MatchingEngine, steps: readonly Step[], door: Door): Difference | undefined {
  return door === "objects" ? differenceOfObjects(engine, steps) : differenceOfRecords(engine, steps, door);
}

/** A difference in some lines, for a test's message. */
export function differenceText({ door, step, command, expected, actual }: Difference): string {
  const through = door === "objects" ? "as objects" : `as records, ${door} a submit`;
  return `step ${step}, ${through}\n  command  ${textOf(command)}\n  expected ${expected}\n  actual   ${actual}`;
}

/** JSON, with what JSON can't say written as JavaScript would. */
function textOf(command: object): string {
  const names = (_: string, value: unknown) =>
    typeof value === "number" && !Number.isFinite(value) ? `(${value})` : value === undefined ? "(undefined)" : value;
  return JSON.stringify(command, names);
}

function differenceOfObjects(engine: MatchingEngine, steps: readonly Step[]): Difference | undefined {
  for (const [step, { command, expected }] of steps.entries()) {
    const text = JSON.stringify(expected);
    let actual: string;
    try {
      actual = JSON.stringify(execute(engine, command));
    } catch (error) {
      actual = `threw ${error}`;
    }
    if (actual !== text) return { door: "objects", step, command, expected: text, actual };
  }
  return undefined;
}

function differenceOfRecords(engine: MatchingEngine, steps: readonly Step[], records: number): Difference | undefined {
  const expected = new EventWriter();
  for (let first = 0; first < steps.length; first += records) {
    const batch = steps.slice(first, first + records);
    expected.clear();
    for (const step of batch) for (const event of step.expected) expected.write(event);
    let words: number;
    try {
      words = submit(engine, batch);
    } catch (error) {
      const text = `${batch.length} records' events`;
      return { door: records, step: first, command: batch[0].command, expected: text, actual: `threw ${error}` };
    }
    const difference = differenceOfWords(expected.events, expected.words, engine.events, words);
    if (difference === undefined) continue;
    const step = first + stepOfWord(batch, difference.word);
    const { expected: wanted, actual } = difference;
    return { door: records, step, command: steps[step].command, expected: wanted, actual };
  }
  return undefined;
}

function submit(engine: MatchingEngine, batch: readonly Step[]): number {
  engine.reserve(batch.length);
  for (const [i, { command }] of batch.entries()) encodeCommand(command, engine.commands, i * COMMAND_WORDS);
  return engine.submit(batch.length * COMMAND_WORDS);
}

/** The first word in which two streams of event records differ, and both records that it stands in, for people. */
export function differenceOfWords(
  expected: Int32Array,
  expectedWords: number,
  actual: Int32Array,
  actualWords: number,
): { word: number; expected: string; actual: string } | undefined {
  const shared = Math.min(expectedWords, actualWords);
  let word = 0;
  while (word < shared && expected[word] === actual[word]) word++;
  if (word === expectedWords && word === actualWords) return undefined;
  return { word, expected: recordText(expected, expectedWords, word), actual: recordText(actual, actualWords, word) };
}

/** The step in whose events the word stands; the last one where it stands behind them all. */
function stepOfWord(batch: readonly Step[], word: number): number {
  const writer = new EventWriter();
  for (const [i, { expected }] of batch.entries()) {
    for (const event of expected) writer.write(event);
    if (writer.words > word) return i;
  }
  return batch.length - 1;
}

/** The record that the word stands in, as words and, where it can be read, as an event. */
function recordText(events: Int32Array, words: number, word: number): string {
  const from = word - (word % EVENT_WORDS);
  if (from >= words) return "nothing more";
  const record = Array.from(events.subarray(from, Math.min(from + EVENT_WORDS, words)));
  let event: string;
  try {
    event = JSON.stringify(decodeEvents(Int32Array.from(record), record.length)[0]);
  } catch {
    event = "no event";
  }
  return `[${record.join(", ")}] ${event}`;
}
