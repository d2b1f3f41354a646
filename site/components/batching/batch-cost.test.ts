import { describe, expect, test } from "vitest";
import { poissonArrivals } from "../../../lab/market/queueing.ts";
import { type BatchCost, batchWait, bestBatch, fitBatchCost, throughput } from "./batch-cost.ts";

const COST: BatchCost = { fixedNs: 400, orderNs: 50 };

/** The mean from arrival to the end of the call, by running the queue. */
function simulatedNs({ fixedNs, orderNs }: BatchCost, batch: number, ratePerSecond: number): number {
  const arrivals = poissonArrivals(400_000 - (400_000 % batch), ratePerSecond, 5);
  const callNs = fixedNs + batch * orderNs;
  let [free, total] = [0, 0];
  for (let first = 0; first < arrivals.length; first += batch) {
    free = Math.max(free, arrivals[first + batch - 1]) + callNs;
    for (let order = first; order < first + batch; order++) total += free - arrivals[order];
  }
  return total / arrivals.length;
}

describe("the mean wait of an order in batches", () => {
  test.each([
    { batch: 1, load: 0.3 },
    { batch: 1, load: 0.9 },
    { batch: 8, load: 0.5 },
    { batch: 64, load: 0.2 },
    { batch: 64, load: 0.9 },
    { batch: 512, load: 0.7 },
  ])("is near a simulated one at batch $batch and load $load", ({ batch, load }) => {
    const rate = load * throughput(COST, batch);
    const { totalNs } = batchWait(COST, batch, rate);
    const simulated = simulatedNs(COST, batch, rate);
    expect(Math.abs(totalNs / simulated - 1)).toBeLessThan(0.1);
  });

  test("has no end where more arrives than the core can take", () => {
    expect(batchWait(COST, 1, 1.01 * throughput(COST, 1)).totalNs).toBe(Number.POSITIVE_INFINITY);
    expect(batchWait(COST, 64, 1.01 * throughput(COST, 1)).totalNs).toBeLessThan(Number.POSITIVE_INFINITY);
  });

  test("is least without batches where little arrives, and with some where much does", () => {
    const sizes = [1, 2, 4, 8, 16, 32, 64];
    expect(bestBatch(COST, sizes, 1000)).toBe(1);
    expect(bestBatch(COST, sizes, 1.5 * throughput(COST, 1))).toBeGreaterThan(1);
    expect(bestBatch(COST, sizes, 2e9 / COST.orderNs)).toBeUndefined();
  });
});

describe("the cost of a call and of an order", () => {
  test("is found from what batches cost", () => {
    const points = [1, 8, 64, 512].map((batch) => ({ batch, orderNs: 50 + 400 / batch }));
    const { fixedNs, orderNs } = fitBatchCost(points);
    expect(fixedNs).toBeCloseTo(400);
    expect(orderNs).toBeCloseTo(50);
  });

  test("is never below nothing, whatever noise says", () => {
    const rising = [1, 8, 64].map((batch) => ({ batch, orderNs: 20 + batch / 64 }));
    expect(fitBatchCost(rising).fixedNs).toBe(0);
  });
});
