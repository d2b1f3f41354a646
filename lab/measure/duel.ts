import type { Random } from "../../engines/flow/random.ts";
import { compareContenders, instanceRatio, PLAN, runRounds, typicalCost } from "./rounds.ts";
import { median } from "./statistics.ts";
import type { Comparison } from "./verdict.ts";
import { warmUp } from "./warm-up.ts";

/** A batch lasts so many steps of the clock, so that a step is at most 0.5% of it. */
export const STEPS_OF_A_BATCH = 200;
/** However fine the clock is: a machine's short disturbances, and a young garbage's collection, should be a small part of a batch. */
const SHORTEST_BATCH_MS = 4;
/** A round may be that much shorter than the batch by which it was sized. */
const MARGIN = 1.25;
/** Units of a contender's first batch. */
const FIRST_UNITS = 64;
/** How much longer the next batch may be than the last: a first batch of cold code says little. */
const MOST_GROWTH = 8;

/** Fresh code of one of the two that are compared, as one instance of it. */
export interface DuelContender {
  /**
   * Runs so many units of its work in one stretch. A unit is what both do the same of, such as a command of the same flow or a call
   * with the same input. The faster of the two runs more of them in a batch.
   *
   * @returns how long the stretch took, ms, by the clock that the plan tells of
   */
  run(units: number): number | Promise<number>;
  /** Called when it is warm, just before the rounds: both begin them with the same state. */
  begin?(): void | Promise<void>;
  /** Called after the rounds: what its work came to, whatever number of units it ran. Both must give the same. */
  outcome?(): string | Promise<string>;
}

export interface DuelPlan {
  /** How often both are made anew, at least 2. */
  instances: number;
  /** Pairs of batches in each instance. */
  rounds: number;
  /** Smallest step of the clock that the contenders read, ms: `measureClockStep` gives it. */
  stepMs: number;
  /** Units of each one's first batch, 64 where left out: less where a unit is long. */
  firstUnits?: number;
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
  /** Units of a batch in the last instance: of the baseline, of the subject. */
  units: [baseline: number, subject: number];
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
  const lanes: [Lane, Lane] = [new Lane(plan, host), new Lane(plan, host)];
  const ratios: number[] = [];
  const costs = await runRounds(
    plan,
    {
      create: async (instance) => {
        const pair = await host.create(instance);
        for (const [place, lane] of lanes.entries()) await lane.makeReady(pair[place]);
        for (const contender of pair) await contender.begin?.();
        return lanes.map((lane) => ({ run: () => lane.timedBatch() }));
      },
      finish: async (_instance, rounds) => {
        await compareOutcomes(lanes.map(({ contender }) => contender));
        ratios.push(instanceRatio(rounds, 0, 1));
        host.onInstance?.(ratios);
      },
      dispose: async (instance) => host.dispose?.(instance),
    },
    random,
  );
  const batchesMs = lanes.flatMap((lane) => lane.batchesMs);
  return {
    ...compareContenders(costs, 0, 1),
    ratios,
    costNs: [typicalCost(costs, 0), typicalCost(costs, 1)],
    units: [lanes[0].units, lanes[1].units],
    batchMs: median(batchesMs),
    shortestBatchMs: Math.min(...batchesMs),
    warmUpBatches: lanes[0].warmUpBatches + lanes[1].warmUpBatches,
    unsteady: lanes[0].unsteady + lanes[1].unsteady,
  };
}

/** One of the two, over all instances. */
class Lane {
  readonly #plan: DuelPlan;
  readonly #host: DuelHost;
  contender: DuelContender | undefined;
  units: number;
  readonly batchesMs: number[] = [];
  warmUpBatches = 0;
  unsteady = 0;

  constructor(plan: DuelPlan, host: DuelHost) {
    this.#plan = plan;
    this.units = plan.firstUnits ?? FIRST_UNITS;
    this.#host = host;
  }

  /** Runs batches until they are long enough, then until they get no cheaper, then again until they are long enough. */
  async makeReady(contender: DuelContender): Promise<void> {
    this.contender = contender;
    await this.#lengthen();
    const limits = { mostBatches: Number.POSITIVE_INFINITY, now: this.#host.now, ...this.#plan.warmUp };
    const { steady } = await warmUp(async () => (await this.#warmUpBatch()) / this.units, limits);
    if (!steady) this.unsteady++;
    await this.#lengthen();
  }

  /** @returns ns a unit */
  async timedBatch(): Promise<number> {
    const ms = await this.#run();
    this.batchesMs.push(ms);
    // A batch in which the clock stood still took less than a step, not nothing.
    return (Math.max(ms, this.#plan.stepMs) * 1e6) / this.units;
  }

  async #lengthen(): Promise<void> {
    const enoughMs = Math.max(STEPS_OF_A_BATCH * this.#plan.stepMs, SHORTEST_BATCH_MS) * MARGIN;
    for (let ms = await this.#warmUpBatch(); ms < enoughMs; ms = await this.#warmUpBatch()) {
      const growth = ms > 0 ? (enoughMs * 1.1) / ms : MOST_GROWTH;
      this.units = Math.ceil(this.units * Math.min(MOST_GROWTH, growth));
    }
  }

  async #warmUpBatch(): Promise<number> {
    this.warmUpBatches++;
    return this.#run();
  }

  async #run(): Promise<number> {
    this.#host.signal?.throwIfAborted();
    return (this.contender as DuelContender).run(this.units);
  }
}

async function compareOutcomes(pair: readonly (DuelContender | undefined)[]): Promise<void> {
  const [baseline, subject] = [await pair[0]?.outcome?.(), await pair[1]?.outcome?.()];
  if (baseline === subject) return;
  throw new DifferentOutcome(
    "The two did not come to the same, so nothing was compared: a wrong answer is not timed. Run the tests in engines/conformance.",
  );
}
