import { describe, expect, test } from "vitest";
import { compareInstances } from "../../../lab/measure/verdict.ts";
import { describeMachine } from "./machine.ts";
import type { PageResult } from "./page.ts";
import { countVerdicts, type DuelRuns } from "./page-duels.ts";
import { PAGE_PLANS } from "./page-plan.ts";
import { pageReportText } from "./page-report.ts";

function duels(ratios: number[], more: Partial<DuelRuns> = {}): DuelRuns {
  return {
    baseline: "a",
    subject: "b",
    planted: null,
    clock: { stepMs: 0.005, isolated: true },
    comparisons: ratios.map((ratio) => compareInstances([ratio * 0.999, ratio * 1.001, ratio])),
    ...more,
  };
}

const found: PageResult = {
  machine: describeMachine(),
  browser: "Chromium 1",
  plan: PAGE_PLANS.quick,
};

describe("the report of the pages", () => {
  test("has only what was asked for", () => {
    const lines = pageReportText(found).trim().split("\n");
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/^Chromium 1, headless; Node/);
  });

  test("tells weights and times with what is asked of them", () => {
    const heaviest = [{ name: "ts.worker.js", bytes: 1_500_000 }];
    const weights = { page: "/a/", firstLoad: 102_400, labInView: 2_097_152, heaviest };
    const text = pageReportText({ ...found, weights, firstPoint: { medianMs: 812.4, allMs: [700, 812.4, 900] } });
    expect(text).toMatch(/without the editor: 100\.0 KB\. Asked for: at most 200 KB/);
    expect(text).toMatch(/first point: 812 ms, the median of 3 fresh profiles \(700, 812, 900\)/);
  });

  test("tells the longest task, the memory and whether the engines agreed", () => {
    const million = {
      engines: ["a", "b"],
      orders: 1_000_000,
      longestTasks: [
        { clockMs: 30, cpuMs: 20 },
        { clockMs: 340, cpuMs: 40 },
        { clockMs: 80, cpuMs: 25 },
      ],
      heapMb: { before: 20, after: 45.5 },
      pageMb: null,
      agreements: ["5 events compared one by one: identical.", "The engines differ from event 7 on.", "identical."],
    };
    const text = pageReportText({ ...found, million });
    expect(text).toMatch(/main thread, its own CPU time: 40 ms \(each run: 20, 40, 25\)\. Asked for: at most 100 ms/);
    expect(text).toMatch(/by the clock, .*: 340 ms \(each run: 30, 340, 80\)/);
    expect(text).toMatch(/20\.0 MB after a first run, 45\.5 MB after 2 more \(\+25\.5 MB\)/);
    expect(text).toMatch(/agreed in 2 of 3 runs/);
  });

  test("counts false verdicts of a control, and what was found of a planted slowdown", () => {
    const isolated = duels([1, 1.2, 0.8]);
    const open = duels([1], { clock: { stepMs: 0.1, isolated: false } });
    const planted = duels([0.9, 0.95, 1.1, 1], { planted: 0.05, subject: "planted" });
    expect(countVerdicts(isolated, "faster", "slower")).toBe(2);
    const text = pageReportText({ ...found, aa: { isolated, open }, planted, verdicts: duels([3, 3]) });
    expect(text).toMatch(/isolated, a clock of 5\.0 µs.*: 2 false verdicts in 3/);
    expect(text).toMatch(/not isolated, a clock of 100\.0 µs.*: 0 false verdicts in 1/);
    expect(text).toMatch(/5% planted beside a.*: found in 2 of 4, the wrong way round in 1/);
    expect(text).toMatch(/faster in 2 of 2\. Asked for: 9 of 10/);
  });
});
