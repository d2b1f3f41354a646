import { expect, test } from "vitest";
import type { Analytics } from "../../../lab/sandbox/protocol.ts";
import { analyticsRows } from "./analytics-rows.ts";

const analytics: Analytics = {
  timeNs: 1e9,
  latencyNs: 0,
  profit: { total: 40.5, spread: 60, inventory: -15, fees: 4.5 },
  maxDrawdown: 12,
  inventory: { end: -3, largest: 30, meanSize: 7.25 },
  orders: { sent: 100, filled: 40 },
  lots: { sent: 1000, filled: 250, maker: 200, taker: 50 },
  fillRatio: 0.25,
  queue: { aheadLots: 120, aheadOfFilledLots: 80, waitNs: 2e6 },
  markOuts: [
    { horizonNs: 1e6, role: "maker", lots: 200, effectiveTicks: 1, realizedTicks: 0.25, impactTicks: 0.75 },
    { horizonNs: 1e6, role: "taker", lots: 0, effectiveTicks: 0, realizedTicks: 0, impactTicks: 0 },
  ],
};
const value = (name: string) => analyticsRows(analytics).find((row) => row.name === name)?.value;

test("the parts of the profit stand under its total, with their signs", () => {
  expect(value("Profit, total")).toBe("40.5 ticks × lots");
  expect(value("from the spread")).toBe("60 ticks × lots");
  expect(value("from inventory")).toBe("-15 ticks × lots");
  expect(value("fees")).toBe("4.5 ticks × lots");
});

test("adverse selection is named where a maker lost to the move, and nothing is told of no fills", () => {
  const [maker, taker] = analyticsRows(analytics).slice(-2);
  expect(maker).toMatchObject({ value: "0.75 ticks a lot", about: expect.stringContaining("adverse selection") });
  expect(taker.value).toBe("–");
});

test("shares are per cent of what was sent", () => {
  expect(value("Fill ratio")).toBe("25%");
});
