import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Histogram } from "./histogram.ts";

function histogramOf(values: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

const value = fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 2 ** 31 - 1 }));
const values = fc.array(value, { minLength: 1 });

describe("Histogram", () => {
  test("a quantile is at or up to 1/32 above the true one", () => {
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (recorded, share) => {
        const sorted = recorded.toSorted((x, y) => x - y);
        const exact = sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1];
        const found = histogramOf(recorded).quantile(share);
        expect(found).toBeGreaterThanOrEqual(exact);
        expect(found).toBeLessThanOrEqual(exact + exact / 32);
      }),
    );
  });

  test("each value lies in exactly one bucket, and buckets don't overlap", () => {
    fc.assert(
      fc.property(values, (recorded) => {
        const buckets = histogramOf(recorded).buckets();
        buckets.forEach(({ low, high, count }, i) => {
          expect(count).toBe(recorded.filter((each) => each >= low && each <= high).length);
          if (i > 0) expect(low).toBeGreaterThan(buckets[i - 1].high);
        });
        expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(recorded.length);
      }),
    );
  });

  test("adding another gives the histogram of both", () => {
    const both = histogramOf([1, 5, 900]);
    both.add(histogramOf([2, 70_000]));
    expect(both.buckets()).toEqual(histogramOf([1, 5, 900, 2, 70_000]).buckets());
    expect(both.highest).toBe(70_000);
    expect(both.count).toBe(5);
  });

  test("counts what lies above a value", () => {
    expect(histogramOf([1, 10, 10, 20, 30]).countAbove(10)).toBe(2);
  });

  test("takes values out of range as the nearest in it", () => {
    const histogram = histogramOf([-5, 2 ** 40]);
    expect(histogram.quantile(0)).toBe(0);
    expect(histogram.highest).toBe(2 ** 31 - 1);
  });

  test("an empty one has no quantile", () => {
    expect(() => new Histogram().quantile(0.5)).toThrow(/empty histogram/);
  });
});
