import { describe, expect, test } from "vitest";
import { warmUp } from "./warm-up.ts";

function costs(values: readonly number[]) {
  let next = 0;
  return () => values[Math.min(next++, values.length - 1)];
}

describe("warmUp", () => {
  test("goes on while batches get cheaper, and ends when they don't", async () => {
    const falling = [700, 500, 300, 120, 60, 30, 20, 15];
    const { steady, batches } = await warmUp(costs(falling), 100);
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
    expect(await warmUp(run, 12)).toEqual({ steady: false, batches: 12 });
  });
});
