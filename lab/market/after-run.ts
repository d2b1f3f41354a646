import type { CreateEngine, EngineManifest } from "../../engines/contract/engine.ts";
import type { Random } from "../../engines/flow/random.ts";
import { shuffled } from "../measure/rounds.ts";
import type { ClockReport, EngineReport, Spread } from "../sandbox/protocol.ts";
import { isFineEnough, measureQueueing, type ServedBatch, simulateQueueing } from "./queueing.ts";
import type { Recording } from "./recording.ts";
import { type OpenSingles, openSingles } from "./single-commands.ts";
import { timeTail } from "./tail.ts";
import { quantile, REPLAYS, Replay, type ReplayTime, splitTime } from "./time-split.ts";

/** A run that is over, whose events agree. */
export interface TimedRun {
  recording: Recording;
  clock: ClockReport;
  /** A clock, ms. */
  now(): number;
  /** Draws the order of the engines in each turn. */
  shuffle: Random;
  /** Of the arrivals, 0 … 2^32 − 1. */
  seed: number;
  engines: {
    door: EngineManifest["door"];
    create: CreateEngine;
    /** What the run took: strategy, boundary and engine together. */
    batches: readonly ServedBatch[];
  }[];
}

/** What is found of one engine when the run is over. */
export type TimedParts = Pick<EngineReport, "split" | "tail" | "queueing">;

/** Passes of each engine: the replays with the one that warms up, and one command by one, closed and open. */
const PASSES = REPLAYS + 2;

/**
 * Runs the recorded commands again, pass by pass, each on all engines in random order: to split the time, to see the tail of
 * single commands, and to see what waits in a queue. The last two take 2 s of an engine at most.
 *
 * @returns what was found of each engine, in their order; it yields the share that is done
 */
export function* timeParts(run: TimedRun): Generator<number, TimedParts[]> {
  const { recording, now, engines } = run;
  const replays = engines.map(({ door, create }) => new Replay(recording, door, create, now));
  const times: ReplayTime[][] = engines.map(() => []);
  for (let pass = 0; pass <= REPLAYS; pass++) {
    yield* eachInRandomOrder(run, pass, (engine) => {
      const time = replays[engine].run();
      if (pass > 0) times[engine].push(time);
    });
  }
  const found: TimedParts[] = engines.map(() => ({}));
  yield* eachInRandomOrder(run, REPLAYS + 1, (engine) => {
    const { door, create, batches } = engines[engine];
    found[engine] = {
      split: splitTime(paceOf(batches), times[engine]),
      ...timeSingles(run, openSingles(recording, door, create), batches),
    };
  });
  return found;
}

function* eachInRandomOrder({ engines, shuffle }: TimedRun, pass: number, visit: (engine: number) => void) {
  for (const [turn, engine] of shuffled(engines.length, shuffle).entries()) {
    visit(engine);
    yield (pass + (turn + 1) / engines.length) / PASSES;
  }
}

/** Nothing of a run in which nothing was executed. */
function timeSingles(
  { clock, now, seed }: TimedRun,
  open: OpenSingles,
  batches: readonly ServedBatch[],
): Pick<TimedParts, "tail" | "queueing"> {
  const singles = open();
  if (singles.count === 0) return {};
  const { tail, serviceNs } = timeTail(singles, clock, now);
  const isMeasured = isFineEnough(clock) && serviceNs > 0;
  const queueing = isMeasured ? measureQueueing(open(), serviceNs, clock, now, seed) : simulateQueueing(batches, seed);
  return queueing === undefined ? { tail } : { tail, queueing };
}

/** The run's own pace, ns a command: the median of its batches, with the 10th and the 90th percentile. */
function paceOf(batches: readonly ServedBatch[]): Spread {
  if (batches.length === 0) return { low: 0, median: 0, high: 0 };
  const sorted = batches.map(({ serviceNs }) => serviceNs).toSorted((a, b) => a - b);
  return { low: quantile(sorted, 0.1), median: quantile(sorted, 0.5), high: quantile(sorted, 0.9) };
}
