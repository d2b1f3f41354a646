/** What a call costs whatever is in it, and what each order in it costs besides, ns. */
export interface BatchCost {
  fixedNs: number;
  orderNs: number;
}

/** Orders of a call, and what each of them cost there, ns. */
export interface BatchPoint {
  batch: number;
  orderNs: number;
}

/**
 * The cost that lies nearest to what was measured: an order costs `orderNs + fixedNs / batch`, a line over 1 / batch, by least squares.
 * Neither part is below 0.
 *
 * @param points of two sizes at least
 */
export function fitBatchCost(points: readonly BatchPoint[]): BatchCost {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const shares = points.map(({ batch }) => 1 / batch);
  const costs = points.map(({ orderNs }) => orderNs);
  const [share, cost] = [mean(shares), mean(costs)];
  const above = shares.reduce((sum, each, index) => sum + (each - share) * (costs[index] - cost), 0);
  const below = shares.reduce((sum, each) => sum + (each - share) ** 2, 0);
  const fixedNs = Math.max(0, above / below);
  return { fixedNs, orderNs: Math.max(0, cost - fixedNs * share) };
}

/** Orders a second that batches of that size can take. */
export function throughput({ fixedNs, orderNs }: BatchCost, batch: number): number {
  return (batch * 1e9) / (fixedNs + batch * orderNs);
}

/** How long an order takes on average from its arrival until its batch is done, and of what that is made up; all ns. */
export interface BatchWait {
  /** Until its batch is full: half of the time in which the others arrive. */
  fillNs: number;
  /** Until the core is free; infinite where more arrives than it can take. */
  queueNs: number;
  /** The call. */
  callNs: number;
  totalNs: number;
  /** Share of the time in which the core works, from 0. */
  load: number;
}

/**
 * Orders arrive as a Poisson process; each `batch` of them goes in as one call. The fill is (batch − 1) / (2 · rate). Then batches are a
 * queue with one server and a fixed service: Kingman's formula, with the arrivals' variation 1 / batch, since a batch's gap is a sum of
 * `batch` gaps, and the service's 0 (J. F. C. Kingman, "The single server queue in heavy traffic", 1961). Exact for nothing but close,
 * and `batch-cost.test.ts` holds it to a simulation.
 *
 * @param ratePerSecond orders that arrive, above 0
 */
export function batchWait(cost: BatchCost, batch: number, ratePerSecond: number): BatchWait {
  const fillNs = ((batch - 1) * 1e9) / (2 * ratePerSecond);
  const callNs = cost.fixedNs + batch * cost.orderNs;
  const load = ratePerSecond / throughput(cost, batch);
  const queueNs = load < 1 ? (load / (1 - load)) * (callNs / (2 * batch)) : Number.POSITIVE_INFINITY;
  return { fillNs, queueNs, callNs, totalNs: fillNs + queueNs + callNs, load };
}

/** The size of those offered at which an order waits least; undefined where the core falls behind at each. */
export function bestBatch(cost: BatchCost, sizes: readonly number[], ratePerSecond: number): number | undefined {
  let best: number | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const size of sizes) {
    const { totalNs } = batchWait(cost, size, ratePerSecond);
    if (totalNs < least) [best, least] = [size, totalNs];
  }
  return best;
}
