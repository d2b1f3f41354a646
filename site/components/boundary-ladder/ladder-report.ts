import { median } from "../../../lab/measure/statistics.ts";
import { RUNGS } from "./catalogue.ts";
import type { LadderPart } from "./ladder-messages.ts";

/** What an order costs on one rung, ns: of all batches the lowest, the middle and the highest. */
export interface RungCost {
  name: string;
  low: number;
  median: number;
  high: number;
  /** Orders of a batch, in each instance. */
  orders: number[];
  batches: number;
}

export interface LadderReport {
  rungs: RungCost[];
  /** Names of those that could not be measured here. */
  leftOut: string[];
  /** The coarsest of the instances, ms. */
  stepMs: number;
  batchMs: number;
  isolated: boolean;
}

/** Puts what the instances found together. */
export function ladderReport(parts: readonly LadderPart[]): LadderReport {
  const rungs = RUNGS.flatMap(({ name }) => {
    const found = parts.flatMap(({ rungs }) => rungs.filter((rung) => rung.name === name));
    const costs = found.flatMap(({ costsNs }) => costsNs);
    if (costs.length === 0) return [];
    const orders = found.map((rung) => rung.orders);
    const [low, high] = [Math.min(...costs), Math.max(...costs)];
    return [{ name, low, median: median(costs), high, orders, batches: costs.length }];
  });
  const measured = new Set(rungs.map(({ name }) => name));
  return {
    rungs,
    leftOut: RUNGS.map(({ name }) => name).filter((name) => !measured.has(name)),
    stepMs: Math.max(...parts.map(({ stepMs }) => stepMs)),
    batchMs: Math.max(...parts.map(({ batchMs }) => batchMs)),
    isolated: parts.every(({ isolated }) => isolated),
  };
}

/** The axis: 0.1 ns to 1 ms. */
const LOWEST_NS = 0.1;
const DECADES = 7;

/** Where a cost stands on the axis, 0 … 1. */
export function placeOnAxis(ns: number): number {
  return Math.min(1, Math.max(0, Math.log10(ns / LOWEST_NS) / DECADES));
}
