import { describe, expect, test } from "vitest";
import { Random } from "../../engines/flow/random.ts";
import { type Costs, compareContenders, PLAN, runRounds, shuffled, typicalCost } from "./rounds.ts";
import { compareInstances, verdictOf } from "./verdict.ts";

/** About a standard normal number: 12 uniform ones. */
function normal(random: Random): number {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += random.below(2 ** 20) / 2 ** 20;
  return sum;
}

/**
 * A machine as measured: instances of the same code differ by 1%, batches by 2%, and one in twenty is disturbed and takes up to
 * half as long again.
 */
async function simulated(trueRatio: number, random: Random): Promise<Costs> {
  const contender = (cost: number) => {
    const instanceCost = cost * Math.exp(0.01 * normal(random));
    return {
      run: () => {
        const disturbed = random.below(20) === 0 ? 1 + random.below(512) / 1024 : 1;
        return instanceCost * Math.exp(0.02 * normal(random)) * disturbed;
      },
    };
  };
  return runRounds(PLAN, { create: async () => [contender(100), contender(100 / trueRatio)] }, random);
}

async function verdicts(trueRatio: number, runs: number, seed: number) {
  const random = new Random(seed);
  const counts = { faster: 0, slower: 0, equivalent: 0, "not resolved": 0 };
  let covered = 0;
  for (let run = 0; run < runs; run++) {
    const { low, high, verdict } = compareContenders(await simulated(trueRatio, random), 0, 1);
    counts[verdict]++;
    if (low <= trueRatio && trueRatio <= high) covered++;
  }
  return { counts, covered };
}

describe("comparing two contenders", () => {
  test("identical code is found to differ in less than 5 of 100 runs", async () => {
    const { counts, covered } = await verdicts(1, 400, 1);
    expect(counts.faster + counts.slower).toBeLessThan(20);
    expect(covered).toBeGreaterThan(370);
  });

  test("a true difference of 5% is found in 9 of 10 runs, and never the wrong way round", async () => {
    const faster = await verdicts(1.05, 200, 2);
    expect(faster.counts.faster).toBeGreaterThan(180);
    expect(faster.counts.slower).toBe(0);
    const slower = await verdicts(1 / 1.05, 200, 3);
    expect(slower.counts.slower).toBeGreaterThan(180);
    expect(slower.counts.faster).toBe(0);
  });

  test("a difference inside the band is equivalent or not resolved", async () => {
    const { counts } = await verdicts(1.005, 100, 4);
    expect(counts.equivalent + counts["not resolved"]).toBeGreaterThan(95);
    expect(counts.equivalent).toBeGreaterThan(50);
  });

  test("the ratio says how many times as fast the subject is", () => {
    const costs = Array.from({ length: 3 }, () => [
      [30, 10],
      [33, 11],
    ]);
    expect(compareContenders(costs, 0, 1)).toMatchObject({ verdict: "faster", instances: 3 });
    expect(compareContenders(costs, 0, 1).ratio).toBeCloseTo(3, 10);
    expect(typicalCost(costs, 0)).toBe(31.5);
  });

  test("one instance gives no interval", () => {
    expect(() => compareInstances([1.1])).toThrow(/two instances/);
  });
});

describe("verdictOf", () => {
  test.each([
    [1.03, 1.08, "faster"],
    [0.9, 0.97, "slower"],
    [0.99, 1.015, "equivalent"],
    [0.97, 1.08, "not resolved"],
    [1.01, 1.05, "not resolved"],
  ] as const)("between %f and %f is %s", (low, high, verdict) => {
    expect(verdictOf(low, high)).toBe(verdict);
  });
});

describe("runRounds", () => {
  test("every contender runs once a round, in orders that change", async () => {
    const orders: string[] = [];
    let order = "";
    const contender = (name: string) => ({
      run: () => {
        order += name;
        return 1;
      },
    });
    await runRounds(
      { instances: 2, rounds: 10 },
      {
        create: async () => [contender("a"), contender("b"), contender("c")],
        onRound: () => {
          orders.push(order);
          order = "";
        },
      },
      new Random(1),
    );
    const whole = orders.slice(1);
    expect(whole.every((each) => [...each].sort().join("") === "abc")).toBe(true);
    expect(new Set(whole).size).toBeGreaterThan(2);
  });

  test("an instance is disposed of where a batch throws", async () => {
    let disposed = 0;
    const host = {
      create: async () => [
        {
          run: () => {
            throw new Error("stopped");
          },
        },
      ],
      dispose: async () => {
        disposed++;
      },
    };
    await expect(runRounds({ instances: 2, rounds: 1 }, host, new Random(1))).rejects.toThrow("stopped");
    expect(disposed).toBe(1);
  });

  test("shuffled is a permutation", () => {
    expect(shuffled(20, new Random(9)).toSorted((x, y) => x - y)).toEqual(Array.from({ length: 20 }, (_, i) => i));
  });
});
