import { describe, expect, test } from "vitest";
import type { RunReport } from "../../../lab/sandbox/protocol.ts";
import { CHART_NAMES } from "./chart-names.ts";
import { chartTable, csvOf, MOST_ROWS, readableRows } from "./chart-tables.ts";
import { RunModel } from "./run-model.ts";

const request = { engines: ["a"], seed: 1, profile: "std", orders: 1000 };
const spread = { low: 1, median: 2, high: 3 };

function finished(batches = 3): RunModel {
  const run = new RunModel(request, { a: 'Engine "A", plain' });
  for (let at = 0; at < batches; at++) run.engines[0].batches.push({ from: at * 100, commands: 100, ms: 0.5 });
  run.progress({
    kind: "progress",
    done: 1,
    engines: [],
    agreement: { compared: 0 },
    account: [{ commands: 100, profit: -7, inventory: 2 }],
    fills: [{ commands: 50, side: "buy", price: 10_000, size: 4, role: "taker" }],
    book: {
      bids: [
        [99, 5, 1],
        [98, 7, 2],
      ],
      asks: [[101, 3, 1]],
    },
  });
  const report: RunReport = {
    kind: "report",
    request,
    clock: { stepUs: 5, isolated: true },
    engines: [
      {
        engine: "a",
        commands: 300,
        events: 300,
        ms: 1.5,
        perSecond: 200_000,
        hash: "0".repeat(16),
        split: { strategy: spread, boundary: spread, engine: spread },
        tail: {
          timed: 300,
          stepUs: 7,
          over: [
            { us: 5, count: 0, seen: false },
            { us: 10, count: 4, seen: true },
          ],
        },
        queueing: {
          simulated: true,
          ratePerSecond: 1000,
          utilisation: 0.7,
          points: [{ percentile: 99.99, ns: 5000 }],
          closedLoop: [{ percentile: 99.99, ns: 900 }],
        },
      },
    ],
    agreement: { compared: 0 },
    account: { commands: 100, profit: -7, inventory: 2 },
    fills: 1,
  };
  run.finish(report);
  return run;
}

const shown = (run: RunModel) => ({ run, pinned: [] });

test.each(CHART_NAMES)("the numbers of %s have a column for each cell, and the file names its units", (name) => {
  const table = chartTable(name, shown(finished()));
  expect(table.rows.length).toBeGreaterThan(0);
  for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
  expect(csvOf(table)).toMatch(/^run,[a-z_,]+(ns|ms|us|lots|per_second|ns_per_command|ticks)/);
});

describe("a file", () => {
  test("has every batch, in full precision, quoted where it must be", () => {
    const lines = csvOf(chartTable("latency", shown(finished()))).split("\r\n");
    expect(lines).toEqual([
      "run,engine,commands_before,commands,time_ms,mean_ns_per_command",
      'this run,"Engine ""A"", plain",0,100,0.5,5000',
      'this run,"Engine ""A"", plain",100,100,0.5,5000',
      'this run,"Engine ""A"", plain",200,100,0.5,5000',
      "",
    ]);
  });

  test("has the pinned runs behind the run, by their names", () => {
    const run = finished();
    const csv = csvOf(chartTable("depth", { run, pinned: [{ label: "before", run: finished() }] }));
    expect(csv.split("\r\n").slice(1, -1)).toEqual([
      "this run,bid,99,5,1,5",
      "this run,bid,98,7,2,12",
      "this run,ask,101,3,1,3",
      "before,bid,99,5,1,5",
      "before,bid,98,7,2,12",
      "before,ask,101,3,1,3",
    ]);
  });

  test("leaves empty what the clock could not see", () => {
    const [, first, second] = csvOf(chartTable("tail", shown(finished()))).split("\r\n");
    expect(first).toMatch(/,5,,300,7,false$/);
    expect(second).toMatch(/,10,4,300,7,true$/);
  });
});

describe("a table in the page", () => {
  test("is bounded, evenly, and tells how many rows it left out", () => {
    const { rows, leftOut } = readableRows(chartTable("latency", shown(finished(1000))));
    expect(rows).toHaveLength(MOST_ROWS + 1);
    expect(leftOut).toBe(1000 - MOST_ROWS);
    expect([rows[1][1], rows[2][1]]).toEqual(["0", "1,000"]);
  });

  test("names the run only where there are several", () => {
    const run = finished();
    expect(readableRows(chartTable("profit", shown(run))).rows[0][0]).toBe("What");
    const both = { run, pinned: [{ label: "before", run: finished() }] };
    expect(readableRows(chartTable("profit", both)).rows.map(([label]) => label)).toEqual([
      "Run",
      "this run",
      "this run",
      "before",
      "before",
    ]);
  });
});
