import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plainBytes, readPlainBytes } from "./plain-bytes.ts";

const there = (value: unknown): unknown => readPlainBytes(plainBytes(value));

describe("plain values as bytes", () => {
  test("come back as they were", () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withMap: true, withSet: true, withTypedArray: true }), (value) => {
        expect(there(value)).toEqual(value);
      }),
    );
  });

  test("keep minus zero, NaN and the infinities", () => {
    const values = [-0, Number.NaN, Infinity, -Infinity];
    expect(there(values)).toEqual(values);
    expect(Object.is((there([-0]) as number[])[0], -0)).toBe(true);
  });

  test("lose the class of an object and keep a key __proto__ as a key", () => {
    const read = there(JSON.parse('{"__proto__":{"polluted":true}}')) as object;
    expect(Object.keys(read)).toEqual(["__proto__"]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test("leave room for what comes before them", () => {
    expect([...plainBytes(true, 4)]).toEqual([0, 0, 0, 0, 3]);
  });

  test.each([
    ["a function", () => 1, "a function, which is no plain value"],
    ["a symbol", Symbol("a"), "a symbol, which is no plain value"],
    ["a hole of a billion", new Array(1e9), "more than a million parts"],
    ["a text too long", "x".repeat(40_000_000), "larger than 32 MiB"],
  ])("refuse %s", (_what, value, message) => {
    expect(() => plainBytes(value)).toThrow(message);
  });

  test("refuse a value within itself", () => {
    const ring: unknown[] = [];
    ring.push(ring);
    expect(() => plainBytes(ring)).toThrow("within itself");
  });
});

describe("a stranger's bytes", () => {
  test("are a value or a TypeError, whatever they are", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          readPlainBytes(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test.each([
    ["cut off", plainBytes([1, 2, 3]).slice(0, -1), "end too early"],
    ["longer than their value", plainBytes([1], 0).length, "after the value"],
    ["a list longer than they are", Uint8Array.of(7, 255, 255, 255, 255, 0), "end too early"],
    ["a nest", new Uint8Array(10_000).fill(7).map((_, at) => [7, 1, 0, 0, 0][at % 5]), "nested too deeply"],
  ])("that are %s are refused", (_what, bytes, message) => {
    const given = typeof bytes === "number" ? new Uint8Array([...plainBytes([1]), 0]) : bytes;
    expect(() => readPlainBytes(given)).toThrow(message);
  });
});
