// Every percentile is right, and a day of trading needs a larger machine.

export interface Histogram {
  sorted: number[];
}

export function record(latenciesNs: number[]): Histogram {
  return { sorted: [...latenciesNs].sort((a, b) => a - b) };
}

export function percentiles({ sorted }: Histogram, ps: number[]): (number | null)[] {
  return ps.map((p) => sorted[Math.max(1, Math.ceil((p / 100) * sorted.length)) - 1] ?? null);
}

export function merge(a: Histogram, b: Histogram): Histogram {
  return { sorted: [...a.sorted, ...b.sorted].sort((x, y) => x - y) };
}
