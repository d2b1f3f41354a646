import { expect, test } from "vitest";
import { ProgressLine, progressText } from "./progress-line.ts";

function shown(isTTY: boolean, steps: [done: number, atMs: number][], of: number): string {
  let text = "";
  let now = 0;
  const write = (part: string): void => {
    text += part;
  };
  const stream = { isTTY, write } as unknown as NodeJS.WriteStream;
  const line = new ProgressLine(stream, () => now);
  for (const [done, atMs] of steps) {
    now = atMs;
    line.show({ done, failed: 1, of });
  }
  line.end();
  return text;
}

test("tells the time that is left by what this run has done", () => {
  // 90 were in the journal: 10 s a submission is what the eleventh of ten took.
  expect(shown(true, [[91, 10_000]], 100)).toBe("\r\x1b[Kgraded 91 of 100, 1 without a point, about 1 min 30 s left\n");
});

test("is a line from time to time where there is no terminal, and the last one always", () => {
  const text = shown(
    false,
    [
      [1, 0],
      [2, 100],
      [3, 9_999],
      [4, 10_000],
      [5, 10_001],
    ],
    5,
  );
  expect(
    text
      .trimEnd()
      .split("\n")
      .map((line) => line.slice(0, 13)),
  ).toEqual(["graded 1 of 5", "graded 4 of 5", "graded 5 of 5"]);
  expect(text).not.toContain("\x1b");
});

test("says nothing of the time where all is done, or nothing yet", () => {
  expect(progressText({ done: 5, failed: 0, of: 5 }, 0)).toBe("graded 5 of 5, 0 without a point");
  expect(progressText({ done: 0, failed: 0, of: 5 }, Number.NaN)).toBe("graded 0 of 5, 0 without a point");
});
