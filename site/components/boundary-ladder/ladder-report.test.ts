import { expect, test } from "vitest";
import type { LadderPart } from "./ladder-messages.ts";
import { ladderReport, placeOnAxis } from "./ladder-report.ts";

const part = (costsNs: number[], isolated: boolean): LadderPart => ({
  stepMs: isolated ? 0.005 : 0.1,
  batchMs: isolated ? 2 : 20,
  isolated,
  rungs: [{ name: "json", orders: 64, costsNs }],
});

test("a rung's cost is the middle of all batches of all instances, with the lowest and the highest", () => {
  const { rungs, leftOut } = ladderReport([part([30, 10], true), part([20, 90, 15], true)]);
  expect(rungs).toEqual([{ name: "json", low: 10, median: 20, high: 90, orders: [64, 64], batches: 5 }]);
  expect(leftOut).toContain("ring-64");
  expect(leftOut).not.toContain("json");
});

test("the report is as coarse as its coarsest instance", () => {
  expect(ladderReport([part([1], true), part([1], false)])).toMatchObject({
    stepMs: 0.1,
    batchMs: 20,
    isolated: false,
  });
});

test("each decade is as wide as the next, and what is off the axis stands at its end", () => {
  expect(placeOnAxis(1)).toBeCloseTo(1 / 7);
  expect(placeOnAxis(1e6)).toBe(1);
  expect([placeOnAxis(0), placeOnAxis(0.01), placeOnAxis(1e9)]).toEqual([0, 0, 1]);
});
