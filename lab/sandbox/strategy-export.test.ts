import { describe, expect, test } from "vitest";
import { NoStrategy, strategyOf } from "./strategy-export.ts";

describe("the strategy of a module", () => {
  test("is an instance of the class that it exports, a new one each time", () => {
    class Quiet {
      onBook() {}
    }
    const module = { default: Quiet };
    expect(strategyOf(module)).toBeInstanceOf(Quiet);
    expect(strategyOf(module)).not.toBe(strategyOf(module));
  });

  test("is the object that it exports", () => {
    const quiet = { onFill() {} };
    expect(strategyOf({ default: quiet })).toBe(quiet);
  });

  test.each<[string, Record<string, unknown>, RegExp]>([
    ["there is no default export", { strategy: {} }, /no default export/],
    ["it is a function", { default: () => {} }, /is a function/],
    ["it is a number", { default: 3 }, /is number/],
    ["it is null", { default: null }, /is null/],
    ["it has no callback", { default: { onbook() {} } }, /none of onStart, onBook, onFill, onReject, onTimer,/],
    ["a callback is no function", { default: { onBook: 3 } }, /onBook is no function/],
  ])("is missed with what to write, where %s", (_, module, message) => {
    expect(() => strategyOf(module)).toThrow(NoStrategy);
    expect(() => strategyOf(module)).toThrow(message);
    expect(() => strategyOf(module)).toThrow(/export default class MyStrategy/);
  });
});
