import type { Profile } from "../../../engines/flow/profiles.ts";
import { openingOf } from "../../../lab/measure/flow-contender.ts";
import { PLAN } from "../../../lab/measure/rounds.ts";

export { openingOf };

/** How much is measured. */
export interface BenchPlan {
  /** How often every subject is started anew, in a worker of its own; at least 2. */
  instances: number;
  /** Timed chunks of each subject in an instance. */
  rounds: number;
  /** Timed commands of a chunk. */
  chunk: number;
  /** Commands before a chunk that are not timed, at most. */
  mostLead: number;
  /** Commands of a `submit`. */
  batch: number;
  /** How long a subject warms up: at most so long where it gets no steadier. */
  warmUp: { leastMs: number; mostMs: number };
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
  /** Replays of it that a reader may take to warm up. */
  itchWarmUps: number;
}

const FULL: BenchPlan = {
  ...PLAN,
  chunk: 50_000,
  mostLead: 100_000,
  batch: 256,
  warmUp: { leastMs: 200, mostMs: 2000 },
  checked: 200_000,
  singles: 200_000,
  liveOrders: [1000, 10_000, 100_000, 1_000_000],
  liveOrdersInstances: 5,
  itchMessages: 500_000,
  itchChecked: 20_000,
  itchInstances: 5,
  itchWarmUps: 20,
};

/** Ends within a minute; its intervals are wider. */
const QUICK: BenchPlan = {
  ...FULL,
  instances: 3,
  rounds: 3,
  chunk: 15_000,
  mostLead: 10_000,
  warmUp: { leastMs: 60, mostMs: 400 },
  checked: 20_000,
  singles: 12_000,
  liveOrdersInstances: 1,
  itchMessages: 100_000,
  itchChecked: 5000,
  itchInstances: 2,
  itchWarmUps: 8,
};

export const PLANS = { full: FULL, quick: QUICK } as const;

/**
 * Commands before each chunk that are not timed: others have run since the last one, and the caches are theirs. Twice as many as
 * there are live orders touch most of a book.
 */
export function leadOf(plan: BenchPlan, profile: Profile): number {
  const book = profile.kind === "core" ? profile.liveOrders : profile.candidates;
  return Math.min(plan.mostLead, Math.max(Math.floor(plan.chunk / 5), 2 * book));
}
