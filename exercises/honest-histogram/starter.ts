/**
 * A first attempt, as many monitoring scripts have it: buckets of 10 µs, and everything slower in the last one.
 * It runs, it draws a nice picture, and it lies. Make it honest; change anything you like but the three signatures.
 */

/** What `record` gives and the others take: plain data, of whatever shape you choose. */
export interface Histogram {
  counts: number[];
}

const BUCKET_NS = 10_000;
const BUCKETS = 100;

/** Counts a run's latencies, each a whole number of nanoseconds from 0 to 10,000,000,000 (10 s). */
export function record(latenciesNs: number[]): Histogram {
  const counts = new Array<number>(BUCKETS).fill(0);
  for (const ns of latenciesNs) {
    const bucket = Math.min(Math.floor(ns / BUCKET_NS), BUCKETS - 1);
    counts[bucket]++;
  }
  return { counts };
}

/** The latency (ns) at each percentile `p`, 0 … 100; null where nothing was recorded. */
export function percentiles(histogram: Histogram, ps: number[]): (number | null)[] {
  let total = 0;
  for (const count of histogram.counts) total += count;

  return ps.map((p) => {
    const rank = Math.max(1, Math.ceil((p / 100) * total));
    let seen = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      seen += histogram.counts[bucket];
      if (seen >= rank) return bucket * BUCKET_NS;
    }
    return 0;
  });
}

/** One histogram of two runs. */
export function merge(a: Histogram, b: Histogram): Histogram {
  const counts = a.counts.map((count, bucket) => (count + b.counts[bucket]) / 2);
  return { counts };
}
