import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Histogram } from "./histogram.ts";
import { PERCENTILES, percentilesOf } from "./percentiles.ts";

const values = fc.array(fc.integer({ min: 0, max: 2 ** 31 - 1 }), { minLength: 2, maxLength: 3000 });

describe("percentilesOf", () => {
  test("is right to three digits", () => {
    fc.assert(
      fc.property(values, (recorded) => {
        const sorted = recorded.toSorted((x, y) => x - y);
        for (const { percentile, ns } of percentilesOf(recorded)) {
          const exact = sorted[Math.ceil((percentile / 100) * sorted.length - 1e-9) - 1];
          expect(Math.abs(ns - exact)).toBeLessThanOrEqual(exact / 1000 + 1);
        }
      }),
    );
  });

  test("agrees with our own histogram, whose buckets are a 32nd of a value wide", () => {
    fc.assert(
      fc.property(values, (recorded) => {
        const own = new Histogram();
        for (const value of recorded) own.record(value);
        for (const { percentile, ns } of percentilesOf(recorded)) {
          const quantile = own.quantile(percentile / 100 - 1e-12);
          expect(quantile).toBeGreaterThanOrEqual(ns - ns / 1000 - 1);
          expect(quantile).toBeLessThanOrEqual(ns + ns / 31 + 1);
        }
      }),
    );
  });

  test("leaves out the percentiles above which no value lies", () => {
    const points = (count: number) =>
      percentilesOf(new Float64Array(count).fill(7)).map(({ percentile }) => percentile);
    expect(points(0)).toEqual([]);
    expect(points(10)).toEqual([50, 75, 90]);
    expect(points(100)).toEqual([50, 75, 90, 95, 99]);
    expect(points(10_000)).toEqual([...PERCENTILES]);
  });

  test("takes what is out of range as the nearest in it, and never falls as the percentile rises", () => {
    const points = percentilesOf([-5, 0.9, 1e15, 1e15]);
    expect(points[0].ns).toBe(0);
    expect(points.at(-1)?.ns).toBeGreaterThanOrEqual(1e11);
    expect(points.at(-1)?.ns).toBeLessThan(1.01e11);
  });
});
