export interface Run {
  bounds: number[];
  counts: number[];
}

export interface Range {
  low: number;
  high: number;
}

/** A bucket's two ends, and how many latencies lie between them. */
interface Bucket extends Range {
  count: number;
}

export function mergedPercentiles(runs: Run[], ps: number[]): (Range | null)[] {
  const buckets = runs.flatMap(bucketsOf);
  const total = buckets.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return ps.map(() => null);
  // The k-th smallest of all is least where each latency lies at the low end of its bucket, and most where each lies at the
  // high end: two orders of the same buckets, each with its own k-th.
  const byLow = buckets.toSorted((a, b) => a.low - b.low);
  const byHigh = buckets.toSorted((a, b) => a.high - b.high);
  return ps.map((p) => {
    const rank = Math.max(1, Math.ceil((p / 100) * total));
    return { low: at(byLow, rank).low, high: at(byHigh, rank).high };
  });
}

function bucketsOf({ bounds, counts }: Run): Bucket[] {
  return counts.map((count, index) => ({ low: index === 0 ? 0 : bounds[index - 1] + 1, high: bounds[index], count }));
}

/** The bucket that holds the latency of that rank, from 1. */
function at(sorted: Bucket[], rank: number): Bucket {
  let seen = 0;
  for (const bucket of sorted) {
    seen += bucket.count;
    if (seen >= rank) return bucket;
  }
  return sorted[sorted.length - 1];
}
