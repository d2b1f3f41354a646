import type { AccountPoint, Batch } from "../../../lab/sandbox/protocol.ts";
import { batchMeanNs } from "./run-model.ts";

export interface Point {
  x: number;
  y: number;
}

/** More than a chart has pixels for. */
const MOST_POINTS = 400;

/** Each batch as commands executed before it, and its mean in ns; neighbours are merged where there are too many to see. */
export function latencyPoints(batches: readonly Batch[], most = MOST_POINTS): Point[] {
  const size = Math.max(1, Math.ceil(batches.length / most));
  const points: Point[] = [];
  for (let start = 0; start < batches.length; start += size) {
    const group = batches.slice(start, start + size);
    const commands = group.reduce((sum, batch) => sum + batch.commands, 0);
    const ms = group.reduce((sum, batch) => sum + batch.ms, 0);
    points.push({ x: group[0].from, y: batchMeanNs({ from: 0, commands, ms }) });
  }
  return points;
}

/** Buckets in each doubling. */
const BUCKETS_PER_OCTAVE = 8;

/**
 * Counts of batches by their mean, in buckets of equal width on a log axis. A point stands at its bucket's lower end, and
 * a last one of 0 closes the curve.
 */
export function histogramPoints(batches: readonly Batch[]): Point[] {
  if (batches.length === 0) return [];
  const buckets = batches.map((batch) => Math.floor(Math.log2(batchMeanNs(batch)) * BUCKETS_PER_OCTAVE));
  const counts = new Map<number, number>();
  for (const bucket of buckets) counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  const lowest = buckets.reduce((low, bucket) => Math.min(low, bucket));
  const highest = buckets.reduce((high, bucket) => Math.max(high, bucket));
  const points: Point[] = [];
  for (let bucket = lowest - 1; bucket <= highest + 1; bucket++) {
    points.push({ x: 2 ** (bucket / BUCKETS_PER_OCTAVE), y: counts.get(bucket) ?? 0 });
  }
  return points;
}

/** Profit after so many commands; every n-th point where there are too many to see, and always the last. */
export function profitPoints(account: readonly AccountPoint[], most = MOST_POINTS): Point[] {
  const step = Math.max(1, Math.ceil(account.length / most));
  return account
    .filter((_, index) => index % step === 0 || index === account.length - 1)
    .map(({ commands, profit }) => ({ x: commands, y: profit }));
}
