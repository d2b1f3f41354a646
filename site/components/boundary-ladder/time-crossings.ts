import { Random } from "../../../engines/flow/random.ts";
import { type Contender, runRounds } from "../../../lab/measure/rounds.ts";
import { warmUp } from "../../../lab/measure/warm-up.ts";
import { type Crossing, ORDERS } from "./orders.ts";

/** Orders of one batch at most. */
const MOST_ORDERS = 1 << 22;
/** Batches that must last long enough, one after the other. */
const SURE = 3;
const WARM_UP = { mostBatches: 12, leastMs: 20, mostMs: 200 };

export interface TimedRung {
  name: string;
  /** Orders of a batch. */
  orders: number;
  /** A batch each, ns an order. */
  costsNs: number[];
}

export interface TimingPlan {
  /** Of each crossing. */
  batches: number;
  /** How long a batch lasts at least, ms. */
  batchMs: number;
  seed: number;
  /** A clock, in ms. */
  now(): number;
  /** Called when one more of all batches and warm-ups is done. @param share 0 … 1 */
  onProgress(share: number): void;
}

/** @throws Error where the other side took something else than what was sent: a wrong crossing is never timed */
export async function verifyCrossing(name: string, crossing: Crossing): Promise<void> {
  await crossing.begin?.();
  crossing.total();
  await crossing.send(ORDERS);
  const total = crossing.total();
  await crossing.end?.();
  if (total !== crossing.expected) {
    throw new Error(`${name}: the other side took ${total}, not ${crossing.expected}; it is not timed`);
  }
}

/** Verifies each crossing, finds how many orders make a batch long enough, and times all in turn, shuffled. */
export async function timeCrossings(crossings: Record<string, Crossing>, plan: TimingPlan): Promise<TimedRung[]> {
  const entries = Object.entries(crossings);
  const parts = entries.length + plan.batches;
  const sizes: number[] = [];
  const create = async (): Promise<Contender[]> => {
    const contenders: Contender[] = [];
    for (const [name, crossing] of entries) {
      await verifyCrossing(name, crossing);
      let orders = await batchSize(crossing, crossing.batch ?? 1, plan);
      const run = async () => ((await timeBatch(crossing, orders, plan.now)) * 1e6) / orders;
      await warmUp(run, { ...WARM_UP, now: plan.now });
      // What was long enough for cold code may be short for warm code.
      orders = await batchSize(crossing, orders, plan);
      sizes.push(orders);
      contenders.push({ run });
      plan.onProgress(sizes.length / parts);
    }
    return contenders;
  };
  const onRound = (_: number, round: number): void => plan.onProgress((entries.length + round) / parts);
  const costs = await runRounds({ instances: 1, rounds: plan.batches }, { create, onRound }, new Random(plan.seed));
  return entries.map(([name], index) => ({
    name,
    orders: sizes[index],
    costsNs: costs[0].map((round) => round[index]),
  }));
}

async function timeBatch(crossing: Crossing, orders: number, now: () => number): Promise<number> {
  await crossing.begin?.();
  const begin = now();
  const sent = crossing.send(orders);
  if (sent !== undefined) await sent;
  const ms = now() - begin;
  await crossing.end?.();
  return ms;
}

/** So many orders that a batch lasts long enough: doubled until it does several times over, since one may have been disturbed. */
async function batchSize(crossing: Crossing, first: number, { batchMs, now }: TimingPlan): Promise<number> {
  let orders = first;
  for (let long = 0; long < SURE && orders < MOST_ORDERS; ) {
    if ((await timeBatch(crossing, orders, now)) >= batchMs) long++;
    else {
      orders *= 2;
      long = 0;
    }
  }
  return orders;
}
