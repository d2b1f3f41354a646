import { expect, test } from "vitest";
import type { Difference } from "../../../engines/conformance/comparison.ts";
import { MATCHING_BUGS } from "../../../engines/conformance/planted-bugs.ts";
import { feedbackOn } from "./feedback.ts";
import { ENGINES, SUSPECTS } from "./suspects.ts";

const at = (step: number, actual: string): Difference => ({
  door: "objects",
  step,
  command: {},
  expected: "[1]",
  actual,
});

test("feedback tells a right guess, one that passes, one that fails elsewhere, otherwise, and alike", () => {
  const ofEngine = at(2, "[]");
  const say = (ofGuess: Difference | undefined, right = false) => feedbackOn({ right, ofGuess, ofEngine });
  expect(say(ofEngine, true)).toMatch(/^Yes/);
  expect(say(undefined)).toContain("it passes this case");
  expect(say(at(4, "[]"))).toContain("at step 5, not at step 3");
  expect(say(at(2, "[9]"))).toContain("but gives [9]");
  expect(say(at(2, "[]"))).toContain("fails other cases");
});

test("each engine has another suspect's bug, and each suspect is a planted bug", () => {
  expect(ENGINES.map(({ suspect }) => suspect).sort()).toEqual(SUSPECTS.map((_, index) => index));
  for (const { what } of SUSPECTS) expect(MATCHING_BUGS.filter((bug) => bug.what === what)).toHaveLength(1);
});
