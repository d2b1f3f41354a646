import { describe, expect, test } from "vitest";
import { isBeyondRange, parseTick, priceProblem, ticksOf } from "./recorded-price.ts";

describe("a tick", () => {
  test.each([
    ["0.01", 100],
    ["0.0001", 1],
    ["1", 10_000],
    ["0.0100", 100],
    ["2.5", 25_000],
  ])("of %s dollars is %i of the price's units", (text, units) => {
    expect(parseTick(text)).toBe(units);
  });

  test.each(["0", "0.00", "0.00001", "-1", "", "1e-2", ".01", "0,01", "abc", "10000000"])("%j is refused", (text) => {
    expect(() => parseTick(text)).toThrow(`The tick is "${text}": give dollars`);
  });
});

describe("a price", () => {
  test("on the tick is that many ticks", () => {
    expect(ticksOf(1_234_500, 100)).toBe(12_345);
    expect(ticksOf(100, 100)).toBe(1);
    expect(ticksOf(2 ** 24 - 1, 1)).toBe(2 ** 24 - 1);
  });

  test("off the tick, zero or too high is none, and is told of with the remedy", () => {
    expect(ticksOf(1_234_501, 100)).toBe(0);
    expect(priceProblem(1_234_501, 100)).toBe("the price 123.4501 is off the tick of 0.01: give a smaller --tick");
    expect(ticksOf(0, 100)).toBe(0);
    expect(priceProblem(0, 100)).toContain("a resting order has one above 0");
    expect(ticksOf(2 ** 24, 1)).toBe(0);
    expect(priceProblem(2 ** 24, 1)).toContain("give a larger --tick");
    expect(ticksOf(2 ** 32 - 1, 1)).toBe(0);
    expect(ticksOf(2 ** 32 + 1, 1)).toBe(0);
  });

  test("is beyond the range only where it lies on the tick", () => {
    expect(isBeyondRange(1_999_999_900, 100)).toBe(true);
    expect(isBeyondRange(1_999_999_901, 100)).toBe(false);
    expect(isBeyondRange(100, 100)).toBe(false);
  });
});
