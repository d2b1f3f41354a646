import { describe, expect, test } from "vitest";
import { CallFailure, type Checks, type OpenedLearner } from "./check.ts";
import { type GradedExercise, type GradeOptions, grade, rerun } from "./grade.ts";
import { property } from "./property.ts";
import { shrinkInteger } from "./shrink.ts";

type Exports = Record<string, (...args: never[]) => unknown>;

const HANGS = Symbol("never answers");

/** Code that stands for itself: functions of this realm, with the failures that a host reports. */
function opener(exports: Exports) {
  const opened: { closed: boolean }[] = [];
  const open = async (): Promise<OpenedLearner> => {
    const place = { closed: false };
    opened.push(place);
    return {
      exports: Object.keys(exports),
      close: () => {
        place.closed = true;
      },
      async call(name, args) {
        if (place.closed) throw new CallFailure("ended", "It was closed.");
        const run = exports[name] as (...args: readonly unknown[]) => unknown;
        try {
          const value = run(...args);
          if (value === HANGS) throw new CallFailure("timeout", "late");
          return structuredClone(value);
        } catch (error) {
          if (error instanceof CallFailure) throw error;
          throw new CallFailure("thrown", `${error}`, 3);
        }
      },
    };
  };
  return { open, opened };
}

const exercise: GradedExercise = {
  id: "8a0c",
  hash: "abc",
  limits: { timeMs: 1_000, memoryMiB: 64 },
  checks: [
    { name: "doubles", points: 3, credit: "correctness" },
    { name: "is half right", points: 1, credit: "correctness" },
  ],
};

const checks: Checks = {
  doubles: property<number>({
    cases: 5,
    passed: "It doubled everything.",
    generate: (draws) => draws.integer(10, 99),
    async judge(learner, n) {
      const got = await learner.call("twice", n);
      if (got === 2 * n) return undefined;
      return { input: `twice(${n})`, expected: `${2 * n}`, got: `${got}`, reason: "That is not the double." };
    },
    show: (n) => `twice(${n})`,
    shrink: (n) => shrinkInteger(n),
  }),
  "is half right": {
    async run(learner) {
      return { share: (await learner.call("twice", 0)) === 0 ? 0.5 : 0, reason: "Half of it is there." };
    },
  },
};

const run = (exports: Exports, more: Partial<GradeOptions> = {}) => {
  const { open, opened } = opener(exports);
  const verdict = grade({ exercise, checks, code: "the code", open, seed: 7, host: "test", ...more });
  return { verdict, opened };
};

describe("a grading", () => {
  test("gives each check's points with its reason, and their sum", async () => {
    const { verdict } = run({ twice: (n: number) => 2 * n });
    expect(await verdict).toMatchObject({
      version: 1,
      exercise: { id: "8a0c", hash: "abc" },
      seed: 7,
      points: 3.5,
      of: 4,
      checks: [
        { name: "doubles", status: "passed", points: 3, of: 3, reason: "It doubled everything." },
        { name: "is half right", status: "partial", points: 0.5, of: 1, reason: "Half of it is there." },
      ],
    });
  });

  test("gives the same receipt twice, the host aside", async () => {
    const [one, two] = [await run({ twice: (n: number) => n }).verdict, await run({ twice: (n: number) => n }).verdict];
    expect({ ...one, host: null }).toEqual({ ...two, host: null });
  });

  test("shows a failing case made as small as it goes, as data too", async () => {
    const { verdict } = run({ twice: (n: number) => (n > 4 ? n : 2 * n) });
    expect((await verdict).checks[0]).toMatchObject({
      status: "failed",
      points: 0,
      reason: "That is not the double.",
      failing: { input: "twice(5)", expected: "10", got: "5", data: 5 },
    });
  });

  test("tells of thrown errors with the call and the line", async () => {
    const { verdict } = run({
      twice: () => {
        throw new TypeError("no");
      },
    });
    expect((await verdict).checks).toMatchObject([
      {
        status: "failed",
        line: 3,
        reason: "Your code throws here (line 3).",
        failing: { got: "an error (line 3): TypeError: no" },
      },
      { status: "failed", line: 3, reason: "Your code throws (line 3): TypeError: no" },
    ]);
  });

  test("tells which export is missing, and what there is", async () => {
    const { verdict } = run({ double: (n: number) => 2 * n });
    const [{ reason }] = (await verdict).checks;
    expect(reason).toContain("exports no function `twice`. It exports double. Write `export function twice(…)`");
  });

  test("stops code that goes on for too long, and gives the next check a fresh place", async () => {
    const { verdict, opened } = run({ twice: (n: number) => (n === 0 ? 0 : HANGS) });
    expect((await verdict).checks).toMatchObject([
      { status: "failed", reason: expect.stringContaining("`twice` was still running when the check's 1 s were over") },
      { status: "partial" },
    ]);
    expect(opened).toEqual([{ closed: true }, { closed: true }]);
  });

  test("gives the reason why code doesn't load for each check", async () => {
    const open = () => Promise.reject(new CallFailure("syntax", "Unexpected token", 9));
    const verdict = await run({}, { open }).verdict;
    expect(verdict.points).toBe(0);
    for (const { reason } of verdict.checks) expect(reason).toBe("Your code doesn't load (line 9): Unexpected token");
  });

  test("takes what is not of the learner's making for what it is: a fault of ours", async () => {
    const open = () => Promise.reject(new Error("the host broke"));
    await expect(run({}, { open }).verdict).rejects.toThrow("the host broke");
  });

  test("ends at once when it is aborted, and closes the code", async () => {
    const stop = new AbortController();
    const { verdict, opened } = run(
      { twice: (n: number) => 2 * n },
      { signal: stop.signal, onStart: ({ name }) => name === "is half right" && stop.abort(new Error("stopped")) },
    );
    await expect(verdict).rejects.toThrow("stopped");
    expect(opened.every((place) => place.closed)).toBe(true);
  });

  test("leaves what can't be decided out of the total", async () => {
    const pending: Checks = {
      ...checks,
      "is half right": { run: async () => ({ share: 0, pending: true, reason: "The machine is too noisy." }) },
    };
    const { verdict } = run({ twice: (n: number) => 2 * n }, { checks: pending });
    expect(await verdict).toMatchObject({ points: 3, of: 3, checks: [{}, { status: "pending", points: 0, of: 1 }] });
  });

  test("names a check that nobody wrote", async () => {
    const { verdict } = run({ twice: (n: number) => 2 * n }, { checks: { doubles: checks.doubles } });
    await expect(verdict).rejects.toThrow('no check named "is half right"');
  });

  test("tells of each check as it comes", async () => {
    const told: string[] = [];
    const { verdict } = run(
      { twice: (n: number) => 2 * n },
      {
        onStart: ({ name }) => told.push(`${name}?`),
        onResult: ({ name, points }) => told.push(`${name}: ${points}`),
      },
    );
    await verdict;
    expect(told).toEqual(["doubles?", "doubles: 3", "is half right?", "is half right: 0.5"]);
  });
});

describe("a failing case", () => {
  test("runs again from its data, and says whether it is right now", async () => {
    const [wrong, right] = [opener({ twice: () => 1 }), opener({ twice: (n: number) => 2 * n })];
    const again = (open: typeof wrong.open) => rerun({ exercise, checks, code: "", open }, "doubles", 5);
    expect(await again(wrong.open)).toMatchObject({ share: 0, failing: { input: "twice(5)", data: 5 } });
    expect(await again(right.open)).toMatchObject({ share: 1 });
  });
});
