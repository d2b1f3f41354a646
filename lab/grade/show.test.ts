import { expect, test } from "vitest";
import { show, showCall, showNumber } from "./show.ts";

test.each<[unknown, string]>([
  [1.5, "1.5"],
  [-0, "-0"],
  [Number.NaN, "NaN"],
  [5n, "5n"],
  [undefined, "undefined"],
  ['a"b', '"a\\"b"'],
  [[1, null, "x"], '[1, null, "x"]'],
  [{ price: 100, "a b": [] }, '{price: 100, "a b": []}'],
  [new Map([["a", 1]]), 'Map {"a" => 1}'],
  [new Set([1, 2]), "Set {1, 2}"],
  [new Int32Array([1, 2]), "Int32Array [1, 2]"],
])("shows %o as the learner would write it", (value, text) => {
  expect(show(value)).toBe(text);
});

test("cuts what is long, and says how much there was", () => {
  const text = show(
    Array.from({ length: 5_000 }, (_, index) => index),
    60,
  );
  expect(text.length).toBeLessThanOrEqual(60);
  expect(text).toMatch(/^\[0, 1, 2, .*…$/);
  expect(show("x".repeat(1_000)).length).toBeLessThanOrEqual(160);
});

test("ends on a value that holds itself", () => {
  const circle: unknown[] = [];
  circle.push(circle);
  expect(show(circle)).toBe("[[[[[…]]]]]");
});

test("shows a call", () => {
  expect(showCall("merge", { counts: [1] }, 2)).toBe("merge({counts: [1]}, 2)");
});

test.each<[number, string]>([
  [0, "0"],
  [999, "999"],
  [1_000, "1,000"],
  [-10_000_000_000, "-10,000,000,000"],
  [1234.5678, "1,234.5678"],
  [1e300, "1e+300"],
  [Number.NaN, "NaN"],
])("writes %d as %s in a sentence", (value, text) => {
  expect(showNumber(value)).toBe(text);
});
