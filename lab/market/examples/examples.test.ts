import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test, vi } from "vitest";
import { withBinaryDoor } from "../../../engines/contract/binary-adapter.ts";
import type { CreateEngine } from "../../../engines/contract/engine.ts";
import { findEngine } from "../../../engines/registry.ts";
import { OrderBook } from "../../../engines/typescript/engine.ts";
import { prepareCode } from "../../sandbox/prepare.ts";
import type { Analytics } from "../../sandbox/protocol.ts";
import { Backtest } from "../backtest.ts";
import { Session } from "../session.ts";
import type { BookView, Strategy } from "../strategy.ts";
import DoNothing from "./do-nothing.ts";
import Imbalance from "./imbalance.ts";
import LogisticRegression from "./logistic-regression.ts";
import MeanReversion from "./mean-reversion.ts";
import Momentum from "./momentum.ts";
import TimeWeightedBuyer from "./twap.ts";

const examples: Record<string, new () => Strategy> = {
  "do-nothing": DoNothing,
  imbalance: Imbalance,
  "logistic-regression": LogisticRegression,
  "mean-reversion": MeanReversion,
  momentum: Momentum,
  twap: TimeWeightedBuyer,
};

interface Options {
  seed?: number;
  orders?: number;
  latencyNs?: number;
  create?: CreateEngine;
}

function run(strategy: Strategy, profile: string, options: Options = {}): Analytics {
  const { seed = 5, orders = 60_000, latencyNs, create = () => withBinaryDoor(new OrderBook()) } = options;
  const session = new Session({ engine: create(), door: "objects", strategy, profile, seed, orders, latencyNs });
  const backtest = new Backtest({ latencyNs });
  while (session.ordersLeft > 0) {
    session.step();
    if (session.ordersLeft % 1000 > 0) continue;
    backtest.add(session.log);
    session.forget();
  }
  backtest.add(session.log);
  return backtest.result();
}

/** A copy that runs; what it prints is nobody's here. */
function quiet(Example: new () => Strategy): Strategy {
  vi.spyOn(console, "log").mockImplementation(() => {});
  return new Example();
}

describe.each(Object.entries(examples))("the example %s", (name, Example) => {
  test("is a file that the sandbox takes as it is", async () => {
    const path = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
    const others = ["logistic-model.ts"];
    expect(prepareCode(await readFile(path, "utf8"), { others }).kind).toBe("prepared");
  });

  test("does the same on another engine", async () => {
    const create = await findEngine("typescript-ladder").load(async () => new Uint8Array());
    const options = { orders: 20_000, latencyNs: 30_000 };
    expect(run(quiet(Example), "bursts", { ...options, create })).toEqual(run(quiet(Example), "bursts", options));
  });

  test.each([0, 200_000, 3_000_000])("keeps within what it means to hold, with a latency of %d ns", (latencyNs) => {
    for (const profile of ["std", "thin", "trending"]) {
      const { inventory } = run(quiet(Example), profile, { orders: 20_000, latencyNs });
      expect(inventory.largest).toBeLessThanOrEqual(name === "twap" ? 1000 : 1700);
      if (latencyNs === 0) expect(inventory.largest).toBeLessThanOrEqual(name === "twap" ? 1000 : 120);
    }
  });
});

test("to do nothing costs nothing and sends nothing", () => {
  const { profit, orders } = run(new DoNothing(), "zero-intelligence");
  expect([profit.total, orders.sent]).toEqual([0, 0]);
});

test.each([1, 5, 9])("momentum earns where there are trends, seed %i, in spite of the spread that it pays", (seed) => {
  const { profit } = run(new Momentum(), "trending", { seed, orders: 200_000 });
  expect(profit.spread).toBeLessThan(0);
  expect(profit.total).toBeGreaterThan(0);
});

test.each([1, 5, 9])(
  "mean reversion earns the spread where the price comes back, seed %i, and never pays it",
  (seed) => {
    const { profit, lots } = run(new MeanReversion(), "std", { seed });
    expect(lots.taker).toBe(0);
    expect(profit.spread).toBeGreaterThan(0);
    expect(profit.total).toBeGreaterThan(0);
  },
);

describe.each([
  ["imbalance", Imbalance],
  ["logistic-regression", LogisticRegression],
])("the signal of %s", (_, Example) => {
  test.each([1, 5, 9])("earns, and less the later its orders come, seed %i", (seed) => {
    const [soon, later, late] = [0, 300_000, 2_000_000].map(
      (latencyNs) => run(quiet(Example), "std", { seed, orders: 100_000, latencyNs }).profit.total,
    );
    expect(soon).toBeGreaterThan(0);
    expect(later).toBeLessThan(soon);
    expect(late).toBeLessThan(later);
  });
});

test("the model learns: it foretells more than 60% of the moves, and says so in the console", () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  run(new LogisticRegression(), "std", { orders: 100_000 });
  const lines = log.mock.calls.map(([text]) => Number(/right in ([\d.]+)%/.exec(String(text))?.[1]));
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.at(-1)).toBeGreaterThan(60);
});

test.each([0, 100_000, 3_000_000])(
  "the buyer buys all that it was told, and no more, with a latency of %d ns",
  (latencyNs) => {
    const middles: number[] = [];
    let last = 0;
    class Watched extends TimeWeightedBuyer {
      override onBook(...args: Parameters<TimeWeightedBuyer["onBook"]>): void {
        super.onBook(...args);
        const [{ bids, asks, timeNs }]: [BookView, unknown] = args;
        last = (bids[0][0] + asks[0][0]) / 2;
        if (timeNs < 102_000_000) middles.push(last);
      }
    }
    const { inventory, profit, lots } = run(new Watched(), "zero-intelligence", { orders: 20_000, latencyNs });
    expect([inventory.end, inventory.largest, lots.filled]).toEqual([1000, 1000, 1000]);
    // Its profit is what it holds, at about the last middle that it saw, less what it paid.
    const average = middles.reduce((sum, middle) => sum + middle, 0) / middles.length;
    const paid = last - profit.total / 1000;
    expect(Math.abs(paid - average)).toBeLessThan(5);
  },
);
