import { expect, test } from "vitest";
import { duelPlan } from "../../../lab/measure/duel.ts";
import type { KernelDuel } from "./kernel-duel.ts";
import { guessFeedback, kernelMethod, kernelSentence } from "./kernel-sentences.ts";

const PAIR = {
  name: "search",
  title: "Search",
  first: "one by one",
  second: "bitset",
  question: "Is the bitset faster?",
  choice: { label: "", values: [] },
  listings: [],
  why: "",
};

const duel = (control: boolean): KernelDuel => ({
  request: { pair: "search", choice: 8, control, seed: 1, instances: 12, rounds: 7 },
  plan: duelPlan(0.005),
  outcome: 42,
  result: {
    ratio: 1.5,
    low: 1.4,
    high: 1.6,
    verdict: "faster",
    instances: 12,
    ratios: [1.5],
    costNs: [3000, 2000],
    units: [10, 15],
    batchMs: 4,
    shortestBatchMs: 3,
    warmUpBatches: 100,
    unsteady: 0,
  },
});

test("a comparison is told with its interval and what a pass took, the control as noise", () => {
  expect(kernelSentence(PAIR, duel(false))).toBe(
    "“bitset” is 1.500 times as fast as “one by one”; the 95% interval is 1.400 to 1.600. A pass took 2\u00a0µs against 3\u00a0µs.",
  );
  expect(kernelSentence(PAIR, duel(true))).toMatch(/^“one by one” against itself: 1\.500; .* noise looks like here\.$/);
});

test("what both came to is told with how it was measured", () => {
  expect(kernelMethod(duel(false))).toContain("Every pass of both came to 42; data of seed 1.");
});

test.each([
  ["faster", "faster", /So it is, here and today/],
  ["faster", "slower", /Here and today it is slower/],
  ["slower", "equivalent", /it is about the same/],
  ["equivalent", "not resolved", /can't tell/],
] as const)("a guess of %s with the verdict %s is answered", (guess, verdict, answer) => {
  expect(guessFeedback(guess, verdict)).toMatch(answer);
});
