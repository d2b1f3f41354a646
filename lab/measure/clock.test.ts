import { expect, test } from "vitest";
import { measureClockStep } from "./clock.ts";

/** A clock that is seen in steps, while its own time runs by so much at each reading; ms. */
function steppingClock(stepMs: number, perReadingMs: number): () => number {
  let reading = 0;
  return () => Math.floor((reading++ * perReadingMs) / stepMs) * stepMs;
}

test.each([
  [0.1, 0.0003],
  [0.005, 0.0002],
  [1, 0.04],
])("the step of a clock of %d ms is found", (stepMs, perReadingMs) => {
  expect(measureClockStep(steppingClock(stepMs, perReadingMs))).toBeCloseTo(stepMs, 9);
});

test("a clock finer than its readings has the step of a reading", () => {
  expect(measureClockStep(steppingClock(1e-6, 0.00005))).toBeCloseTo(0.00005, 6);
});

test("a clock that stands still is an error, and no endless wait", () => {
  expect(() => measureClockStep(() => 5)).toThrow("the clock doesn't move");
});
