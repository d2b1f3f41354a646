// 32 parts in each power of two: an error of 1/32.

export interface Histogram {
  counts: number[];
}

/** Buckets in each power of two; the error is at most one part in as many. */
const PARTS = 32;
/** Enough for 10 s: 2^34 ns is 17 s. */
const POWERS = 34;
const BUCKETS = (POWERS - Math.log2(PARTS) + 1) * PARTS;

function bucketOf(ns: number): number {
  // Halve until the value fits the exact part; each halving is one power of two up. Division, not `>>`: a shift works on
  // 32 bits, and 4.3 s no longer fits them.
  let scaled = ns;
  let halvings = 0;
  while (scaled >= 2 * PARTS) {
    scaled /= 2;
    halvings++;
  }
  return halvings * PARTS + Math.floor(scaled);
}

/** The smallest latency that falls into a bucket, ns. */
function startOf(bucket: number): number {
  if (bucket < 2 * PARTS) return bucket;
  const halvings = Math.floor(bucket / PARTS) - 1;
  return (bucket - halvings * PARTS) * 2 ** halvings;
}

export function record(latenciesNs: number[]): Histogram {
  const counts = new Array<number>(BUCKETS).fill(0);
  for (const ns of latenciesNs) counts[bucketOf(ns)]++;
  return { counts };
}

export function percentiles(histogram: Histogram, ps: number[]): (number | null)[] {
  const total = histogram.counts.reduce((sum, count) => sum + count, 0);
  return ps.map((p) => {
    if (total === 0) return null;
    const rank = Math.max(1, Math.ceil((p / 100) * total));
    let seen = 0;
    let bucket = -1;
    while (seen < rank) seen += histogram.counts[++bucket];
    return startOf(bucket);
  });
}

export function merge(a: Histogram, b: Histogram): Histogram {
  return { counts: a.counts.map((count, bucket) => count + b.counts[bucket]) };
}
