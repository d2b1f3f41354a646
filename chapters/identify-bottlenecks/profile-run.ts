import { COMMAND_WORDS } from "../../engines/contract/binary.ts";
import { decodeCommand } from "../../engines/contract/decode.ts";
import type { ObjectDoor } from "../../engines/contract/engine.ts";
import { generate } from "../../engines/flow/flow.ts";
import { OrderBook } from "../../engines/typescript/engine.ts";
import { measureClockStep } from "../../lab/measure/clock.ts";
import { NO_SPANS, SpanRecorder, type Spans } from "../../lab/measure/spans.ts";
import { compareInstances } from "../../lab/measure/verdict.ts";
import type { FlameReport, SpanCost } from "../../site/components/flame/report.ts";
import { TradingSystem } from "./trading-system.ts";

/** What the reader sets. */
export interface ProfileOptions {
  messages: number;
  /** Messages that come at once. */
  burst: number;
  /** Trades that the analytics look back on. */
  window: number;
  /** Whether there is a span around each message too. */
  each: boolean;
}

/** Runs before anything counts, so that the code is compiled. */
const WARM_UPS = 3;
/** With spans and without, in turn; at least so many, and then until the time is used up. */
const LEAST_ROUNDS = 3;
const MOST_ROUNDS = 15;
const BUDGET_MS = 2500;
/** Spans that are kept of a run. */
const CAPACITY = 400_000;
const SEED = 7;

/** A seeded market as text, in bursts. */
export function messagesOf({ messages, burst }: ProfileOptions): string[][] {
  const words = generate("std", SEED, messages);
  const lines = Array.from({ length: messages }, (_, at) => JSON.stringify(decodeCommand(words, at * COMMAND_WORDS)));
  return Array.from({ length: Math.ceil(messages / burst) }, (_, at) => lines.slice(at * burst, (at + 1) * burst));
}

/** @returns ms that the run took */
function run(bursts: readonly string[][], window: number, spans: Spans, spansOfEach: Spans, now: () => number): number {
  const engine: ObjectDoor = new OrderBook();
  const system = new TradingSystem({ engine, spans, spansOfEach, window });
  const begin = now();
  for (const lines of bursts) system.receive(lines);
  return now() - begin;
}

/** Profiles the system, and measures what the spans themselves cost. @param now a clock, ms */
export function profileRun(options: ProfileOptions, now: () => number, isolated: boolean): FlameReport {
  const bursts = messagesOf(options);
  const { window, each, messages } = options;
  const none = (): number => run(bursts, window, NO_SPANS, NO_SPANS, now);
  const recorded = (ofEach: boolean): [SpanRecorder, number] => {
    const spans = new SpanRecorder(CAPACITY, now);
    return [spans, run(bursts, window, spans, ofEach ? spans : NO_SPANS, now)];
  };
  const begin = now();
  const timeLeft = (): boolean => now() - begin < BUDGET_MS;
  for (let warmUp = 0; warmUp === 0 || (warmUp < WARM_UPS && timeLeft()); warmUp++) {
    none();
    recorded(each);
  }
  const stages: number[] = [];
  const all: number[] = [];
  let [spans, totalMs] = recorded(each);
  for (let round = 0; round < LEAST_ROUNDS || (round < MOST_ROUNDS && timeLeft()); round++) {
    const without = none();
    stages.push(recorded(false)[1] / without);
    if (each) all.push(recorded(true)[1] / without);
    // What disturbs a run only makes it longer: the shortest one shows the system best.
    const again = recorded(each);
    if (again[1] < totalMs) [spans, totalMs] = again;
  }
  return {
    spans: spans.spans(),
    dropped: spans.dropped,
    totalMs,
    runs: 1 + stages.length,
    messages,
    clock: { stepUs: Math.round(measureClockStep(now) * 1e6) / 1e3, isolated },
    costs: [costOf("around each stage of a burst", stages), ...(each ? [costOf("around each message too", all)] : [])],
  };
}

function costOf(what: string, ratios: readonly number[]): SpanCost {
  return { what, ...compareInstances(ratios) };
}
