import { readFile } from "node:fs/promises";
import { afterAll, describe, expect, test } from "vitest";
import { digest } from "../../../../lab/grade/digest.ts";
import { readExerciseFiles } from "../exercise-files.ts";
import { gradeSubmission } from "./grade-submission.ts";
import { ATTACKED, type Attack, hostileSet } from "./hostile-set.ts";
import { Isolation } from "./isolation.ts";
import { loadExercise } from "./load-exercise.ts";

/** `.ci/run` grades all attacks by all checks; `npm test` those that are over at once, by the first check. */
const whole = process.env.HOTPATH_HEAVY === "1";

const isolation = new Isolation();
afterAll(() => isolation.close());

const files = await readExerciseFiles(ATTACKED);

/** Time enough for who needs it on a busy machine, and little for who would take all. */
async function exerciseFor(ends: Attack["ends"]) {
  const { limits, checks } = files.manifest;
  const own = { timeMs: ends === "time" ? 300 : 10_000, memoryMiB: ends === "memory" ? 64 : limits.memoryMiB };
  const manifest = { ...files.manifest, checks: whole ? checks : checks.slice(0, 1), limits: own };
  return loadExercise({ files: { ...files, manifest } });
}

const attacks = await hostileSet();
const now = attacks.filter(
  ({ name, ends }) => whole || ends === undefined || ["a-loop", "an-array-buffer-bomb"].includes(name),
);

async function graded(code: string, ends?: Attack["ends"]) {
  const exercise = await exerciseFor(ends);
  const student = { key: "mallory", name: "Mallory" };
  const submission = {
    student,
    exercise: ATTACKED,
    code,
    codeHash: digest(code),
    source: "mallory.ts",
    markedLate: false,
  };
  return gradeSubmission({ submission, exercise, seed: 3, stage: "rest" }, isolation);
}

describe("the hostile set", () => {
  test("has an attack for each line of the design", () => {
    expect(attacks.length).toBeGreaterThan(50);
  });

  test.concurrent.each(now)("gains nothing: $name, which tries $tries", { timeout: 60_000 }, async (attack) => {
    const { verdict, stopped } = await graded(attack.code, attack.ends);
    if (attack.isBeforeSolution) expect(verdict.points).toBeLessThan(verdict.of);
    else expect(verdict.points).toBe(0);
    for (const sentence of attack.stopped) expect(stopped).toContain(sentence);
    const reasons = verdict.checks.map(({ reason, failing }) => `${reason} ${failing?.got ?? ""}`);
    for (const { reason } of verdict.checks) expect(reason).not.toMatch(/forged/);
    if (attack.reason !== undefined) expect(reasons.join("\n")).toMatch(attack.reason);
    if (attack.ends === "memory")
      expect(reasons.join("\n")).toMatch(/more memory|Array buffer allocation|was still running|could not allocate/i);
  });

  test("leaves the solution its points", async () => {
    const code = await readFile(new URL(`../../../../exercises/${ATTACKED}/solution.ts`, import.meta.url), "utf8");
    const { verdict, stopped } = await graded(code);
    expect(verdict.points).toBe(verdict.of);
    expect(stopped).toEqual([]);
  });
});
