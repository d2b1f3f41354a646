import { median } from "./statistics.ts";

/** Batches whose medians are compared. */
const WINDOW = 3;
/** Steady is where the last batches are not more than that share below those before them. */
const TOLERANCE = 0.05;

/**
 * Runs batches until they get no cheaper: compiled code replaces interpreted code in steps, which is seen in the data.
 *
 * @param run one batch, which returns its cost
 * @param mostBatches where it ends, steady or not; at least 1
 * @returns whether it was steady, after how many batches
 */
export async function warmUp(
  run: () => number | Promise<number>,
  mostBatches: number,
): Promise<{ steady: boolean; batches: number }> {
  const costs: number[] = [];
  while (costs.length < mostBatches) {
    costs.push(await run());
    if (isSteady(costs)) return { steady: true, batches: costs.length };
  }
  return { steady: false, batches: costs.length };
}

/** Whether the last batches cost as much as those before them. */
export function isSteady(costs: readonly number[]): boolean {
  if (costs.length < 2 * WINDOW) return false;
  const before = median(costs.slice(-2 * WINDOW, -WINDOW));
  const last = median(costs.slice(-WINDOW));
  return last >= before * (1 - TOLERANCE);
}
