import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { classOf, gradedStudent } from "./class.fixture.ts";
import { similarSubmissions } from "./similar.ts";

const exercise = (path: string) => readFileSync(new URL(`../../../../exercises/${path}`, import.meta.url), "utf8");
const ORIGINAL = exercise("hot-path/solution.ts");
const OTHERS = ["merged-percentiles", "honest-histogram", "encode-commands"].map((slug) =>
  exercise(`${slug}/solution.ts`),
);

/** What a copier does: other names, other comments, other spaces, no types changed. */
const DISGUISED = ORIGINAL.replaceAll(/\bstack\b/g, "piled")
  .replaceAll(/\bframe\b/g, "part")
  .replaceAll(/\bconst\b/g, "let")
  .replaceAll(/\/\*\*.*?\*\//gs, "// mine")
  .replaceAll("  ", "\t");

function compared(codes: readonly string[], common: readonly string[] = []) {
  const students = codes.map((code, index) => gradedStudent({ key: `s${index}`, name: `S ${index}`, code }));
  const { pairs, unread } = similarSubmissions(classOf(students), () => common);
  return {
    unread,
    pairs: pairs.map(({ left, right, ...pair }) => ({
      ...pair,
      left,
      right,
      keys: [left, right].map(({ submission }) => submission.student.key),
    })),
  };
}

describe("similar submissions", () => {
  test("a disguised copy is found among others, with the lines that it shares", () => {
    const { pairs } = compared([ORIGINAL, ...OTHERS, DISGUISED]);
    expect(pairs.map(({ keys }) => keys)).toEqual([["s0", "s4"]]);
    expect(pairs[0].similarity).toBeGreaterThan(0.8);
    expect(pairs[0].left.lines.length).toBeGreaterThan(20);
    expect(Math.max(...pairs[0].right.lines)).toBeLessThanOrEqual(DISGUISED.split("\n").length);
  });

  test("what comes from the starter or the solution is nobody's", () => {
    expect(compared([ORIGINAL, ...OTHERS, DISGUISED], [ORIGINAL]).pairs).toEqual([]);
  });

  test("what much of a class has in common is nobody's", () => {
    expect(compared([...Array.from({ length: 12 }, () => ORIGINAL), ...OTHERS]).pairs).toEqual([]);
  });

  test("different work is not alike", () => {
    expect(compared([ORIGINAL, ...OTHERS]).pairs).toEqual([]);
  });

  test("code that doesn't parse is named, not dropped", () => {
    const { unread } = compared(["export const = ;", ORIGINAL]);
    expect(unread.map(({ submission, why }) => [submission.student.key, why])).toEqual([["s0", "it doesn't parse"]]);
  });
});
