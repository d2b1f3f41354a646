import { describe, expect, test } from "vitest";
import { mean, median, standardDeviation, studentT } from "./statistics.ts";

describe("statistics", () => {
  test("the median of an odd and of an even number of values", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(() => median([])).toThrow(RangeError);
  });

  test("mean and standard deviation of a sample", () => {
    expect(mean([2, 4, 4, 4, 5, 5, 7, 9])).toBe(5);
    expect(standardDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(2.13809, 5);
  });

  // From the printed tables of Student's distribution.
  test.each([
    [1, 12.7062],
    [2, 4.30265],
    [3, 3.18245],
    [5, 2.57058],
    [6, 2.44691],
    [11, 2.20099],
    [29, 2.04523],
    [120, 1.97993],
  ])("Student's t for %i degrees of freedom is %f", (degrees, tabled) => {
    expect(Math.abs(studentT(degrees) / tabled - 1)).toBeLessThan(degrees < 6 ? 0.006 : 0.0002);
  });

  test("there is no t for no degrees of freedom", () => {
    expect(() => studentT(0)).toThrow(/0 degrees/);
  });
});
