import { describe, expect, test } from "vitest";
import { compareInstances } from "../../../lab/measure/verdict.ts";
import {
  clockSentence,
  controlSentence,
  duelSentence,
  methodSentence,
  plantedSentence,
  times,
} from "./duel-sentences.ts";
import type { EngineDuel } from "./engine-duel.ts";

function duelOf(ratios: number[]): EngineDuel {
  return {
    request: { baseline: "a", subject: "b", profile: "std", seed: 1, instances: ratios.length, rounds: 7 },
    plan: { instances: ratios.length, rounds: 7, stepMs: 0.005, warmUp: { leastMs: 100, mostMs: 2000 } },
    eventHash: "0123456789abcdef",
    result: {
      ...compareInstances(ratios),
      ratios,
      costNs: [300, 100],
      units: [10_000, 30_000],
      batchMs: 5.1,
      shortestBatchMs: 4.2,
      warmUpBatches: 400,
      unsteady: 0,
    },
  };
}

const around = (ratio: number, spread: number) => duelOf([1, -1, 0, 1, -1].map((sign) => ratio * (1 + sign * spread)));

describe("what a duel says", () => {
  test.each([
    [
      around(3, 0.01),
      /B is 3\.00 times as fast as A; the 95% interval is 2\.\d\d to 3\.\d\d\. All of it lies beyond ±2%/,
    ],
    [around(1, 0.002), /within ±2%: whatever the difference is, it is smaller/],
    [around(1.02, 0.02), /reaches over the edge of ±2%: these instances can't tell/],
  ])("the ratio, its interval and what they mean", (duel, expected) => {
    expect(duelSentence("A", "B", duel)).toMatch(expected);
  });

  test("a control that finds a difference is told as wrong", () => {
    expect(controlSentence("A", around(1, 0.01))).toMatch(/No difference is found where there is none/);
    expect(controlSentence("A", around(1.2, 0.01))).toMatch(/which is wrong, since both are the same/);
  });

  test("a planted slowdown is told with what should be found", () => {
    expect(plantedSentence("A", 0.05, around(0.95, 0.002))).toMatch(
      /^Busy work of 5% .* 0\.952 .* is slower, as it is/,
    );
    expect(plantedSentence("A", 0.01, around(0.99, 0.02))).toMatch(/was not resolved/);
    expect(plantedSentence("A", 0.05, around(1.2, 0.002))).toMatch(/the wrong way round/);
  });

  test("the clock and the method have their sizes", () => {
    expect(clockSentence({ stepMs: 0.1, isolated: false })).toMatch(/steps by 100\sµs, since this page isn't isolated/);
    expect(methodSentence(around(1, 0.01), 20_000)).toMatch(/840 steps of the clock at least.*20,000 commands agreed/);
  });

  test("a ratio has the more digits the nearer it is to 1", () => {
    expect([0.9731, 1.5, 2.944, 12.34].map(times)).toEqual(["0.973", "1.500", "2.94", "12.3"]);
  });
});
