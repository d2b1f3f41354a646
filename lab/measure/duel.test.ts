import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Random } from "../../engines/flow/random.ts";
import { DifferentOutcome, type DuelContender, type DuelHost, duelPlan, runDuel, STEPS_OF_A_BATCH } from "./duel.ts";

/** A machine whose time passes only by the work that is done, and whose clock is seen in steps. */
class Machine {
  #ms = 0;
  readonly random: Random;
  readonly #stepMs: number;

  constructor(stepMs: number, seed: number) {
    this.#stepMs = stepMs;
    this.random = new Random(seed);
  }

  readonly now = (): number => Math.floor(this.#ms / this.#stepMs) * this.#stepMs;

  /** Fresh code: ten times as slow for its first 3,000 units, then 1% beside what its source would cost. */
  contender(unitNs: number): DuelContender {
    const ownNs = unitNs * (1 + this.#spread(0.01));
    let done = 0;
    return {
      run: (units) => {
        const begin = this.now();
        const cold = Math.min(units, Math.max(0, 3000 - done));
        done += units;
        this.#ms += ((units + 9 * cold) * ownNs * (1 + this.#spread(0.02))) / 1e6;
        return this.now() - begin;
      },
    };
  }

  host(baselineNs: number, subjectNs: number, more: Partial<DuelHost> = {}): DuelHost {
    const create = async () => [this.contender(baselineNs), this.contender(subjectNs)] as const;
    return { create, now: this.now, ...more };
  }

  #spread(share: number): number {
    return (this.random.below(2001) / 1000 - 1) * share;
  }
}

const CLOCKS = [
  ["isolated", 0.005],
  ["not isolated", 0.1],
  ["of a millisecond", 1],
] as const;

/** As long as a test may take: the machine's time is made up, each batch costs next to nothing. */
const plan = (stepMs: number) => ({ ...duelPlan(stepMs), warmUp: { leastMs: 20, mostMs: 2000 } });

test("where a unit is as long as a batch, a plan may begin with one of them", async () => {
  const machine = new Machine(0.005, 1);
  const slow = { ...plan(0.005), firstUnits: 1 };
  const { units } = await runDuel(slow, machine.host(30e6, 3e6), new Random(1));
  expect(units[0]).toBe(1);
  expect(units[1]).toBeLessThan(4);
});

describe.each(CLOCKS)("on a clock that is %s", (_, stepMs) => {
  test("a batch lasts 200 steps at least, whatever a unit costs", async () => {
    for (const unitNs of [3, 400, 5000]) {
      const machine = new Machine(stepMs, 1);
      const { shortestBatchMs, units } = await runDuel(plan(stepMs), machine.host(unitNs, unitNs / 7), new Random(1));
      expect(shortestBatchMs).toBeGreaterThanOrEqual(STEPS_OF_A_BATCH * stepMs);
      expect(units[1]).toBeGreaterThan(6 * units[0]);
      expect((units[0] * unitNs) / 1e6).toBeLessThan(STEPS_OF_A_BATCH * stepMs * 2 + 8);
    }
  });

  test("one thing against itself is not found to differ, and 5% is", async () => {
    let false_ = 0;
    let found = 0;
    for (let run = 0; run < 30; run++) {
      const machine = new Machine(stepMs, run);
      const same = await runDuel(plan(stepMs), machine.host(100, 100), new Random(run));
      if (same.verdict === "faster" || same.verdict === "slower") false_++;
      const slowed = await runDuel(plan(stepMs), machine.host(100, 105), new Random(run));
      if (slowed.verdict === "slower") found++;
      expect(slowed.verdict).not.toBe("faster");
    }
    expect(false_).toBeLessThanOrEqual(2);
    expect(found).toBeGreaterThanOrEqual(28);
  });
});

describe("a duel", () => {
  test("gives each instance's ratio, and their median as the figure", async () => {
    const seen: number[] = [];
    const host = new Machine(0.005, 3).host(300, 100, { onInstance: (ratios) => seen.push(ratios.length) });
    const { ratio, ratios, costNs, verdict } = await runDuel(plan(0.005), host, new Random(3));
    expect(ratios).toHaveLength(12);
    expect(seen).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    expect(verdict).toBe("faster");
    expect(ratio).toBeGreaterThan(2.9);
    expect(ratio).toBeLessThan(3.1);
    expect(costNs[0] / costNs[1]).toBeCloseTo(ratio, 0);
  });

  test("lets both begin their rounds afresh after the warm-up, and end them before the next instance", async () => {
    const machine = new Machine(0.005, 4);
    const told: string[] = [];
    const create = async () => {
      const pair = [machine.contender(100), machine.contender(30)];
      return pair.map((contender, place) => ({
        ...contender,
        begin: () => {
          told.push(`begin ${place}`);
        },
        outcome: () => {
          told.push(`outcome ${place}`);
          return "the same";
        },
      })) as unknown as readonly [DuelContender, DuelContender];
    };
    await runDuel({ ...plan(0.005), instances: 2 }, { create, now: machine.now }, new Random(4));
    expect(told).toEqual(Array(2).fill(["begin 0", "begin 1", "outcome 0", "outcome 1"]).flat());
  });

  test("two that come to different things are not compared, and are disposed of", async () => {
    const machine = new Machine(0.005, 5);
    let made = 0;
    let disposed = 0;
    const create = async () => {
      made++;
      const [a, b] = [machine.contender(100), machine.contender(100)];
      return [
        { ...a, outcome: () => "7 fills" },
        { ...b, outcome: () => "8 fills" },
      ] as const;
    };
    const dispose = async () => {
      disposed++;
    };
    await expect(runDuel(plan(0.005), { create, dispose, now: machine.now }, new Random(5))).rejects.toThrow(
      DifferentOutcome,
    );
    expect([made, disposed]).toEqual([1, 1]);
  });

  test("a signal ends it before the next batch", async () => {
    const stopping = new AbortController();
    const onInstance = (ratios: readonly number[]) => {
      if (ratios.length === 2) stopping.abort(new Error("stopped by the reader"));
    };
    let made = 0;
    const machine = new Machine(0.005, 6);
    const create = async () => {
      made++;
      return [machine.contender(100), machine.contender(100)] as const;
    };
    const host = { create, onInstance, now: machine.now, signal: stopping.signal };
    await expect(runDuel(plan(0.005), host, new Random(6))).rejects.toThrow("stopped by the reader");
    expect(made).toBe(3);
  });

  test("says so where the code is never steady", async () => {
    const machine = new Machine(0.005, 7);
    let unitNs = 100_000;
    const falling = () => {
      const base = machine.contender(1);
      return {
        run: (units: number) => {
          unitNs = Math.max(100, unitNs * 0.9);
          return base.run(units * Math.round(unitNs));
        },
      };
    };
    const short = { ...plan(0.005), instances: 2, warmUp: { leastMs: 0, mostMs: 30 } };
    const create = async () => [falling(), falling()] as const;
    const { unsteady } = await runDuel(short, { create, now: machine.now }, new Random(7));
    expect(unsteady).toBeGreaterThan(0);
  });

  test("exchanging the two turns the ratio and the verdict over", async () => {
    const cost = fc.integer({ min: 20, max: 2000 });
    await fc.assert(
      fc.asyncProperty(cost, cost, fc.nat(1000), async (aNs, bNs, seed) => {
        const one = await runDuel(plan(0.005), exactHost(aNs, bNs), new Random(seed));
        const other = await runDuel(plan(0.005), exactHost(bNs, aNs), new Random(seed));
        expect(one.ratio * other.ratio).toBeCloseTo(1, 2);
        if (one.verdict === "faster") expect(other.verdict).toBe("slower");
        if (one.verdict === "equivalent") expect(other.verdict).toBe("equivalent");
      }),
      { numRuns: 20 },
    );
  });
});

/** Two that take exactly what they cost, on a clock that sees it all. */
function exactHost(baselineNs: number, subjectNs: number): DuelHost {
  let ms = 0;
  const contender = (unitNs: number): DuelContender => ({
    run: (units) => {
      ms += (units * unitNs) / 1e6;
      return (units * unitNs) / 1e6;
    },
  });
  return { create: async () => [contender(baselineNs), contender(subjectNs)], now: () => ms };
}
