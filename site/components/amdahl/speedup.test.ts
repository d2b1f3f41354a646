import fc from "fast-check";
import { expect, test } from "vitest";
import { limit, speedup } from "./speedup.ts";

test("a fifth of the time, five times as fast, gains less than a fifth", () => {
  expect(speedup(0.2, 5)).toBeCloseTo(1.19, 2);
  expect(limit(0.2)).toBe(1.25);
});

test("where the part is all, the whole gains what the part does, without end", () => {
  expect(speedup(1, 7)).toBeCloseTo(7);
  expect(limit(1)).toBe(Number.POSITIVE_INFINITY);
});

test("no factor passes the limit, and none helps a part that takes no time", () => {
  const share = fc.double({ min: 0, max: 0.999, noNaN: true });
  const factor = fc.double({ min: 1, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(share, factor, (p, s) => speedup(p, s) <= limit(p) * (1 + 1e-12) && speedup(p, s) >= 1 - 1e-12),
  );
  expect(speedup(0, 1000)).toBe(1);
});
