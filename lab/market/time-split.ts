import { COMMAND_WORDS } from "../../engines/contract/binary.ts";
import type { Command } from "../../engines/contract/commands.ts";
import { decodeCommand } from "../../engines/contract/decode.ts";
import type { CreateEngine, EngineManifest, MatchingEngine } from "../../engines/contract/engine.ts";
import { EventCursor } from "../../engines/contract/event-records.ts";
import type { Spread, TimeSplit } from "../sandbox/protocol.ts";
import { type EventSink, encodeAll, ensureRoom, executeObject, tellOfRecords } from "./gate.ts";
import type { Recording } from "./recording.ts";

/** Replays that count; the one before them warms up. */
export const REPLAYS = 5;
/** Command records that are made ready at a time, so that the objects of a whole recording never live at once. */
const CHUNK_RECORDS = 2048;

/** What a replay of a recording took on one engine, ns a command. */
export interface ReplayTime {
  engineNs: number;
  boundaryNs: number;
}

/** The engine's own door, driven with commands that are ready, and the boundary's work without the engine. */
export class Replay {
  readonly #recording: Recording;
  readonly #door: EngineManifest["door"];
  readonly #create: CreateEngine;
  readonly #now: () => number;
  readonly #cursor = new EventCursor();
  /** So that no result is unused, and no work can be left out. */
  #seen = 0;

  /** @param now a clock, in ms */
  constructor(recording: Recording, door: EngineManifest["door"], create: CreateEngine, now: () => number) {
    this.#recording = recording;
    this.#door = door;
    this.#create = create;
    this.#now = now;
  }

  /** Replays the recording once, on fresh engines. */
  run(): ReplayTime {
    const commands = this.#recording.commands;
    if (commands === 0) return { engineNs: 0, boundaryNs: 0 };
    const [engineMs, boundaryMs] = this.#door === "objects" ? [this.#objects(), 0] : this.#records();
    return { engineNs: (engineMs * 1e6) / commands, boundaryNs: (boundaryMs * 1e6) / commands };
  }

  #objects(): number {
    const engine = this.#create();
    let ms = 0;
    for (const { batches } of this.#chunks()) {
      const begin = this.#now();
      for (const batch of batches) {
        for (const command of batch) this.#seen += executeObject(engine, command).length;
      }
      ms += this.#now() - begin;
    }
    return ms;
  }

  #records(): [number, number] {
    const timed = this.#create();
    // A second engine gives the events to decode, so that keeping them costs the timed one nothing.
    const source = this.#create();
    const scratch = new Int32Array(CHUNK_RECORDS * 2 * COMMAND_WORDS);
    let engineMs = 0;
    let boundaryMs = 0;
    for (const { batches, records } of this.#chunks()) {
      engineMs += this.#submitAll(timed, batches, records);
      const answers = this.#answers(source, batches, records);
      const begin = this.#now();
      for (const batch of batches) encodeAll(batch, scratch);
      for (const events of answers) {
        this.#cursor.reset(events, events.length);
        tellOfRecords(this.#cursor, this.#sink);
      }
      boundaryMs += this.#now() - begin;
    }
    return [engineMs, boundaryMs];
  }

  #submitAll(engine: MatchingEngine, batches: Command[][], records: Int32Array): number {
    for (const batch of batches) ensureRoom(engine, batch.length);
    const begin = this.#now();
    let from = 0;
    for (const batch of batches) {
      const to = from + batch.length * COMMAND_WORDS;
      const commands = engine.commands;
      for (let i = from; i < to; i++) commands[i - from] = records[i];
      this.#seen += engine.submit(to - from);
      from = to;
    }
    return this.#now() - begin;
  }

  #answers(engine: MatchingEngine, batches: Command[][], records: Int32Array): Int32Array[] {
    const answers: Int32Array[] = [];
    let from = 0;
    for (const batch of batches) {
      ensureRoom(engine, batch.length);
      const to = from + batch.length * COMMAND_WORDS;
      engine.commands.set(records.subarray(from, to));
      const words = engine.submit(to - from);
      answers.push(engine.events.slice(0, words));
      from = to;
    }
    return answers;
  }

  /** The recording's batches as objects, a chunk at a time, and the records of the chunk. */
  *#chunks(): Generator<{ batches: Command[][]; records: Int32Array }> {
    const { records, batchSizes } = this.#recording;
    let record = 0;
    for (let next = 0; next < batchSizes.length; ) {
      const first = record;
      const batches: Command[][] = [];
      while (next < batchSizes.length && record - first < CHUNK_RECORDS) {
        const batch: Command[] = [];
        for (let i = 0; i < batchSizes[next]; i++) {
          batch.push(decodeCommand(records, record++ * COMMAND_WORDS) as Command);
        }
        batches.push(batch);
        next++;
      }
      yield { batches, records: records.subarray(first * COMMAND_WORDS, record * COMMAND_WORDS) };
    }
  }

  readonly #sink: EventSink = {
    onAccepted: (id) => {
      this.#seen += id;
    },
    onExecuted: (taker, maker) => {
      this.#seen += taker + maker;
    },
    onCanceled: (id) => {
      this.#seen += id;
    },
    onReplaced: (id) => {
      this.#seen += id;
    },
    onRejected: (id) => {
      this.#seen += id;
    },
    onBook: (book) => {
      this.#seen += book.bids.length + book.asks.length;
    },
  };
}

/**
 * Takes the replays' times off the whole: what is left is the strategy's and the market's. Its lowest is what the slowest
 * replays would leave of the fastest batches, its highest the opposite; nothing is below 0.
 *
 * @param total of the run itself, ns a command
 */
export function splitTime(total: Spread, replays: readonly ReplayTime[]): TimeSplit {
  const engine = spreadOf(replays.map(({ engineNs }) => engineNs));
  const boundary = spreadOf(replays.map(({ boundaryNs }) => boundaryNs));
  const strategy = {
    low: Math.max(0, total.low - engine.high - boundary.high),
    median: Math.max(0, total.median - engine.median - boundary.median),
    high: Math.max(0, total.high - engine.low - boundary.low),
  };
  return { engine, boundary, strategy };
}

/** Lowest, median and highest; all 0 where there is no value. */
export function spreadOf(values: readonly number[]): Spread {
  if (values.length === 0) return { low: 0, median: 0, high: 0 };
  const sorted = values.toSorted((x, y) => x - y);
  return { low: sorted[0], median: quantile(sorted, 0.5), high: sorted[sorted.length - 1] };
}

/** Of sorted values, at least one, between the two nearest. @param share 0 … 1 */
export function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.ceil(at);
  return sorted[below] + (sorted[above] - sorted[below]) * (at - below);
}
