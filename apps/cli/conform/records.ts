import { hostileRecords } from "../../../engines/conformance/hostile-records.ts";
import { createOracleEngine } from "../../../engines/conformance/oracle-engine.ts";
import { answerFault, type RecordCase, recordCaseFailure, wordsOf } from "../../../engines/conformance/record-cases.ts";
import { shrink } from "../../../engines/conformance/shrink.ts";
import { COMMAND_WORDS } from "../../../engines/contract/binary.ts";
import type { CreateEngine, Level } from "../../../engines/contract/engine.ts";
import { Random } from "../../../engines/flow/random.ts";
import type { ConformFailure } from "./result.ts";

const BATCH_RECORDS = 500;
/** A case that is no longer is shown as it stands in the suite. */
const SHORT_RECORDS = 10;
/** What the name of a failure on random records begins with. */
export const HOSTILE_RECORDS = "hostile records";

/** Holds an engine to one case of the binary form; a long one is cut down. @param held the level that it answers as */
export function checkRecordCase(each: RecordCase, createEngine: CreateEngine, held: Level): ConformFailure | undefined {
  const text = recordCaseFailure(each, createEngine);
  if (text === undefined) return undefined;
  const words = wordsOf(each);
  const whole = { name: each.name, commands: [], records: recordsOf(words), text };
  if (whole.records.length <= SHORT_RECORDS || faultOn(words, createEngine, held) === undefined) return whole;
  return { ...whole, ...cutDown(words, createEngine, held) };
}

/**
 * Compares an engine with the oracle on records of which some are none: unknown codes, any 32 bits, words left over.
 *
 * @param records how many at least @param seed 0 … 2^32 − 1
 */
export function checkHostileRecords(
  createEngine: CreateEngine,
  level: Level,
  records: number,
  seed: number,
): ConformFailure | undefined {
  const seeds = new Random(seed);
  for (let done = 0; done < records; done += BATCH_RECORDS) {
    const words = hostileRecords(new Random(seeds.next() >>> 0), BATCH_RECORDS, 16 << ((done / BATCH_RECORDS) % 4));
    if (faultOn(words, createEngine, level) === undefined) continue;
    return { name: `${HOSTILE_RECORDS}, seed ${seed}`, commands: [], ...cutDown(words, createEngine, level) };
  }
  return undefined;
}

function oracleEvents(words: Int32Array, level: Level): Int32Array {
  const oracle = createOracleEngine(level);
  oracle.reserve(Math.ceil(words.length / COMMAND_WORDS));
  oracle.commands.set(words);
  const written = oracle.submit(words.length);
  // Only now: the view may be another one after each submit.
  return oracle.events.slice(0, written);
}

/** What an engine answers otherwise than the oracle does, on an empty book. */
function faultOn(words: Int32Array, createEngine: CreateEngine, level: Level): string | undefined {
  return answerFault(oracleEvents(words, level), words, createEngine());
}

function recordsOf(words: Int32Array): number[][] {
  const records: number[][] = [];
  for (let at = 0; at < words.length; at += COMMAND_WORDS) records.push([...words.subarray(at, at + COMMAND_WORDS)]);
  return records;
}

/** Without the records that it fails without, and with 0 for each word that may as well be; words left over stay where they matter. */
function cutDown(
  words: Int32Array,
  createEngine: CreateEngine,
  level: Level,
): Required<Pick<ConformFailure, "records" | "text">> {
  const textOn = (some: Int32Array) => faultOn(some, createEngine, level);
  const whole = words.length - (words.length % COMMAND_WORDS);
  const leftOver = textOn(words.subarray(0, whole)) === undefined ? [...words.subarray(whole)] : [];
  const wordsWith = (records: readonly object[]) => Int32Array.from([...records.flatMap(wordsOfSparse), ...leftOver]);
  const sparse = recordsOf(words.subarray(0, whole)).map((record) => ({ ...record }));
  const shrunk = wordsWith(shrink(sparse, (some) => textOn(wordsWith(some)) !== undefined));
  return { records: recordsOf(shrunk), text: textOn(shrunk) ?? "" };
}

/** Of a record by the words' indices, of which `shrink` leaves some out. */
function wordsOfSparse(record: object): number[] {
  const words = new Array<number>(COMMAND_WORDS).fill(0);
  for (const [word, value] of Object.entries(record)) words[Number(word)] = value;
  return words;
}
