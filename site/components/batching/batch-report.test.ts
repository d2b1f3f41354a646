import { expect, test } from "vitest";
import { beats, type Measured, TARGETS, targetRows } from "./batch-report.ts";

test("a target is beaten where an order is fast enough, and so many fit into a second", () => {
  expect(beats(900, TARGETS.after)).toBe(true);
  // Ten microseconds meet the first part of the target and not the second.
  expect(beats(10_000, TARGETS.after)).toBe(false);
  expect(beats(50_000, TARGETS.before)).toBe(true);
});

test("each way has its row, with what became of the target", () => {
  const of = (median: number) => ({ low: median / 2, median, high: median * 2 });
  const measured: Measured = {
    plain: of(2000),
    submits: [{ batch: 64, ...of(50) }],
    cost: { fixedNs: 100, orderNs: 48 },
    stepMs: 0.005,
  };
  const [, plain, batched] = targetRows(measured);
  expect(plain).toEqual([
    "Plain TypeScript, an object each",
    "2\u00a0µs (1\u00a0µs – 4\u00a0µs)",
    "500\u00a0k",
    "not beaten",
  ]);
  expect(batched[0]).toBe("Rust in Wasm, submit of 64");
  expect(batched[3]).toBe("beaten");
});
