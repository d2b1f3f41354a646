import { COMMAND_WORDS } from "../../engines/contract/binary.ts";
import { type CreateEngine, type EngineManifest, type Level, meetsLevel } from "../../engines/contract/engine.ts";
import { EventHash } from "../../engines/contract/hash.ts";
import { Random } from "../../engines/flow/random.ts";
import { shuffled } from "../measure/rounds.ts";
import type {
  AccountPoint,
  Agreement,
  Batch,
  BookSnapshot,
  ClockReport,
  EngineReport,
  Progress,
  RunReport,
  RunRequest,
} from "../sandbox/protocol.ts";
import { type TimedParts, type TimedRun, timeParts } from "./after-run.ts";
import { Backtest } from "./backtest.ts";
import { History } from "./history.ts";
import { levelOfMarket } from "./markets.ts";
import type { ServedBatch } from "./queueing.ts";
import type { RecordedFile } from "./recorded-background.ts";
import { Recording } from "./recording.ts";
import { findReplayCase } from "./replay-case.ts";
import { Session } from "./session.ts";
import type { Strategy } from "./strategy.ts";
import { compareLogs, countEvents, lastBook, type Parting } from "./stream-comparison.ts";

/** A batch is at least so many steps of the clock long, so that a step is at most 0.5% of it. */
const STEPS_PER_BATCH = 200;
/** A slice of one engine is meant to be no longer, so that all engines have had their turn before the next message is due. */
const SLICE_MS = 25;
/** Market steps between two looks at the clock within a slice, at most. */
const STEPS_PER_LOOK = 16;
/** What is kept for the time split: so many command records, or what took so long. */
const RECORDED_COMMANDS = 100_000;
const RECORDED_MS = 400;
/** Commands that are kept to tell of a difference. */
const HISTORY_COMMANDS = 1_000_000;
/** Commands before a difference that are shown. */
const SHOWN_BEFORE = 20;

/** One side of a comparison: an engine and an instance of the strategy, which share nothing with the others'. */
export interface Contender {
  manifest: EngineManifest;
  create: CreateEngine;
  strategy: Strategy;
}

interface Lane {
  contender: Contender;
  session: Session;
  hash: EventHash;
  events: number;
  ms: number;
  /** The batch that is not yet long enough. */
  open: Batch;
  /** Batches that no progress message has had. */
  finished: Batch[];
  /** All batches of the run. */
  batches: ServedBatch[];
}

/**
 * Runs the same strategy, market and seed on each engine: slice by slice, each slice on all engines in random order, and
 * compares the events after each. It ends early where they differ, because a wrong answer is not timed.
 */
export class Comparison {
  readonly #request: RunRequest;
  readonly #clock: ClockReport;
  readonly #now: () => number;
  readonly #lanes: Lane[];
  readonly #shuffle: Random;
  readonly #recording = new Recording(RECORDED_COMMANDS);
  readonly #agreement: Agreement = { compared: 0 };
  readonly #backtest: Backtest;
  readonly #history = new History(HISTORY_COMMANDS);
  #account: AccountPoint[] = [];
  #book: BookSnapshot | undefined;
  /** The one that differs from the first. */
  #parted: Lane | undefined;
  #sliceSteps = 64;

  /**
   * @param contenders one for each engine of the request, in its order
   * @param now a clock, in ms
   * @param recording the bytes of the file that the request tells of
   * @throws RangeError where the market or the seed is none @throws Error where an engine's level is below the market's
   */
  constructor(
    request: RunRequest,
    contenders: readonly Contender[],
    clock: ClockReport,
    now: () => number,
    recording?: Uint8Array,
  ) {
    this.#request = request;
    this.#clock = clock;
    this.#now = now;
    const level = contenders.some(({ manifest }) => manifest.level === "core") ? "core" : "full";
    this.#lanes = contenders.map((contender) => openLane(contender, request, level, recording));
    this.#backtest = new Backtest(request);
    this.#shuffle = new Random(request.seed);
  }

  get done(): boolean {
    return this.#agreement.difference !== undefined || this.#lanes[0].session.ordersLeft === 0;
  }

