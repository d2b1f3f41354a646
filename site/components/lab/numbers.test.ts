import { describe, expect, test } from "vitest";
import { count, rate, ratio, tick, time } from "./numbers.ts";

/** Numbers and units stand on one line, with a space that doesn't break. */
const plain = (text: string): string => text.replaceAll("\u00a0", " ");

describe("numbers for a reader", () => {
  test.each([
    [312.4, "312 ns"],
    [0, "0 ns"],
    [1240, "1.24 µs"],
    [20_100_000, "20.1 ms"],
    [3e9, "3 s"],
  ])("%d ns is %s", (ns, text) => expect(plain(time(ns))).toBe(text));

  test.each([
    [3_214_000, "3.21 M"],
    [845_300, "845 k"],
    [12, "12"],
  ])("%d a second is %s", (perSecond, text) => expect(plain(rate(perSecond))).toBe(text));

  test.each([
    [2.94, "2.9×"],
    [1.046, "1.05×"],
    [12.4, "12×"],
  ])("%d times is %s", (value, text) => expect(ratio(value)).toBe(text));

  test("a count has its thousands apart, and an axis has them short", () => {
    expect(count(312_480.4)).toBe("312,480");
    expect([1000, -2_500_000, 40].map(tick)).toEqual(["1k", "-2.5M", "40"]);
  });
});
