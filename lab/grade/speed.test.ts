import { describe, expect, test } from "vitest";
import { Random } from "../../engines/flow/random.ts";
import { type DuelResult, runDuel } from "../measure/duel.ts";
import { CallFailure, type CheckContext, type Learner, type Outcome } from "./check.ts";
import { Draws } from "./draws.ts";
import { judged, speed } from "./speed.ts";

/** Comparisons on a machine whose time is made up: fresh code differs by some per cent, and so do its batches. */
async function compared(ratio: number, seed: number, spread: number): Promise<DuelResult> {
  const random = new Random(seed);
  const noise = (): number => 1 + (random.below(2001) / 1000 - 1) * spread;
  let ms = 0;
  const contender = (unitNs: number) => {
    const ownNs = unitNs * noise();
    return {
      run: (units: number) => {
        const batchMs = (units * ownNs * noise()) / 1e6;
        ms += batchMs;
        return batchMs;
      },
    };
  };
  const plan = { instances: 6, rounds: 5, stepMs: 0.1, warmUp: { leastMs: 20, mostMs: 200 } };
  const create = async () => [contender(300), contender(300 / ratio)] as const;
  return runDuel(plan, { create, now: () => ms }, random);
}

const seeds = Array.from({ length: 20 }, (_, index) => index + 1);

describe("a bar of 2.5", () => {
  test("is passed by what is three times as fast in 20 of 20 runs", async () => {
    for (const seed of seeds) {
      const [control, result] = [await compared(1, seed, 0.03), await compared(3, seed + 100, 0.03)];
      expect(judged({ bar: 2.5 }, { control, result })).toMatchObject({ share: 1 });
    }
  });

  test("refuses the given book in 20 of 20 runs", async () => {
    for (const seed of seeds) {
      const [control, result] = [await compared(1, seed, 0.03), await compared(1, seed + 100, 0.03)];
      expect(judged({ bar: 2.5 }, { control, result })).toMatchObject({ share: 0 });
    }
  });

  test("gives a lower bar's share to what reaches only that", async () => {
    const [control, result] = [await compared(1, 1, 0.02), await compared(1.8, 2, 0.02)];
    const partly = [{ bar: 1.5, share: 0.4 }];
    expect(judged({ bar: 2.5, partly }, { control, result })).toMatchObject({ share: 0.4 });
  });

  test("is not decided where the interval holds it, the readings scatter, or the control finds a difference", async () => {
    const quiet = await compared(1, 1, 0.01);
    const near = { ...quiet, ratio: 2.5, low: 2.3, high: 2.7, ratios: [2.4, 2.5, 2.6, 2.5, 2.4, 2.6] };
    expect(judged({ bar: 2.5 }, { control: quiet, result: near })).toBe(undefined);
    const wild = { ...near, low: 3, high: 12, ratios: [1, 12, 2, 9, 1, 14] };
    expect(judged({ bar: 2.5 }, { control: quiet, result: wild })).toBe(undefined);
    const skewed = { ...quiet, ratios: quiet.ratios.map((ratio) => 2 * ratio) };
    expect(judged({ bar: 2.5 }, { control: skewed, result: await compared(3, 2, 0.01) })).toBe(undefined);
  });
});

/** What one of the two takes for a unit, ns. */
interface Cost {
  loadNs: number | ((turn: number) => number);
  runNs(turn: number): number;
}

/** A check of speed in places whose time is made up. The check's time is over after `limitMs`, and a call that lasts longer ends then. */
function checked(costs: Record<string, Cost>, limitMs: number): Promise<Outcome> {
  let ms = 0;
  let turn = 0;
  const spend = (taken: number): void => {
    ms = Math.min(limitMs, ms + taken);
    if (ms === limitMs) throw new CallFailure("timeout", "It was still running.");
  };
  const open = async (code: string) => {
    const cost = costs[code.split("\n")[0]];
    let units = 0;
    const call = async (name: string, given?: unknown): Promise<unknown> => {
      if (name === "$load") {
        units = given as number;
        const loadNs = typeof cost.loadNs === "number" ? cost.loadNs : cost.loadNs(turn++);
        spend((units * loadNs) / 1e6);
        return undefined;
      }
      spend((units * cost.runNs(turn++)) / 1e6);
      return units;
    };
    return { exports: [], call, close: () => undefined };
  };
  const check = speed({
    call: "run",
    baseline: "baseline.ts",
    bar: 2.5,
    unit: "unit",
    mostUnits: 2 ** 30,
    input: (_draws, units) => [units],
    expected: ([units]) => units,
  });
  const context = {
    draws: new Draws(1),
    seed: 1,
    code: "subject",
    given: { "baseline.ts": "baseline" },
    now: () => ms,
    open,
  } as unknown as CheckContext;
  return check.run({} as Learner, context);
}

const steady = (unitNs: number): Cost => ({ loadNs: 4, runNs: () => unitNs });

describe("a check of speed", () => {
  test("passes what is three times as fast, though its larger batches take longer to be handed over", async () => {
    const costs = { baseline: { ...steady(30), loadNs: 12 }, subject: { ...steady(10), loadNs: 12 } };
    expect(await checked(costs, 60_000)).toMatchObject({ share: 1, reason: expect.stringMatching(/^It is 3\.00/) });
  });

  test("refuses what works before the clock starts", async () => {
    expect(await checked({ baseline: steady(30), subject: { ...steady(3), loadNs: 31 } }, 60_000)).toMatchObject({
      share: 0,
      reason: expect.stringMatching(/31 ns a unit to be handed its arguments, and the baseline 4 ns/),
    });
  });

  test("neither passes nor refuses what was handed its arguments late at times, as on a busy machine", async () => {
    const disturbed = { loadNs: (turn: number) => (turn % 5 < 3 ? 60 : 4), runNs: () => 10 };
    expect(await checked({ baseline: steady(30), subject: disturbed }, 60_000)).toMatchObject({
      share: 0,
      pending: true,
    });
  });

  test("takes no point where a machine is too busy for so many batches", async () => {
    expect(await checked({ baseline: steady(30), subject: steady(10) }, 5_000)).toMatchObject({ pending: true });
  });

  test("ends what hangs as it ends any code", async () => {
    const hanging = { loadNs: 4, runNs: (turn: number) => (turn > 100 ? 1e12 : 10) };
    await expect(checked({ baseline: steady(30), subject: hanging }, 60_000)).rejects.toThrow("It was still running.");
  });
});
