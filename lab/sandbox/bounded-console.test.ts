import { describe, expect, test } from "vitest";
import { BoundedConsole, MAX_LINE_LENGTH, MAX_LINES } from "./bounded-console.ts";

function logged(...values: unknown[]): string {
  const kept = new BoundedConsole(() => ({ line: 3 }));
  kept.methods().log(...values);
  return kept.take()[0].text;
}

describe("the console", () => {
  test("keeps lines with their level and line, once", () => {
    const kept = new BoundedConsole(() => ({ line: 3 }));
    kept.methods().warn("a", 1);
    kept.methods().info("b");
    expect(kept.take()).toEqual([
      { kind: "log", level: "warn", text: "a 1", line: 3 },
      { kind: "log", level: "log", text: "b", line: 3 },
    ]);
    expect(kept.take()).toEqual([]);
  });

  test("keeps the first lines, and says that it keeps no more, once", () => {
    const kept = new BoundedConsole(() => undefined);
    for (let line = 0; line < 10 * MAX_LINES; line++) kept.methods().log(line);
    const lines = kept.take();
    expect(lines).toHaveLength(MAX_LINES + 1);
    expect(lines.at(-1)).toMatchObject({ level: "warn", text: expect.stringContaining("first 200") });
  });

  test("keeps nothing where it isn't heard", () => {
    const kept = new BoundedConsole(() => undefined);
    kept.heard = false;
    kept.methods().log("a");
    expect(kept.take()).toEqual([]);
  });

  test.each<[unknown, string]>([
    [[1, "a", null, undefined], '[1, "a", null, undefined]'],
    [{ a: 1, b: { c: { d: {} } } }, "{ a: 1, b: { c: { d: … } } }"],
    [new Map([[1, "x"]]), 'Map(1) {[1, "x"]}'],
    [new Int32Array(100), `[${"0, ".repeat(20)}… 100 in all]`],
    [new TypeError("no"), "TypeError: no"],
    [3n, "3"],
    [Symbol("s"), "Symbol(s)"],
    [() => 1, "a function"],
    [
      {
        get a() {
          throw new Error("no");
        },
      },
      "an object that can't be shown",
    ],
  ])("shows a value as a reader would write it: %#", (value, text) => expect(logged(value)).toBe(text));

  test("cuts a long line", () => {
    expect(logged("x".repeat(1e6), "y")).toHaveLength(MAX_LINE_LENGTH + 2);
    expect(logged(Array.from({ length: 20 }, () => "x".repeat(900))).length).toBeLessThan(MAX_LINE_LENGTH + 3);
  });
});
