import type { Random } from "../../engines/flow/random.ts";
import { compareContenders, instanceRatio, PLAN, runRounds, typicalCost } from "./rounds.ts";
import { median } from "./statistics.ts";
import type { Comparison } from "./verdict.ts";
import { warmUp } from "./warm-up.ts";

/** A batch lasts so many steps of the clock, so that a step is at most 0.5% of it. */
export const STEPS_OF_A_BATCH = 200;
/** However fine the clock is: what disturbs a machine for microseconds should be a small part of a batch. */
const SHORTEST_BATCH_MS = 1;
/** Warm code may be that much slower in its sizing batch than in a round; a batch is made longer by it. */
const MARGIN = 1.25;
/** Units of a contender's first batch. */
const FIRST_UNITS = 64;
/** How much longer the next batch may be than the last: a first batch of cold code says little. */
const MOST_GROWTH = 8;

/** Fresh code of one of the two that are compared, as one instance of it. */
export interface DuelContender {
  /**
   * Runs so many units of its work in one stretch. A unit is what both do the same of, such as a command or a call.
   *
   * @returns how long the stretch took, ms, by the clock that the plan tells of
   */
  run(units: number): number | Promise<number>;
  /** Called when it is warm, just before the rounds: both begin them with the same state. */
  begin?(): void | Promise<void>;
  /** Called after the rounds: what its work came to. Both must give the same. */
  outcome?(): string | Promise<string>;
}

export interface DuelPlan {
  /** How often both are made anew, at least 2. */
  instances: number;
  /** Pairs of batches in each instance. */
  rounds: number;
  /** Smallest step of the clock that the contenders read, ms: `measureClockStep` gives it. */
  stepMs: number;
  /** How long each warms up; it ends earlier than `mostMs` where its batches get no cheaper. */
  warmUp: { leastMs: number; mostMs: number };
}

/** The plan for a clock of that step: 12 instances of 7 pairs. @param stepMs ms */
export function duelPlan(stepMs: number): DuelPlan {
  return { ...PLAN, stepMs, warmUp: { leastMs: 100, mostMs: 2000 } };
}

export interface DuelHost {
  /** Makes fresh code of both: in a worker of its own, or as modules that are imported anew. */
  create(instance: number): Promise<readonly [baseline: DuelContender, subject: DuelContender]>;
  /** Called when an instance is over, also where something threw. */
  dispose?(instance: number): Promise<void>;
  /** Called when an instance is over. @param ratios of the instances so far */
  onInstance?(ratios: readonly number[]): void;
  /** A clock, in ms, for the length of the warm-up. */
  now(): number;
  /** Ends the duel before its next batch. */
  signal?: AbortSignal;
}

/** How many times as fast the subject was as the baseline, and how that was found. */
export interface DuelResult extends Comparison {
  /** Each instance's median ratio, in their order. */
  ratios: number[];
  /** Median cost of a unit, ns: of the baseline, of the subject. */
  costNs: [baseline: number, subject: number];
  /** Units of a batch in the last instance. */
  units: number;
  /** Median length of a batch, ms. */
  batchMs: number;
  /** Shortest batch of all rounds, ms. */
  shortestBatchMs: number;
  /** Batches of both until they were warm, in all instances. */
  warmUpBatches: number;
  /** Warm-ups that ended unsteady, of two in each instance. */
  unsteady: number;
}

/** The two of a duel came to different outcomes, so nothing was compared. */
export class DifferentOutcome extends Error {
  override name = "DifferentOutcome";
}

/**
 * Compares two things: in each instance both are made anew and warm up until they are seen to be steady; then in each round both
 * run a batch of the same work, in an order drawn anew. `METHOD.md` says why.
 *
 * @throws DifferentOutcome where the two came to something different @throws the signal's reason where it came
 */
export async function runDuel(plan: DuelPlan, host: DuelHost, random: Random): Promise<DuelResult> {
  const measured: Measured = { units: FIRST_UNITS, batchesMs: [], warmUpBatches: 0, unsteady: 0 };
  const ratios: number[] = [];
  let pair: readonly DuelContender[] = [];
  const costs = await runRounds(
    plan,
    {
      create: async (instance) => {
        pair = await host.create(instance);
        // Both in turn, and the second with what the first needed: a batch of either is long enough.
        for (const contender of pair) await makeReady(contender, plan, host, measured);
        for (const contender of pair) await contender.begin?.();
        return pair.map((contender) => ({ run: () => timedBatch(contender, plan, host, measured) }));
      },
      finish: async (_instance, rounds) => {
        await compareOutcomes(pair);
        ratios.push(instanceRatio(rounds, 0, 1));
        host.onInstance?.(ratios);
      },
      dispose: async (instance) => host.dispose?.(instance),
    },
    random,
  );
  return {
    ...compareContenders(costs, 0, 1),
    ratios,
    costNs: [typicalCost(costs, 0), typicalCost(costs, 1)],
    units: measured.units,
    batchMs: median(measured.batchesMs),
    shortestBatchMs: Math.min(...measured.batchesMs),
    warmUpBatches: measured.warmUpBatches,
    unsteady: measured.unsteady,
  };
}

interface Measured {
  units: number;
  batchesMs: number[];
  warmUpBatches: number;
  unsteady: number;
}

/** Runs batches until they are long enough, then until they get no cheaper, then again until they are long enough. */
async function makeReady(contender: DuelContender, plan: DuelPlan, host: DuelHost, measured: Measured): Promise<void> {
  const enoughMs = Math.max(STEPS_OF_A_BATCH * plan.stepMs, SHORTEST_BATCH_MS) * MARGIN;
  const batch = async (): Promise<number> => {
    host.signal?.throwIfAborted();
    measured.warmUpBatches++;
    return contender.run(measured.units);
  };
  const lengthen = async (): Promise<void> => {
    for (let ms = await batch(); ms < enoughMs; ms = await batch()) {
      const growth = ms > 0 ? (enoughMs * MARGIN) / ms : MOST_GROWTH;
      measured.units = Math.ceil(measured.units * Math.min(MOST_GROWTH, growth));
    }
  };
  await lengthen();
  const limits = { mostBatches: Number.POSITIVE_INFINITY, now: host.now, ...plan.warmUp };
  const { steady } = await warmUp(async () => (await batch()) / measured.units, limits);
  if (!steady) measured.unsteady++;
  await lengthen();
}

/** @returns ns a unit */
async function timedBatch(
  contender: DuelContender,
  { stepMs }: DuelPlan,
  host: DuelHost,
  measured: Measured,
): Promise<number> {
  host.signal?.throwIfAborted();
  const ms = await contender.run(measured.units);
  measured.batchesMs.push(ms);
  // A batch in which the clock stood still took less than a step, not nothing.
  return (Math.max(ms, stepMs) * 1e6) / measured.units;
}

async function compareOutcomes(pair: readonly DuelContender[]): Promise<void> {
  const [baseline, subject] = [await pair[0].outcome?.(), await pair[1].outcome?.()];
  if (baseline === subject) return;
  throw new DifferentOutcome(
    "The two did not come to the same, so nothing was compared: a wrong answer is not timed. Run the tests in engines/conformance.",
  );
}
