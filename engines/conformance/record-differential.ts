import { COMMAND_WORDS } from "../contract/binary.ts";
import type { CreateEngine, Level, MatchingEngine } from "../contract/engine.ts";
import { Random } from "../flow/random.ts";
import { differenceOfWords } from "./comparison.ts";
import { hostileRecords } from "./hostile-records.ts";
import { createOracleEngine } from "./oracle-engine.ts";

const BATCHES = 8;
const BATCH_RECORDS = 250;

/** Where an engine and the oracle answer the same batch of records otherwise. */
export interface RecordDisagreement {
  /** The seed of these batches alone. */
  flowSeed: number;
  /** Index of the batch, from 0. */
  batch: number;
  /** The first event record that differs, as words and as an event. */
  expected: string;
  /** Likewise; or what the engine threw. */
  actual: string;
}

/**
 * Compares an engine with the oracle, event words with event words, on batches of which some words make no valid record:
 * codes that do not exist, integers from the whole of 32 bits, words left over. Stops at the first disagreement.
 *
 * @param records how many commands at least @param seed 0 … 2^32 − 1
 * @returns how many commands the engine executed
 */
export function compareRecordsWithOracle(
  createEngine: CreateEngine,
  level: Level,
  records: number,
  seed: number,
): { commands: number; disagreement?: RecordDisagreement } {
  const seeds = new Random(seed);
  let executed = 0;
  while (executed < records) {
    const flowSeed = seeds.next() >>> 0;
    const random = new Random(flowSeed);
    const engine = createEngine();
    const oracle = createOracleEngine(level);
    for (let batch = 0; batch < BATCHES; batch++) {
      const words = hostileRecords(random, BATCH_RECORDS, 16 << (batch % 4));
      executed += Math.ceil(words.length / COMMAND_WORDS);
      const difference = differenceOnWords(oracle, engine, words);
      if (difference !== undefined) return { commands: executed, disagreement: { flowSeed, batch, ...difference } };
    }
  }
  return { commands: executed };
}

function differenceOnWords(
  oracle: MatchingEngine,
  engine: MatchingEngine,
  words: Int32Array,
): { expected: string; actual: string } | undefined {
  const expectedWords = submit(oracle, words);
  try {
    const actualWords = submit(engine, words);
    return differenceOfWords(oracle.events, expectedWords, engine.events, actualWords);
  } catch (error) {
    return { expected: `${expectedWords} words of events`, actual: `threw ${error}` };
  }
}

function submit(engine: MatchingEngine, words: Int32Array): number {
  engine.reserve(Math.ceil(words.length / COMMAND_WORDS));
  engine.commands.set(words);
  return engine.submit(words.length);
}
