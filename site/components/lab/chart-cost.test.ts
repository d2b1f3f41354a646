import { expect, test } from "vitest";
import { ChartCost } from "./chart-cost.ts";
import { RunModel } from "./run-model.ts";

function finished(ms: number, hash = "0".repeat(16), seed = 1): RunModel {
  const request = { engines: ["a"], seed, profile: "std", orders: 1000 };
  const run = new RunModel(request, { a: "Engine A" });
  run.finish({
    kind: "report",
    request,
    clock: { stepUs: 5, isolated: true },
    engines: [{ engine: "a", commands: 1000, events: 1000, ms, perSecond: 0, hash }],
    agreement: { compared: 0 },
    account: { commands: 1000, profit: 0, inventory: 0 },
    fills: 0,
  });
  return run;
}

const DRAWING = { drawings: 20, ms: 31 };

test("the same run with the charts hidden is compared by its throughput, and said to be unpaired", () => {
  const cost = new ChartCost();
  expect(cost.drawn(finished(10), DRAWING)).toMatch(/drawn 20 times.*31\sms/);
  expect(cost.hidden(finished(8))).toMatch(/Engine A 1\.3×.*One unpaired comparison/);
});

test("where no chart was on the screen, none cost anything", () => {
  expect(new ChartCost().drawn(finished(10), { drawings: 0, ms: 0 })).toMatch(/^No chart was on the screen/);
});

test.each([
  ["other events", finished(8, "1".repeat(16))],
  ["another seed", finished(8, "0".repeat(16), 2)],
])("a run with %s is not compared", (_, other) => {
  const cost = new ChartCost();
  cost.drawn(finished(10), DRAWING);
  expect(cost.hidden(other)).toMatch(/not compared/);
});

test("without a run before it, and where it did not end, nothing is compared", () => {
  const cost = new ChartCost();
  expect(cost.hidden(finished(8))).toMatch(/none with charts/);
  cost.drawn(finished(10), DRAWING);
  expect(cost.hidden(new RunModel(finished(1).request, {}))).toMatch(/did not end/);
});
