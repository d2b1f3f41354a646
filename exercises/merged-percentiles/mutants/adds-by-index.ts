// Caught by: runs with other buckets, a quiet run hides no stall, nothing has no percentile
// Adds the counts bucket by bucket, whatever the bounds are: right only where they are the same.

export interface Run {
  bounds: number[];
  counts: number[];
}

export interface Range {
  low: number;
  high: number;
}

export function mergedPercentiles(runs: Run[], ps: number[]): (Range | null)[] {
  const longest = runs.toSorted((a, b) => b.counts.length - a.counts.length)[0];
  const counts = longest.counts.map((_, index) => runs.reduce((sum, run) => sum + (run.counts[index] ?? 0), 0));
  const total = counts.reduce((sum, count) => sum + count, 0);
  return ps.map((p) => {
    if (total === 0) return null;
    const rank = Math.max(1, Math.ceil((p / 100) * total));
    let seen = 0;
    const index = counts.findIndex((count) => {
      seen += count;
      return seen >= rank;
    });
    return { low: index === 0 ? 0 : longest.bounds[index - 1] + 1, high: longest.bounds[index] };
  });
}