  /** Runs the next slice on each engine. @throws StrategyError where the strategy throws */
  next(): void {
    let steps: number | undefined;
    let shortest = Number.POSITIVE_INFINITY;
    let together = 0;
    for (const lane of this.#inRandomOrder()) {
      const slice = this.#runSlice(lane, steps);
      steps = slice.steps;
      shortest = Math.min(shortest, slice.ms);
      together += slice.ms;
    }
    this.#compare();
    for (const lane of this.#lanes) this.#close(lane);
    this.#resize(steps as number, shortest, together);
  }

  /** What happened since the last call. */
  takeProgress(): Progress {
    const { orders } = this.#request;
    const progress: Progress = {
      kind: "progress",
      done: (orders - this.#lanes[0].session.ordersLeft) / orders,
      engines: this.#lanes.map((lane) => ({
        engine: lane.contender.manifest.name,
        commands: lane.session.commands,
        events: lane.events,
        ms: lane.ms,
        batches: lane.finished,
      })),
      agreement: { ...this.#agreement },
      account: this.#account,
      fills: this.#backtest.takeFills(),
      ...(this.#book !== undefined && { book: this.#book }),
    };
    for (const lane of this.#lanes) lane.finished = [];
    this.#account = [];
    return progress;
  }

  /**
   * Runs the recorded commands again to tell where the time went, or where the engines differ, looks for few commands that show it;
   * yields after each pass with the share that is done, and returns the report. To be called when the run is over.
   */
  *report(): Generator<number, RunReport> {
    let parts: TimedParts[] = [];
    if (this.#agreement.difference === undefined) parts = yield* timeParts(this.#timing());
    else yield* this.#reduce();
    const { session } = this.#lanes[0];
    return {
      kind: "report",
      request: this.#request,
      clock: this.#clock,
      engines: this.#lanes.map((lane, index) => ({ ...engineReport(lane), ...parts[index] })),
      agreement: { ...this.#agreement },
      account: accountPoint(session),
      fills: session.account.fills,
      analytics: this.#backtest.result(),
    };
  }

  #timing(): TimedRun {
    return {
      recording: this.#recording,
      clock: this.#clock,
      now: this.#now,
      shuffle: this.#shuffle,
      seed: this.#request.seed,
      engines: this.#lanes.map(({ contender: { manifest, create }, batches, session, ms }) => ({
        door: manifest.door,
        create,
        batches: batches.length > 0 ? batches : wholeRun(session.commands, ms),
      })),
    };
  }

  #inRandomOrder(): Lane[] {
    return shuffled(this.#lanes.length, this.#shuffle).map((place) => this.#lanes[place]);
  }

