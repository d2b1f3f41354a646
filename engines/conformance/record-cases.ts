import { COMMAND_WORDS, POST_ONLY_SHIFT, SIDE_SHIFT, STP_SHIFT, TIF_SHIFT, TYPE_SHIFT } from "../contract/binary.ts";
import type { CreateEngine, Level, MatchingEngine } from "../contract/engine.ts";
import { EventWriter } from "../contract/event-records.ts";
import type { EngineEvent } from "../contract/events.ts";
import records from "./cases/records.json" with { type: "json" };
import { differenceOfWords } from "./comparison.ts";

/** A command record by its codes and words; what is left out is 0. */
interface RecordCodes {
  /** Bits 0–7 of word 0. */
  op?: number;
  side?: number;
  type?: number;
  tif?: number;
  postOnly?: number;
  stp?: number;
  /** Bits 28–31 of word 0. */
  high?: number;
  id?: number;
  price?: number;
  size?: number;
  owner?: number;
  /** Word 5. */
  last?: number;
}

/** What an engine answers to records, written code by code. */
export interface RecordCase {
  name: string;
  /** The lowest level at which it holds. */
  level: Level;
  records: readonly RecordCodes[];
  /** Words behind the records, too few for another. */
  leftOver?: readonly number[];
  events: readonly EngineEvent[];
}

/** The part of the contract that they belong to, as a manifest may name it. */
export const recordSubject = records.subject;

/** All cases of the binary form. */
export const recordCases = records.cases as unknown as readonly RecordCase[];

const HIGH_SHIFT = 28;

/** The words that a case submits. */
export function wordsOf({ records, leftOver = [] }: RecordCase): Int32Array {
  return Int32Array.from([...records.flatMap(recordWords), ...leftOver]);
}

function recordWords(codes: RecordCodes): number[] {
  const { op = 0, side = 0, type = 0, tif = 0, postOnly = 0, stp = 0, high = 0 } = codes;
  const first =
    op |
    (side << SIDE_SHIFT) |
    (type << TYPE_SHIFT) |
    (tif << TIF_SHIFT) |
    (postOnly << POST_ONLY_SHIFT) |
    (stp << STP_SHIFT) |
    (high << HIGH_SHIFT);
  const { id = 0, price = 0, size = 0, owner = 0, last = 0 } = codes;
  return [first, id, price, size, owner, last];
}

/**
 * Submits a case to a fresh engine as one batch. It never throws for what the engine does.
 *
 * @returns what differs, as text; undefined where nothing does
 */
export function recordCaseFailure(subject: RecordCase, createEngine: CreateEngine): string | undefined {
  const due = new EventWriter();
  for (const event of subject.events) due.write(event);
  const words = wordsOf(subject);
  return answerFault(due.events.subarray(0, due.words), words, createEngine());
}

/** What an engine answers to words otherwise than it should, as text; undefined where it doesn't. */
export function answerFault(due: Int32Array, words: Int32Array, engine: MatchingEngine): string | undefined {
  try {
    engine.reserve(Math.ceil(words.length / COMMAND_WORDS));
    engine.commands.set(words);
    const written = engine.submit(words.length);
    const difference = differenceOfWords(due, due.length, engine.events, written);
    return difference && `word ${difference.word}\n  expected ${difference.expected}\n  actual   ${difference.actual}`;
  } catch (error) {
    return `expected ${due.length} words of events\n  actual   threw ${error}`;
  }
}
