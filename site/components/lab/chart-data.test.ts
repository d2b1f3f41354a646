import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  depthPoints,
  latencyPoints,
  MeanHistogram,
  MergedBatches,
  percentileAt,
  percentilePosition,
  profitAt,
  seriesOf,
  Thinned,
  throughputPoints,
} from "./chart-data.ts";
import { RunModel } from "./run-model.ts";

const batch = (from: number, commands: number, ms: number) => ({ from, commands, ms });

function merged(batches: ReturnType<typeof batch>[], most?: number): MergedBatches {
  const all = new MergedBatches(most);
  for (const each of batches) all.add(each);
  return all;
}

describe("batches over time", () => {
  test("a point is a batch's mean in ns, after the commands before it", () => {
    expect(latencyPoints(merged([batch(0, 1000, 1), batch(1000, 500, 1)]).groups)).toEqual([
      { x: 0, y: 1000 },
      { x: 1000, y: 2000 },
    ]);
  });

  test("throughput is commands a second, over the time that passed before", () => {
    expect(throughputPoints(merged([batch(0, 1000, 2), batch(1000, 500, 0), batch(1500, 500, 1)]).groups)).toEqual([
      { x: 0, y: 500_000 },
      { x: 2, y: 500_000 },
    ]);
  });

  test("merged neighbours weigh by their commands", () => {
    const { groups } = merged([batch(0, 3000, 3), batch(3000, 1000, 5), batch(4000, 1000, 1)], 2);
    expect(latencyPoints(groups)).toEqual([
      { x: 0, y: 2000 },
      { x: 4000, y: 1000 },
    ]);
  });

  test("whatever comes, the groups stay within the bound and hold every command and all time, in order", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), fc.array(fc.integer({ min: 1, max: 50 })), (most, sizes) => {
        let from = 0;
        const batches = sizes.map((commands) => {
          from += commands;
          return batch(from - commands, commands, 2);
        });
        const { groups } = merged(batches, most);
        expect(groups.length).toBeLessThanOrEqual(most);
        let next = 0;
        for (const group of groups) {
          expect(group.from).toBe(next);
          expect(group.ms).toBe(2 * group.batches);
          next += group.commands;
        }
        expect(next).toBe(from);
      }),
    );
  });
});

describe("the histogram", () => {
  const points = (batches: ReturnType<typeof batch>[]) => {
    const histogram = new MeanHistogram();
    for (const each of batches) histogram.add(each);
    return histogram.points;
  };

  test("counts every batch once, one of no time that the clock saw as well", () => {
    const batches = [0, 1, 1.01, 2, 4, 400].map((ms, index) => batch(index, 1000, ms));
    expect(points(batches).reduce((sum, { y }) => sum + y, 0)).toBe(6);
  });

  test("puts a batch in the bucket that its mean lies in, and closes the curve at both ends", () => {
    const [, bucket, next] = points([batch(0, 1000, 1.03)]);
    expect(points([batch(0, 1000, 1.03)]).map(({ y }) => y)).toEqual([0, 1, 0]);
    expect(bucket.x).toBeLessThanOrEqual(1030);
    expect(next.x).toBeGreaterThan(1030);
  });

  test("has no point without a batch", () => {
    expect(points([])).toEqual([]);
  });
});

test("what is thinned stays within the bound and in order, and keeps its first and its last", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 1, max: 300 }), (most, length) => {
      const thinned = new Thinned<number>(most);
      for (let item = 0; item < length; item++) thinned.add(item);
      const { items } = thinned;
      expect(items.length).toBeLessThanOrEqual(most + 1);
      expect([items[0], items.at(-1)]).toEqual([0, length - 1]);
      expect(items).toEqual([...new Set(items)].sort((a, b) => a - b));
    }),
  );
});

test("a fill stands on the line of profit, between the points beside it", () => {
  const account = [0, 100, 200].map((commands) => ({ commands, profit: commands * 3, inventory: 0 }));
  expect([-5, 0, 50, 100, 150, 900].map((commands) => profitAt(account, commands))).toEqual([0, 0, 150, 300, 450, 600]);
  expect(profitAt([], 7)).toBe(0);
});

test("a run's series take in what is new alone, and are the same however often they are asked for", () => {
  const request = { engines: ["a"], seed: 1, profile: "std", orders: 1000 };
  const [often, once] = [new RunModel(request, {}), new RunModel(request, {})];
  for (let at = 0; at < 1000; at++) {
    for (const run of [often, once]) {
      run.engines[0].batches.push(batch(at * 10, 10, 1 + (at % 3)));
      run.account.push({ commands: at * 10, profit: at, inventory: 0 });
      run.fills.push({ commands: at * 10, side: "buy", price: 1, size: 1, role: "taker" });
    }
    seriesOf(often);
  }
  const [first, second] = [seriesOf(often), seriesOf(once)];
  expect(first.engines[0].merged.groups).toEqual(second.engines[0].merged.groups);
  expect(first.engines[0].histogram.points).toEqual(second.engines[0].histogram.points);
  expect(first.account).toEqual(second.account);
  expect(first.fills("buy taker")).toEqual(second.fills("buy taker"));
  expect(first.fills("buy taker").at(-1)?.profit).toBe(999);
  expect(first.fills("sell maker")).toEqual([]);
});

test("depth adds up from the best price outwards", () => {
  expect(
    depthPoints([
      [100, 5, 1],
      [99, 7, 3],
    ]),
  ).toEqual([
    { x: 100, y: 5 },
    { x: 99, y: 12 },
  ]);
});

test("each nine of a percentile is as far again on its axis", () => {
  expect([0, 90, 99, 99.9].map((percentile) => Math.round(percentilePosition(percentile)))).toEqual([1, 10, 100, 1000]);
  expect(percentileAt(percentilePosition(99.9))).toBeCloseTo(99.9, 9);
});
