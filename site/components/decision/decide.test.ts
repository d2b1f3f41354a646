import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { amdahl, decide, neededGain, type Situation, timesText } from "./decide.ts";

const gains = { restructured: 3, ported: 8 };
/** A system that should be ported. */
const hot: Situation = {
  ordersPerSecond: 200_000,
  todayUs: 20,
  allowedUs: 10,
  hotShare: 0.9,
  changesPerMonth: 1,
  validated: true,
};

describe("the answer", () => {
  test.each<[string, Partial<Situation>, string]>([
    ["is to port what is hot, settled, validated and too slow", {}, "port"],
    ["is not to port an unvalidated strategy, however slow", { validated: false, todayUs: 1e6 }, "dont"],
    ["is not to port what changes every week", { changesPerMonth: 4 }, "dont"],
    ["is not to port what is fast enough", { todayUs: 4, hotShare: 1 }, "dont"],
    ["is not to port few orders with time", { ordersPerSecond: 9000, allowedUs: 1000, todayUs: 2000 }, "dont"],
    ["is to look elsewhere where the share is small", { hotShare: 0.3 }, "elsewhere"],
    ["is the data structure where that suffices", { todayUs: 10, allowedUs: 8, hotShare: 0.8 }, "restructure"],
    ["is to port and more where the port alone is not enough", { todayUs: 45 }, "port-and-more"],
  ])("%s", (_, part, answer) => {
    expect(decide({ ...hot, ...part }, gains).answer).toBe(answer);
  });

  test("has a sentence, and reasons on its own side", () => {
    for (const part of [{}, { validated: false }, { hotShare: 0.3 }]) {
      const { answer, sentence, reasons } = decide({ ...hot, ...part }, gains);
      const side = answer === "port" ? "for" : "against";
      expect(sentence).toMatch(/\.$/);
      expect(reasons.filter(({ speaks }) => speaks === side).length).toBeGreaterThan(0);
    }
  });
});

describe("Amdahl's law", () => {
  test("gives what it is known for", () => {
    expect(amdahl(0.5, 2)).toBeCloseTo(4 / 3);
    expect(amdahl(0.9, Number.POSITIVE_INFINITY)).toBeCloseTo(10);
    expect(amdahl(0, 1000)).toBe(1);
    expect(timesText(amdahl(1, Number.POSITIVE_INFINITY))).toBe("no bound");
  });

  test("is never above its bound, nor below 1 for a gain", () => {
    const share = fc.double({ min: 0, max: 0.999, noNaN: true });
    const gain = fc.double({ min: 1, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(share, gain, (p, s) => {
        expect(amdahl(p, s)).toBeLessThanOrEqual(amdahl(p, Number.POSITIVE_INFINITY) * (1 + 1e-12));
        expect(amdahl(p, s)).toBeGreaterThanOrEqual(1 - 1e-12);
      }),
    );
  });
});

test("the need is the greater of the latency's and the rate's", () => {
  expect(neededGain({ ...hot, todayUs: 20, allowedUs: 10, ordersPerSecond: 1000 })).toBe(2);
  expect(neededGain({ ...hot, todayUs: 20, allowedUs: 20, ordersPerSecond: 200_000 })).toBe(4);
});

test("a faster need never turns a port into a don't", () => {
  const us = fc.double({ min: 1, max: 1000, noNaN: true });
  fc.assert(
    fc.property(us, (allowedUs) => {
      const slower = decide({ ...hot, allowedUs }, gains);
      const faster = decide({ ...hot, allowedUs: allowedUs / 2 }, gains);
      if (slower.answer !== "dont") expect(faster.answer).not.toBe("dont");
    }),
  );
});
