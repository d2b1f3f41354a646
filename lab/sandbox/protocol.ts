import type { Command } from "../../engines/contract/commands.ts";
import type { EngineEvent } from "../../engines/contract/events.ts";
import type { Source } from "./source-files.ts";

/**
 * The messages between the page and the worker that runs a reader's code. The worker is not trusted: the page checks
 * each message against these shapes, and the frame between them bounds how many come and how large they are.
 */

/** One comparison: the same strategy, market and seed on each of the engines, slice by slice in turn. */
export interface RunRequest {
  /** Names of registered engines, 1 to 4. */
  engines: string[];
  /** Seed of the market and of the strategy's random numbers, 0 … 2^32 − 1. */
  seed: number;
  /** A market's name, of `lab/market/markets.ts`: a model market or a profile of `engines/flow`. */
  profile: string;
  /** Orders of the background market on each engine, 1,000 … 10,000,000. */
  orders: number;
  /** From a callback of the strategy until what it sent reaches the book, simulated ns, 0 … 10^12; default 0. */
  latencyNs?: number;
  /** Default: none. */
  fees?: Fees;
  /** What the file is that comes with the request, in the place of `profile`; `orders` is then the most that are read. */
  recording?: RecordingFormat;
}

/** A reader's own file of a recorded market, not compressed. */
export interface RecordingFormat {
  format: "itch" | "lobster";
  /** 1/10,000 dollars, 1 … 10,000,000; `parseTick` of `engines/flow/recorded-price.ts` gives it. */
  tick: number;
  /** The stock to read; may be left out where an ITCH file has one. */
  symbol?: string;
}

/** What a lot traded costs, ticks, −1,000 … 1,000; below 0 it is a rebate. */
export interface Fees {
  makerTicks: number;
  takerTicks: number;
}

/** What the worker's clock can see. */
export interface ClockReport {
  /** Smallest step seen, µs. */
  stepUs: number;
  /** Whether the page is cross-origin isolated, which makes the step finer. */
  isolated: boolean;
}

/** A stretch of one engine's run, timed as one: at least 200 steps of the clock long. */
export interface Batch {
  /** Commands that this engine had executed before it. Reads of the book are not counted, here and below; their time is. */
  from: number;
  commands: number;
  /** Wall time of strategy, boundary and engine together, ms. */
  ms: number;
}

/** The strategy's account after `commands` commands; the same on every engine while their events agree. */
export interface AccountPoint {
  commands: number;
  /** Cash plus inventory at the middle of the book, ticks × lots. */
  profit: number;
  /** Lots. */
  inventory: number;
  /** Simulated time, ns. */
  timeNs?: number;
}

/** A trade of the strategy, to be drawn beside its account. */
export interface FillPoint {
  /** Commands executed until then. */
  commands: number;
  side: "buy" | "sell";
  /** Ticks. */
  price: number;
  /** Lots. */
  size: number;
  role: "maker" | "taker";
}

/** What became of the price after the strategy's fills in a role; `lab/market/mark-outs.ts` has the formulas. Ticks a lot. */
export interface MarkOut {
  /** After the fill, simulated ns. */
  horizonNs: number;
  role: "maker" | "taker";
  /** Lots whose horizon had ended; where there are none, the rest is 0. */
  lots: number;
  /** Earned (below 0: paid) against the middle just before the fill. */
  effectiveTicks: number;
  /** Earned against the middle at the horizon. */
  realizedTicks: number;
  /** Lost to the move between: effective − realized. For a maker above 0, it is adverse selection. */
  impactTicks: number;
}

/** What a strategy made of the market; `lab/market/backtest.ts` has the formulas. Money is ticks × lots. */
export interface Analytics {
  /** Simulated length of the run, ns. */
  timeNs: number;
  latencyNs: number;
  /** total = spread + inventory − fees. */
  profit: { total: number; spread: number; inventory: number; fees: number };
  /** The largest fall of the profit from a high before it, 0 or more. */
  maxDrawdown: number;
  /** Lots; `largest` and `meanSize` (over time) count long and short alike. */
  inventory: { end: number; largest: number; meanSize: number };
  /** Orders sent, and those of them that traded. */
  orders: { sent: number; filled: number };
  /** Lots sent (what a replace adds is among them), and traded. */
  lots: { sent: number; filled: number; maker: number; taker: number };
  /** Lots filled of those sent, 0 … 1; 0 where none was sent. */
  fillRatio: number;
  queue: {
    /** Lots that stood before an order when it took its place in the queue, mean of those that rested. */
    aheadLots: number;
    /** The same over the maker's lots that were filled. */
    aheadOfFilledLots: number;
    /** From taking the place to the fill, mean over the same lots, simulated ns. */
    waitNs: number;
  };
  markOuts: MarkOut[];
}

/** Best levels first; price, lots, orders. */
export interface BookSnapshot {
  bids: [price: number, size: number, orders: number][];
  asks: [price: number, size: number, orders: number][];
}

