import { PLAN } from "../../../lab/measure/rounds.ts";

/** How much is measured. */
export interface BenchPlan {
  /** How often every subject is started anew, in a worker of its own; at least 2. */
  instances: number;
  /** Timed chunks of each subject in an instance. */
  rounds: number;
  /** Commands of a chunk. */
  chunk: number;
  /** Commands of a `submit`. */
  batch: number;
  /** Chunks that a subject may take to warm up. */
  mostWarmUps: number;
  /** Commands whose events are compared with the oracle's, besides the book at the end of each instance. */
  checked: number;
  /** Commands that are timed one by one. */
  singles: number;
  /** Live orders at which the cost of a command is measured. */
  liveOrders: readonly number[];
  /** Instances for those. */
  liveOrdersInstances: number;
  /** Messages of the ITCH day, how many have their events compared with the oracle's, and the instances for it. */
  itchMessages: number;
  itchChecked: number;
  itchInstances: number;
}

const FULL: BenchPlan = {
  ...PLAN,
  chunk: 50_000,
  batch: 256,
  mostWarmUps: 20,
  checked: 200_000,
  singles: 200_000,
  liveOrders: [1000, 10_000, 100_000, 1_000_000],
  liveOrdersInstances: 5,
  itchMessages: 500_000,
  itchChecked: 20_000,
  itchInstances: 5,
};

/** Ends within a minute; its intervals are wider. */
const QUICK: BenchPlan = {
  ...FULL,
  instances: 3,
  rounds: 5,
  chunk: 20_000,
  mostWarmUps: 8,
  checked: 50_000,
  singles: 40_000,
  liveOrdersInstances: 1,
  itchMessages: 100_000,
  itchChecked: 5000,
  itchInstances: 2,
};

export const PLANS = { full: FULL, quick: QUICK } as const;
