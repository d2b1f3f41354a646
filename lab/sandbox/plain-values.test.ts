import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodePlain, encodePlain } from "./plain-values.ts";

function overTheWire(value: unknown): unknown {
  return decodePlain(JSON.parse(JSON.stringify(encodePlain(value))));
}

describe("a plain value", () => {
  test("comes over as it was", () => {
    const values = fc.anything({
      withBigInt: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withSparseArray: false,
      withNullPrototype: false,
    });
    fc.assert(
      fc.property(values, (value) => {
        expect(overTheWire(value)).toEqual(value);
      }),
    );
  });

  test.each([
    [-0],
    [Number.NaN],
    [Number.NEGATIVE_INFINITY],
    [undefined],
    [{ $: "undefined", of: null }],
    [{ a: { $: 1 } }],
    [[undefined, null]],
    [Float32Array.of(-0, 0.5, Number.NaN)],
    [new Map([[{ a: 1 }, new Set([1n])]])],
    ["\ud800"],
  ])("comes over as it was: %o", (value) => expect(overTheWire(value)).toStrictEqual(value));

  test("keeps a key named __proto__ a key", () => {
    const back = overTheWire(JSON.parse('{"__proto__":{"a":1}}')) as object;
    expect(Object.getPrototypeOf(back)).toBe(Object.prototype);
    expect(Object.keys(back)).toEqual(["__proto__"]);
  });
});

describe("what is no plain value", () => {
  const circle: unknown[] = [];
  circle.push(circle);

  test.each<[string, unknown, RegExp]>([
    ["a function", { f: () => 1 }, /a function/],
    ["a symbol", [Symbol("s")], /a symbol/],
    ["a circle", circle, /nested more than 100 deep, or within itself/],
    ["too much", new Array(1_000_001).fill(0), /a million parts/],
  ])("is refused: %s", (_, value, message) => expect(() => encodePlain(value)).toThrow(message));

  test.each([
    [{ $: "Function", of: "x" }],
    [{ $: "Map", of: 3 }],
    [{ $: "bigint", of: "x" }],
    [{ $: "__proto__", of: [] }],
    [{ $: "Map", of: [1] }],
  ])("is refused when it comes in: %o", (json) => expect(() => decodePlain(json)).toThrow(TypeError));
});
