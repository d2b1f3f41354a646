import { describe, expect, test } from "vitest";
import { histogramPoints, latencyPoints, profitPoints } from "./chart-data.ts";

const batch = (from: number, commands: number, ms: number) => ({ from, commands, ms });

describe("latency over time", () => {
  test("a point is a batch's mean in ns, after the commands before it", () => {
    expect(latencyPoints([batch(0, 1000, 1), batch(1000, 500, 1)])).toEqual([
      { x: 0, y: 1000 },
      { x: 1000, y: 2000 },
    ]);
  });

  test("merged neighbours weigh by their commands", () => {
    const points = latencyPoints([batch(0, 3000, 3), batch(3000, 1000, 5), batch(4000, 1000, 1)], 2);
    expect(points).toEqual([
      { x: 0, y: 2000 },
      { x: 4000, y: 1000 },
    ]);
  });
});

describe("the histogram", () => {
  test("counts every batch once", () => {
    const batches = [1, 1.01, 2, 4, 400].map((ms, index) => batch(index, 1000, ms));
    expect(histogramPoints(batches).reduce((sum, { y }) => sum + y, 0)).toBe(5);
  });

  test("puts a batch in the bucket that its mean lies in, and closes the curve at both ends", () => {
    const points = histogramPoints([batch(0, 1000, 1.03)]);
    expect(points.map(({ y }) => y)).toEqual([0, 1, 0]);
    expect(points[1].x).toBeLessThanOrEqual(1030);
    expect(points[2].x).toBeGreaterThan(1030);
  });

  test("has no point without a batch", () => {
    expect(histogramPoints([])).toEqual([]);
  });
});

test("profit keeps its last point when it is thinned", () => {
  const account = Array.from({ length: 10 }, (_, index) => ({ commands: index, profit: index * 2, inventory: 0 }));
  const points = profitPoints(account, 4);
  expect(points.length).toBeLessThanOrEqual(5);
  expect(points.at(-1)).toEqual({ x: 9, y: 18 });
});
