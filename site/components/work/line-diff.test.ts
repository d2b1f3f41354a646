import fc from "fast-check";
import { expect, test } from "vitest";
import { lineDiff } from "./line-diff.ts";

const marked = (first: string, second: string): string =>
  lineDiff(first, second)
    .map(({ side, text }) => `${{ both: " ", first: "-", second: "+" }[side]}${text}`)
    .join("\n");

test("keeps what both have, and marks the rest", () => {
  expect(marked("a\nb\nc", "a\nx\nc\nd")).toBe(" a\n-b\n+x\n c\n+d");
});

test("of equal texts every line is in both", () => {
  expect(marked("a\nb", "a\nb")).toBe(" a\n b");
});

test("either text can be read off it", () => {
  const text = fc
    .array(fc.constantFrom("a", "b", "c", ""), { minLength: 1, maxLength: 20 })
    .map((lines) => lines.join("\n"));
  fc.assert(
    fc.property(text, text, (first, second) => {
      const lines = lineDiff(first, second);
      const of = (other: string) => lines.filter(({ side }) => side !== other).map((line) => line.text);
      expect(of("second").join("\n")).toBe(first);
      expect(of("first").join("\n")).toBe(second);
    }),
  );
});
