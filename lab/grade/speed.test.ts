import { describe, expect, test } from "vitest";
import { Random } from "../../engines/flow/random.ts";
import { type DuelResult, runDuel } from "../measure/duel.ts";
import { judged } from "./speed.ts";

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
