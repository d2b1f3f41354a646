import { expect, test } from "vitest";
import { panned, zoomed } from "./view-window.ts";

const whole = { from: 0, to: 100 };

test("zooming keeps the place that is pointed at", () => {
  expect(zoomed(whole, 0.5, 0.25, 100)).toEqual({ from: 12.5, to: 62.5 });
  expect(zoomed({ from: 40, to: 60 }, 2, 0.5, 100)).toEqual({ from: 30, to: 70 });
});

test("zooming out ends with the whole run, zooming in at what can be told apart", () => {
  expect(zoomed({ from: 90, to: 100 }, 100, 1, 100)).toEqual(whole);
  const { from, to } = zoomed({ from: 50, to: 50.03 }, 0.01, 0.5, 100);
  expect(to - from).toBeCloseTo(0.02);
});

test("moving stops at both ends", () => {
  expect(panned({ from: 10, to: 30 }, -2, 100)).toEqual({ from: 0, to: 20 });
  expect(panned({ from: 70, to: 90 }, 2, 100)).toEqual({ from: 80, to: 100 });
});