  /** @param fixedSteps how many market steps; where left out, as many as fit into a slice */
  #runSlice(lane: Lane, fixedSteps: number | undefined): { steps: number; ms: number } {
    const { session } = lane;
    const before = session.commands;
    const limit = fixedSteps ?? this.#sliceSteps;
    const begin = this.#now();
    let ms = 0;
    let steps = 0;
    let untilLook = 1;
    while (steps < limit && session.ordersLeft > 0) {
      session.step();
      steps++;
      if (fixedSteps !== undefined || --untilLook > 0) continue;
      const spent = this.#now() - begin;
      if (spent > SLICE_MS) break;
      // A strategy may become slow at any moment: look more often when a look shows so.
      untilLook = spent - ms > 2 ? 1 : STEPS_PER_LOOK;
      ms = spent;
    }
    ms = this.#now() - begin;
    lane.ms += ms;
    lane.open.ms += ms;
    lane.open.commands += session.commands - before;
    return { steps, ms };
  }

  #compare(): void {
    const first = this.#lanes[0];
    const log = first.session.log;
    for (const lane of this.#lanes.slice(1)) {
      const parting = compareLogs(log, lane.session.log);
      if (parting === undefined) continue;
      this.#part(lane, parting);
      break;
    }
    if (this.#parted === undefined && this.#lanes.length > 1) this.#history.add(log.commands);
    this.#recording.add(log);
    this.#backtest.add(log);
    this.#book = lastBook(log.events) ?? this.#book;
    if (first.ms > RECORDED_MS) this.#recording.close();
    if (this.#account.length < 100) this.#account.push(accountPoint(first.session));
  }

  #part(lane: Lane, { record, ...parting }: Parting): void {
    const first = this.#lanes[0];
    const index = first.events + parting.index;
    this.#parted = lane;
    this.#history.add(first.session.log.commands.subarray(0, record * COMMAND_WORDS));
    const engines: [string, string] = [first.contender.manifest.name, lane.contender.manifest.name];
    const before = this.#history.last(SHOWN_BEFORE);
    this.#agreement.compared = index;
    this.#agreement.difference = { engines, ...parting, index, before };
  }

  /** Adds to the difference a case that shows it without the market; a strategy's own can't be shown so. */
  *#reduce(): Generator<number, void> {
    const { difference } = this.#agreement;
    if (difference?.cause !== "engine" || this.#parted === undefined || !this.#history.isWhole) return;
    const commands = [...this.#history.last(this.#history.count), difference.command];
    const replayCase = yield* findReplayCase(commands, [this.#lanes[0].contender, this.#parted.contender]);
    if (replayCase !== undefined) this.#agreement.difference = { ...difference, replayCase };
  }

  #close(lane: Lane): void {
    const { events } = lane.session.log;
    lane.hash.add(events, events.length);
    lane.events += countEvents(events);
    lane.session.forget();
    if (this.#agreement.difference === undefined && this.#lanes.length > 1) this.#agreement.compared = lane.events;
    if (lane.open.ms * 1000 < STEPS_PER_BATCH * this.#clock.stepUs) return;
    lane.finished.push(lane.open);
    if (lane.open.commands > 0) lane.batches.push(...wholeRun(lane.open.commands, lane.open.ms));
    lane.open = { from: lane.session.commands, commands: 0, ms: 0 };
  }

  #resize(steps: number, shortestMs: number, togetherMs: number): void {
    const targetMs = (STEPS_PER_BATCH * this.#clock.stepUs * 1.25) / 1000;
    if (shortestMs < targetMs && togetherMs < 4 * SLICE_MS) this.#sliceSteps = Math.min(steps * 2, 100_000);
    else if (shortestMs > 2 * targetMs || togetherMs > 4 * SLICE_MS)
      this.#sliceSteps = Math.max(1, Math.ceil(steps / 2));
  }
}

function openLane(contender: Contender, request: RunRequest, level: Level, bytes: Uint8Array | undefined): Lane {
  const { manifest, create, strategy } = contender;
  const { profile, seed, orders, latencyNs } = request;
  const recording = recordedFile(request, bytes);
  const asked = recording === undefined ? levelOfMarket(profile) : "full";
  if (!meetsLevel(manifest.level, asked)) {
    const market = recording === undefined ? `The market "${profile}"` : "A recorded market";
    throw new Error(`${market} needs more than level ${manifest.level}, which is all that ${manifest.name} meets.`);
  }
  return {
    contender,
    session: new Session({
      engine: create(),
      door: manifest.door,
      strategy,
      profile,
      recording,
      seed,
      orders,
      latencyNs,
      level,
    }),
    hash: new EventHash(),
    events: 0,
    ms: 0,
    open: { from: 0, commands: 0, ms: 0 },
    finished: [],
    batches: [],
  };
}

function recordedFile({ recording }: RunRequest, bytes: Uint8Array | undefined): RecordedFile | undefined {
  if (recording === undefined) return undefined;
  if (bytes === undefined)
    throw new Error("The request tells of a recorded market, but its file did not come with it.");
  return { ...recording, bytes };
}

function accountPoint(session: Session): AccountPoint {
  const { commands, profit, account, timeNs } = session;
  return { commands, profit, inventory: account.inventory, timeNs };
}

/** A stretch that was timed as one; none where nothing was executed. */
function wholeRun(commands: number, ms: number): ServedBatch[] {
  return commands > 0 ? [{ commands, serviceNs: (ms * 1e6) / commands }] : [];
}

function engineReport(lane: Lane): EngineReport {
  const { commands } = lane.session;
  return {
    engine: lane.contender.manifest.name,
    commands,
    events: lane.events,
    ms: lane.ms,
    perSecond: lane.ms > 0 ? (commands * 1000) / lane.ms : 0,
    hash: lane.hash.value,
  };
}
