/** Latencies of a run as it was reported. Make `mergedPercentiles` right: it averages what can't be averaged. */
export interface Run {
  /** Upper ends of the buckets, ns, included; ascending. */
  bounds: number[];
  /** How many latencies each bucket holds. */
  counts: number[];
}

/** Where a percentile must lie, ns, both included. */
export interface Range {
  low: number;
  high: number;
}

/** The range of each percentile `p`, 0 … 100, of all runs together; null where nothing was counted. */
export function mergedPercentiles(runs: Run[], ps: number[]): (Range | null)[] {
  return ps.map((p) => {
    const own = runs.map((run) => percentile(run, p));
    const mean = own.reduce((sum, ns) => sum + ns, 0) / own.length;
    return { low: mean, high: mean };
  });
}

function percentile({ bounds, counts }: Run, p: number): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let seen = 0;
  for (let bucket = 0; bucket < counts.length; bucket++) {
    seen += counts[bucket];
    if (seen >= (p / 100) * total) return bounds[bucket];
  }
  return 0;
}
