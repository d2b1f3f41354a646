import { expect, test } from "vitest";
import type { Progress, RunReport } from "../../../lab/sandbox/protocol.ts";
import { median, medianBatchSize, perSecond, RunModel } from "./run-model.ts";

const request = { engines: ["a", "b"], seed: 1, profile: "std", orders: 1000 };

function progress(from: number, done: number): Progress {
  const engine = (name: string, ms: number) => ({
    engine: name,
    commands: from + 100,
    events: from + 120,
    ms,
    batches: [{ from, commands: 100, ms: 1 }],
  });
  return {
    kind: "progress",
    done,
    engines: [engine("b", done * 4), engine("a", done * 2)],
    agreement: { compared: from },
    account: [{ commands: from, profit: from, inventory: 0 }],
  };
}

test("progress adds up by the engine's name, in the order of the request", () => {
  const run = new RunModel(request, { a: "Engine A" });
  run.progress(progress(0, 0.5));
  run.progress(progress(100, 1));
  expect(run.engines.map(({ title, commands, batches }) => [title, commands, batches.length])).toEqual([
    ["Engine A", 200, 2],
    ["b", 200, 2],
  ]);
  expect(run.account).toHaveLength(2);
  expect(run.agreement.compared).toBe(100);
  expect(perSecond(run.engines[0])).toBe(100_000);
});

test("a report brings the split, the clock and the account's end", () => {
  const run = new RunModel(request, {});
  run.progress(progress(0, 1));
  const spread = { low: 1, median: 2, high: 3 };
  const engine = (name: string) => ({
    engine: name,
    commands: 900,
    events: 1000,
    ms: 3,
    perSecond: 300_000,
    hash: "00",
    split: { engine: spread, boundary: spread, strategy: spread },
  });
  const report: RunReport = {
    kind: "report",
    request,
    clock: { stepUs: 5, isolated: true },
    engines: [engine("a"), engine("b")],
    agreement: { compared: 1000 },
    account: { commands: 900, profit: 7, inventory: 1 },
    fills: 3,
  };
  run.finish(report);
  expect(run.engines[1].split?.engine.median).toBe(2);
  expect(run.clock?.stepUs).toBe(5);
  expect(run.account.at(-1)?.profit).toBe(7);
});

test("fills add up to a bound, and the book is the one told last", () => {
  const run = new RunModel(request, {});
  const fills = Array.from({ length: 200 }, (_, index) => ({
    commands: index,
    side: "buy" as const,
    price: 10_000,
    size: 1,
    role: "maker" as const,
  }));
  for (let message = 0; message < 300; message++) {
    run.progress({ ...progress(message, 0), fills, book: { bids: [[message, 1, 1]], asks: [] } });
  }
  expect(run.fills).toHaveLength(50_000);
  expect(run.book).toEqual({ bids: [[299, 1, 1]], asks: [] });
  run.progress(progress(300, 0));
  expect(run.book?.bids).toHaveLength(1);
});

test("a median is the middle value", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([])).toBe(0);
  expect(medianBatchSize([{ from: 0, commands: 7, ms: 1 }])).toBe(7);
});
