import { describe, expect, test } from "vitest";
import { warmUp } from "./warm-up.ts";

function costs(values: readonly number[]) {
  let next = 0;
  return () => values[Math.min(next++, values.length - 1)];
}

/** A clock on which each reading is a millisecond later. */
function ticking() {
  let ms = 0;
  return () => ms++;
}

describe("warmUp", () => {
  test("goes on while batches get cheaper, and ends when they don't", async () => {
    const falling = [700, 500, 300, 120, 60, 30, 20, 15];
    const { steady, batches } = await warmUp(costs(falling), { mostBatches: 100 });
    expect(steady).toBe(true);
    expect(batches).toBeGreaterThan(falling.length);
    expect(batches).toBeLessThan(20);
  });

  test("gives up where it is never steady, and says so", async () => {
    let cost = 1000;
    const run = () => {
      cost *= 0.9;
      return cost;
    };
    expect(await warmUp(run, { mostBatches: 12 })).toEqual({ steady: false, batches: 12 });
    const inTime = await warmUp(run, { mostBatches: 1000, mostMs: 20, now: ticking() });
    expect(inTime.steady).toBe(false);
    expect(inTime.batches).toBeLessThanOrEqual(20);
  });

  test("is not steady before its least time, however even the costs", async () => {
    const soon = await warmUp(costs([10]), { mostBatches: 1000 });
    const later = await warmUp(costs([10]), { mostBatches: 1000, leastMs: 100, now: ticking() });
    expect(later.steady).toBe(true);
    expect(later.batches).toBeGreaterThan(soon.batches);
  });
});
