import { median } from "./statistics.ts";

/** Batches whose medians are compared. */
const WINDOW = 3;
/** Steady is where the last batches are not more than that share below those before them. */
const TOLERANCE = 0.05;

/** How long a warm-up may be, whatever the costs say. */
export interface WarmUpLimits {
  /** At least 1. */
  mostBatches: number;
  /** A compiler works beside the code that it compiles, and short batches can look steady before it is done. Default 0. */
  leastMs?: number;
  /** Default: no limit. */
  mostMs?: number;
  /** A clock, in ms; where left out, no time passes. */
  now?(): number;
}

/**
 * Runs batches until they get no cheaper: compiled code replaces interpreted code in steps, which is seen in the data.
 *
 * @param run one batch, which returns its cost
 * @returns whether it was steady, after how many batches
 */
export async function warmUp(
  run: () => number | Promise<number>,
  { mostBatches, leastMs = 0, mostMs = Number.POSITIVE_INFINITY, now = () => 0 }: WarmUpLimits,
): Promise<{ steady: boolean; batches: number }> {
  const costs: number[] = [];
  const begin = now();
  do {
    costs.push(await run());
    if (now() - begin >= leastMs && isSteady(costs)) return { steady: true, batches: costs.length };
  } while (costs.length < mostBatches && now() - begin < mostMs);
  return { steady: false, batches: costs.length };
}

/** Whether the last batches cost as much as those before them. */
export function isSteady(costs: readonly number[]): boolean {
  if (costs.length < 2 * WINDOW) return false;
  const before = median(costs.slice(-2 * WINDOW, -WINDOW));
  const last = median(costs.slice(-WINDOW));
  return last >= before * (1 - TOLERANCE);
}
