import { expect, test } from "vitest";
import type { Span } from "../../../lab/measure/spans.ts";
import { costRows, partRows, sharesOf } from "./flame-tables.ts";

/** 100 ms: 30 decode, 20 match, and 50 strategy, of which 10 are match again. */
const spans: Span[] = [
  { name: "burst", begin: 0, end: 100, depth: 0 },
  { name: "decode", begin: 0, end: 30, depth: 1 },
  { name: "message", begin: 0, end: 29, depth: 2 },
  { name: "match", begin: 30, end: 50, depth: 1 },
  { name: "strategy", begin: 50, end: 100, depth: 1 },
  { name: "match", begin: 60, end: 70, depth: 2 },
];
const report = {
  spans,
  dropped: 0,
  totalMs: 100,
  runs: 1,
  messages: 1000,
  clock: { stepUs: 5, isolated: true },
  costs: [],
};

test("the share of a part is the same wherever it was called from, and no time counts twice", () => {
  const shares = sharesOf(spans);
  expect(shares).toEqual([
    { name: "strategy", share: 0.4 },
    { name: "decode", share: 0.3 },
    { name: "match", share: 0.3 },
  ]);
  expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
});

test("the table has a row for each part, its share and its time a message", () => {
  const [, burst, decode] = partRows(report);
  expect(burst).toEqual(["burst", "1", "100\u00a0ms", "100%", "0.0%", "100\u00a0µs"]);
  expect(decode.slice(3)).toEqual(["30%", "1.0%", "30\u00a0µs"]);
});

test("a cost is told only where its range leaves no doubt", () => {
  const cost = (low: number, high: number) => costRows([{ what: "", ratio: 1, low, high }])[1][3];
  expect([cost(1.05, 1.2), cost(0.97, 1.03), cost(0.9, 0.95), cost(0.99, 1.01)]).toEqual([
    "they cost something",
    "not resolved",
    "noise: no span makes a run shorter",
    "too little to count",
  ]);
});
