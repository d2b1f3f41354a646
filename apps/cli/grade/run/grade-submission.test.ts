import { afterAll, expect, test } from "vitest";
import type { Check, Checks } from "../../../../lab/grade/check.ts";
import { digest } from "../../../../lab/grade/digest.ts";
import type { CheckEntry, ExerciseManifest } from "../../../../lab/grade/manifest.ts";
import type { Stage } from "./grade-submission.ts";
import { gradeSubmission, type LoadedExercise, needsAlone, refusedSubmission } from "./grade-submission.ts";
import { Isolation } from "./isolation.ts";

const isolation = new Isolation();
afterAll(() => isolation.close());

const entry = (name: string, credit: CheckEntry["credit"] = "correctness"): CheckEntry => ({ name, points: 2, credit });

/** Right where `f` gives the number. */
const gives = (number: number): Check => ({
  async run(learner) {
    const got = await learner.call("f");
    return got === number ? { share: 1, reason: "Right." } : { share: 0, reason: `It gives ${got}.` };
  },
});

function exerciseOf(entries: CheckEntry[], checks: Checks, more: Partial<LoadedExercise> = {}): LoadedExercise {
  const manifest = {
    id: "6d2f9fb4-4a2d-4df5-a1c2-1a1c3bd9c1a0",
    title: "A test",
    chapter: "test",
    kind: "code",
    minutes: 5,
    checks: entries,
    limits: { timeMs: 400, memoryMiB: 64 },
    prerequisites: [],
  } satisfies ExerciseManifest;
  return { files: { slug: "a-test", manifest, hash: "ab", given: {} }, checks, hiddenChecks: {}, ...more };
}

function task(exercise: LoadedExercise, code: string, stage: Stage = "rest") {
  const student = { key: "ada", name: "Ada" };
  const submission = { student, exercise: "a-test", code, codeHash: digest(code), source: "ada.ts", markedLate: false };
  return { submission, exercise, seed: 1, stage };
}

test("hidden checks are judged beside the public ones, and told by their category", async () => {
  const hidden = { file: "hidden.ts", checks: [{ ...entry("secret"), category: "edge cases" }] };
  const exercise = exerciseOf([entry("open")], { open: gives(1) }, { hidden, hiddenChecks: { secret: gives(2) } });
  const graded = await gradeSubmission(task(exercise, "export const f = () => 1;"), isolation);
  expect(graded.verdict).toMatchObject({ points: 2, of: 2, host: { name: "deno" } });
  expect(graded.hidden).toMatchObject([
    { name: "secret", category: "edge cases", points: 0, of: 2, reason: "It gives 1." },
  ]);
});

test("speed waits for the stage alone, and takes its place among the checks", async () => {
  const exercise = exerciseOf([entry("fast", "speed"), entry("right")], { fast: gives(1), right: gives(1) });
  const asked = task(exercise, "export const f = () => 1;");
  const rest = await gradeSubmission(asked, isolation);
  expect(rest.verdict).toMatchObject({ points: 2, of: 2 });
  expect(needsAlone(rest, exercise)).toBe(true);
  const alone = await gradeSubmission({ ...asked, stage: "alone", before: rest }, isolation);
  expect(alone.verdict.checks.map(({ name, points }) => [name, points])).toEqual([
    ["fast", 2],
    ["right", 2],
  ]);
  expect(alone.verdict).toMatchObject({ points: 4, of: 4 });
});

test("who ran out of time is judged again alone, and nobody else", async () => {
  let asked = 0;
  const counted: Check = {
    run: (learner, context) => {
      asked++;
      return gives(1).run(learner, context);
    },
  };
  const exercise = exerciseOf([entry("loops"), entry("right")], {
    loops: { run: async (learner) => ({ share: 1, reason: String(await learner.call("g")) }) },
    right: counted,
  });
  const code = "export const f = () => 1;\nexport const g = () => { for (;;); };";
  const rest = await gradeSubmission(task(exercise, code), isolation);
  expect(rest.verdict.checks.map(({ status }) => status)).toEqual(["failed", "passed"]);
  expect(needsAlone(rest, exercise)).toBe(true);
  const alone = await gradeSubmission({ ...task(exercise, code, "alone"), before: rest }, isolation);
  expect(alone.verdict.checks).toEqual(rest.verdict.checks);
  expect(asked).toBe(1);
});

test("a check that trips over what it is given gives no point, and the next one is judged", async () => {
  const trips: Check = {
    run: async (learner) => ({ share: 1, reason: ((await learner.call("f")) as string[])[0].trim() }),
  };
  const exercise = exerciseOf([entry("trips"), entry("right")], { trips, right: gives(1) });
  const { verdict } = await gradeSubmission(task(exercise, "export const f = () => 1;"), isolation);
  expect(verdict.checks).toMatchObject([{ points: 0, reason: expect.stringMatching(/can't read/) }, { points: 2 }]);
});

test("what could not be graded has no point, and says why in every check", () => {
  const exercise = exerciseOf([entry("one"), entry("other")], {});
  const refused = refusedSubmission(task(exercise, ""), "It broke.");
  expect(refused).toMatchObject({ refused: "It broke.", verdict: { points: 0, of: 4 } });
  expect(refused.verdict.checks.map(({ reason }) => reason)).toEqual(["It broke.", "It broke."]);
});
