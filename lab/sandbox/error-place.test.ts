import { describe, expect, test } from "vitest";
import { placeOf, thrownText } from "./error-place.ts";

const FILE = "blob:null/0a1b-2c3d";

describe("the place of an error", () => {
  test.each([
    ["Chromium", `Error: x\n    at quote (${FILE}:7:13)\n    at Object.onBook (${FILE}:12:5)\n    at worker.js:1:2`],
    ["Chromium, outside of a function", `Error: x\n    at ${FILE}:7:13`],
    ["Firefox", `quote@${FILE}:7:13\nonBook@${FILE}:12:5\nstep@worker.js:1:2\n`],
    ["an engine's frame first", `TypeError: x\n    at Array.forEach (<anonymous>)\n    at a (${FILE}:7:13)`],
  ])("is that of the innermost frame in the reader's file: %s", (_, stack) => {
    expect(placeOf({ stack }, ["blob:null/other", FILE])).toEqual({ address: FILE, line: 7, column: 13 });
  });

  test.each<[string, unknown]>([
    ["a stack without the file", { stack: "Error\n    at worker.js:1:2" }],
    ["a file whose address begins alike", { stack: `at ${FILE}99:7:13` }],
    ["no stack", {}],
    ["a stack that is no text", { stack: { toString: () => FILE } }],
    ["no object", "Error"],
    ["nothing", null],
  ])("is unknown for %s", (_, error) => expect(placeOf(error, [FILE])).toBeUndefined());

  test("is unknown where the stack throws", () => {
    const hostile = {
      get stack(): string {
        throw new Error("no");
      },
    };
    expect(placeOf(hostile, [FILE])).toBeUndefined();
  });
});

test.each<[unknown, string]>([
  [new RangeError("too far"), "RangeError: too far"],
  ["why", 'Thrown: "why"'],
  [undefined, "Thrown: undefined"],
  [3n, "Thrown: 3"],
  [Symbol("s"), "Thrown: Symbol(s)"],
  [() => 1, "Thrown: a function"],
  [{}, "Thrown: an object that is no error"],
  [{ message: "m".repeat(1000) }, "m".repeat(500)],
])("what was thrown is told: %s", (thrown, text) => expect(thrownText(thrown)).toBe(text));
