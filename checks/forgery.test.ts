import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Check } from "../lab/grade/check.ts";
import { grade } from "../lab/grade/grade.ts";
import { speed } from "../lab/grade/speed.ts";
import type { Verdict } from "../lab/grade/verdict.ts";
import { readExercise } from "./exercise-folder.ts";
import { FORGERIES } from "./forgeries.ts";
import { root } from "./tree.ts";
import { openAlone } from "./trusted-learner.ts";

/** The attempts of `forgeries.ts` in Node; `forgery.browser.test.ts` makes them in the page. */

const folder = join(root, "exercises/honest-histogram");
const exercise = await readExercise(folder, "honest-histogram");

function graded(code: string): Promise<Verdict> {
  const { manifest, hash, checks } = exercise;
  return grade({ exercise: { ...manifest, hash }, checks, code, open: openAlone, seed: 9, host: "node" });
}

test.each([
  ...FORGERIES,
  [
    "an early exit with success",
    "export const record = () => process.exit(0);\nexport const percentiles = record, merge = record;",
  ],
])(
  "%s earns nothing",
  async (_what, code) => {
    const { points, checks } = await graded(code);
    expect(points).toBe(0);
    for (const { status, reason } of checks) {
      expect(status).toBe("failed");
      expect(reason).not.toMatch(/forged/);
    }
  },
  60_000,
);

test("after all of them an honest solution still gets its points", async () => {
  expect((await graded(await readFile(join(folder, "solution.ts"), "utf8"))).points).toBe(10);
});

const WORK =
  "let total = 0; for (let turn = 0; turn < 8; turn++) for (const value of values) total = (total * 31 + value) | 0; return total;";
const honest = (body: string): string => `export function sum(values) { ${body} }`;

/** Speed that isn't there. Each gives right answers, or what it hopes to be taken for them. */
const FAKE_SPEED: [string, string][] = [
  [
    "a stolen clock",
    `performance.now = () => 0; Date.now = () => 0; process.hrtime.bigint = () => 0n;\n${honest(WORK)}`,
  ],
  [
    "answers remembered by length",
    `const known = new Map();\n${honest(`if (!known.has(values.length)) { ${WORK.replace("return total", "known.set(values.length, total)")} } return known.get(values.length);`)}`,
  ],
  ["right answers for the first calls alone", `let calls = 0;\n${honest(`if (++calls > 6) return 0; ${WORK}`)}`],
  ["a harness of its own", `globalThis.$go = () => 0; globalThis.$load = () => 0;\n${honest(WORK)}`],
];

test.each(FAKE_SPEED)(
  "%s is no speed",
  async (_what, code) => {
    const check: Check = speed({
      call: "sum",
      baseline: "baseline.ts",
      // No honest code comes near it, so that a busy machine resolves it too; what is done by none of the work is far above.
      bar: 20,
      unit: "value",
      input: (draws, units) => {
        const first = draws.integer(0, 1e9);
        const values = new Int32Array(units);
        for (let index = 0; index < units; index++) values[index] = (first + index * 7) & 0xffff;
        return [values];
      },
      expected: ([values]) => {
        let total = 0;
        for (let turn = 0; turn < 8; turn++) for (const value of values as Int32Array) total = (total * 31 + value) | 0;
        return total;
      },
      plan: { instances: 3, rounds: 2 },
    });
    const { checks } = await grade({
      exercise: {
        id: "1",
        hash: "2",
        limits: { timeMs: 60_000, memoryMiB: 256 },
        checks: [{ name: "it", points: 1, credit: "speed" }],
      },
      checks: { it: check },
      code,
      files: { "baseline.ts": honest(WORK) },
      open: openAlone,
      seed: 3,
      host: "node",
    });
    expect(checks[0]).toMatchObject({ points: 0, status: expect.stringMatching(/^(failed|pending)$/) });
  },
  90_000,
);