/** The first place where two engines' events differ. */
export interface Difference {
  engines: [string, string];
  /** `strategy`: it sent different commands on the two, so it isn't deterministic; else `engine`. */
  cause: "engine" | "strategy";
  /** Index of the event in the streams, from 0. */
  index: number;
  /** The command that gave it; where the strategy is the cause, the first that the two don't share. */
  command: Command;
  /** What each engine gave there; null where its stream had ended. */
  events: [EngineEvent | null, EngineEvent | null];
  /** The commands just before it, the oldest first, 20 at most. */
  before?: Command[];
  /** The difference as a case that `npm run replay` reads. */
  replayCase?: ReplayCase;
}

/** Commands after which the two engines differ, found to do so on fresh engines. */
export interface ReplayCase {
  /** One command a line, in the contract's text form. */
  ndjson: string;
  commands: number;
}

export interface Agreement {
  /** Events compared, one by one. */
  compared: number;
  difference?: Difference;
}

export interface EngineProgress {
  engine: string;
  /** Commands executed so far, those of the strategy included. */
  commands: number;
  events: number;
  /** Time spent so far, ms. */
  ms: number;
  /** Batches finished since the last message. */
  batches: Batch[];
}

export interface Progress {
  kind: "progress";
  /** 0 … 1 */
  done: number;
  engines: EngineProgress[];
  agreement: Agreement;
  /** Points since the last message. */
  account: AccountPoint[];
  /** Fills since the last message; the first 200 of them. */
  fills?: FillPoint[];
  /** The book as it was read last, 10 levels a side at most. */
  book?: BookSnapshot;
}

/**
 * Where one engine's time went, found by replaying the recorded commands on the engine alone, then the encoding and
 * decoding alone; the rest is the strategy's and the market's. Each in ns a command, as the median of several replays
 * with the lowest and the highest.
 */
export interface TimeSplit {
  engine: Spread;
  boundary: Spread;
  strategy: Spread;
}

export interface Spread {
  low: number;
  median: number;
  high: number;
}

/** Single commands, timed one by one in a pass of their own over the recorded ones. Nothing is subtracted. */
export interface Tail {
  /** Commands timed. */
  timed: number;
  /** Smallest step of the clock, µs. */
  stepUs: number;
  over: {
    /** Threshold. */
    us: number;
    /** Commands whose time was above it. */
    count: number;
    /** False where the clock steps by more than the threshold: then the count says nothing. */
    seen: boolean;
  }[];
}

/** How long commands took from the moment they were meant to start, at a rate that goes on whether the engine keeps up or not. */
export interface Queueing {
  /** Computed from the times of batches, since the clock can't see single commands; else measured. */
  simulated: boolean;
  /** Arrivals a second, at random moments (Poisson). */
  ratePerSecond: number;
  /** The rate as a share of what the engine can do, 0 … 1. */
  utilisation: number;
  /** From the intended start to the end: waiting included. By percentile, rising. */
  points: PercentilePoint[];
  /** The same commands from their actual start to their end: waiting left out. */
  closedLoop: PercentilePoint[];
}

export interface PercentilePoint {
  /** 0 … 100 */
  percentile: number;
  ns: number;
}

export interface EngineReport {
  engine: string;
  commands: number;
  events: number;
  ms: number;
  /** Commands a second over the whole run. */
  perSecond: number;
  /** Left out where the events differed: a wrong answer is not timed. */
  split?: TimeSplit;
  /** Left out where the events differed, as the split. */
  tail?: Tail;
  /** Left out where the events differed, or nothing was executed. */
  queueing?: Queueing;
  /** Hash of the event stream, hexadecimal. */
  hash: string;
}

export interface RunReport {
  kind: "report";
  request: RunRequest;
  clock: ClockReport;
  engines: EngineReport[];
  agreement: Agreement;
  account: AccountPoint;
  /** Trades of the strategy's own orders. */
  fills: number;
  analytics?: Analytics;
}

/** What ended a run before its end. */
export interface Failure {
  kind: "failed";
  /** `syntax`: before anything ran; `load`: the module's own top level; `run`: a callback or a call threw; `loop`: a loop went on for too long. */
  phase: "syntax" | "load" | "run" | "loop";
  /** For a reader: what went wrong, without a stack. */
  message: string;
  /** Of the reader's own file, from 1; left out where it can't be told. */
  line?: number;
  column?: number;
  /** Left out for the file that is run. */
  file?: string;
}

export type ToWorker =
  | { kind: "load"; code: Source; artefacts: Record<string, Uint8Array<ArrayBuffer>> }
  /** `recording`: the bytes of the file that the request tells of. */
  | { kind: "run"; request: RunRequest; recording?: Uint8Array<ArrayBuffer> }
  | { kind: "call"; call: number; name: string; args: unknown[]; timeoutMs: number };

export type FromWorker =
  | { kind: "ready" }
  | { kind: "loaded"; exports: string[] }
  /** An engine is being made ready; comes again while it takes long. */
  | { kind: "starting"; engine: string }
  | { kind: "clock"; clock: ClockReport }
  | Progress
  /** The run is over and its commands are being replayed; comes again as they are. `done` is 0 … 1. */
  | { kind: "splitting"; done: number }
  | RunReport
  | Failure
  | { kind: "returned"; call: number; value: unknown }
  /** The function called is not there, or threw; the module can be called again. */
  | { kind: "threw"; call: number; missing: boolean; message: string; line?: number; file?: string }
  | { kind: "log"; level: "log" | "warn" | "error"; text: string; line?: number; file?: string };
