import { parentPort } from "node:worker_threads";
import { createOracleEngine } from "../../../engines/conformance/oracle-engine.ts";
import { COMMAND_WORDS } from "../../../engines/contract/binary.ts";
import type { CreateEngine, MatchingEngine } from "../../../engines/contract/engine.ts";
import type { BookEvent } from "../../../engines/contract/events.ts";
import { EventHash } from "../../../engines/contract/hash.ts";
import { ItchReader } from "../../../engines/flow/itch-reader.ts";
import { FEED_TICK } from "../../../engines/flow/recorded-market.ts";
import { findEngine } from "../../../engines/registry.ts";
import { warmUp } from "../../../lab/measure/warm-up.ts";
import { readArtefact } from "../../artefacts.ts";
import { threadCpuMs } from "./thread-cpu.ts";

/** What there is to read, and how. */
export interface ItchDay {
  bytes: Uint8Array;
  messages: number;
  /** Bytes of a chunk. */
  chunk: number;
  /** Commands of a `submit`, at most. */
  batch: number;
}

/** What a worker is asked; it answers each with the value in `ItchAnswers` of that name. */
export type ItchQuestion =
  /** `engine` is a name in the registry, `ORACLE`, or null where messages are read and booked nowhere. */
  | { ask: "prepare"; engine: string | null; day: ItchDay }
  | { ask: "check"; messages: number }
  | { ask: "warm"; mostWarmUps: number }
  | { ask: "round" };

export interface ItchAnswers {
  prepare: null;
  /** After so many messages from the start: the hash of their events, and all levels of the book. */
  check: { eventHash: string; book: BookEvent };
  warm: { steady: boolean };
  /** Of the whole day, from an empty book: time for each message. */
  round: { cpuNs: number; wallNs: number };
}

export const ORACLE = "oracle";
const EVERY_LEVEL = 2 ** 31 - 1;

/** Where commands go: an engine, or nothing at all. */
type Target = Pick<MatchingEngine, "commands" | "submit">;

class ItchBench {
  readonly #day: ItchDay;
  readonly #create: CreateEngine | null;

  constructor(day: ItchDay, create: CreateEngine | null) {
    this.#day = day;
    this.#create = create;
  }

  check(messages: number): ItchAnswers["check"] {
    const engine = this.#engine();
    if (engine === null) throw new Error("there is no engine to check");
    const hash = new EventHash();
    const reader = new ItchReader({ tick: FEED_TICK });
    reader.push(this.#day.bytes);
    while (reader.records < messages && !reader.drained) {
      const words = engine.submit(reader.read(engine.commands, messages - reader.records));
      hash.add(engine.events, words);
    }
    return { eventHash: hash.value, book: engine.getBook(EVERY_LEVEL) as BookEvent };
  }

  async warm(mostWarmUps: number): Promise<ItchAnswers["warm"]> {
    return { steady: (await warmUp(() => this.round().cpuNs, { mostBatches: mostWarmUps })).steady };
  }

  round(): ItchAnswers["round"] {
    const { bytes, messages, chunk, batch } = this.#day;
    const target: Target = this.#engine() ?? { commands: new Int32Array(batch * COMMAND_WORDS), submit: () => 0 };
    const reader = new ItchReader({ tick: FEED_TICK });
    const wall = performance.now();
    const cpu = threadCpuMs();
    for (let from = 0; from < bytes.length; from += chunk) {
      reader.push(bytes.subarray(from, from + chunk));
      while (!reader.drained) {
        target.submit(reader.read(target.commands));
      }
    }
    const cpuMs = threadCpuMs() - cpu;
    const wallMs = performance.now() - wall;
    const ns = (ms: number) => (ms * 1e6) / messages;
    return { cpuNs: ns(cpuMs), wallNs: ns(wallMs) };
  }

  #engine(): MatchingEngine | null {
    const engine = this.#create?.() ?? null;
    engine?.reserve(this.#day.batch);
    return engine;
  }
}

async function creatorOf(engine: string | null): Promise<CreateEngine | null> {
  if (engine === null) return null;
  return engine === ORACLE ? () => createOracleEngine("full") : findEngine(engine).load(readArtefact);
}

let bench: ItchBench | undefined;

async function answer(question: ItchQuestion): Promise<ItchAnswers[ItchQuestion["ask"]]> {
  if (question.ask === "prepare") {
    bench = new ItchBench(question.day, await creatorOf(question.engine));
    return null;
  }
  if (bench === undefined) throw new Error(`"${question.ask}" was asked of a worker that is not prepared`);
  if (question.ask === "check") return bench.check(question.messages);
  return question.ask === "warm" ? bench.warm(question.mostWarmUps) : bench.round();
}

parentPort?.on("message", async (question: ItchQuestion) => {
  try {
    parentPort?.postMessage({ answer: await answer(question) });
  } catch (error) {
    parentPort?.postMessage({ failed: error instanceof Error ? error.message : String(error) });
  }
});
