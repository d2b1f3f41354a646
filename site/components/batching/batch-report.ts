import { rate, time } from "../lab/numbers.ts";
import type { BatchCost } from "./batch-cost.ts";

/** Of all batches that were timed, ns a command. */
export interface CostSpread {
  low: number;
  median: number;
  high: number;
}

export interface Measured {
  /** The plain engine, an object a call. */
  plain: CostSpread;
  /** The ported one, by the commands of a `submit`. */
  submits: (CostSpread & { batch: number })[];
  cost: BatchCost;
  stepMs: number;
}

/** The workbook's targets, ns an order at most and orders a second at least. */
export const TARGETS = {
  before: { orderNs: 1_000_000, perSecond: 10_000, text: "before: 100 to 1,000 µs, 10,000 to 100,000 a second" },
  after: { orderNs: 10_000, perSecond: 1_000_000, text: "after: 1 to 10 µs, 1,000,000 a second or more" },
} as const;

/** Whether a cost beats a target's two parts. */
export function beats(costNs: number, target: { orderNs: number; perSecond: number }): boolean {
  return costNs <= target.orderNs && 1e9 / costNs >= target.perSecond;
}

/** What was measured beside the target after the port, as a table, the first row its head. */
export function targetRows({ plain, submits }: Measured): string[][] {
  const row = (what: string, { low, median, high }: CostSpread): string[] => [
    what,
    `${time(median)} (${time(low)} – ${time(high)})`,
    rate(1e9 / median),
    beats(median, TARGETS.after) ? "beaten" : "not beaten",
  ];
  return [
    ["On this machine", "An order", "Orders a second", "1 to 10 µs and 1 M a second"],
    row("Plain TypeScript, an object each", plain),
    ...submits.map((found) => row(`Rust in Wasm, submit of ${found.batch}`, found)),
  ];
}
