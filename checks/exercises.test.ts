import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { exerciseReport } from "./exercise-faults.ts";
import { readExercise } from "./exercise-folder.ts";
import { repeatSpeed } from "./exercise-repeats.ts";
import { root } from "./tree.ts";

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const MANIFEST = {
  id: "5f0b1c52-6b7e-4f6e-9d59-0f0f8a4d2c11",
  title: "Twice as much",
  chapter: "some-chapter",
  kind: "code",
  minutes: 10,
  checks: [
    { name: "doubles", points: 2, credit: "correctness" },
    { name: "keeps zero", points: 1, credit: "correctness" },
  ],
  limits: { timeMs: 2000, memoryMiB: 64 },
  prerequisites: [],
};

const GOOD: Record<string, string> = {
  "exercise.json": JSON.stringify(MANIFEST),
  "brief.mdx": "Write `twice`. It doubles, and keeps zero as it is.\n\n- doubles\n- keeps zero\n",
  "hints.md": "## Add\n\nWhat is `n + n`?\n",
  "starter.ts": "export function twice(n: number): number {\n  return n + 3;\n}\n",
  "solution.ts": "export function twice(n: number): number {\n  return 2 * n;\n}\n",
  "checks.ts": `
    const asks = (n) => ({
      async run(learner) {
        const got = await learner.call("twice", n);
        return { share: got === 2 * n ? 1 : 0, reason: "twice(" + n + ") is " + got };
      },
    });
    export const checks = { doubles: asks(21), "keeps zero": asks(0) };
  `,
  "mutants/squares.ts": "// Caught by: doubles\nexport const twice = (n: number): number => n * n;\n",
  "mutants/never-zero.ts": "// Caught by: keeps zero\nexport const twice = (n: number): number => 2 * n || 1;\n",
  "mutants/adds-two.ts": "// Caught by: doubles, keeps zero\nexport const twice = (n: number): number => n + 2;\n",
};

/** Writes files below a new folder. */
function written(files: Record<string, string | undefined>): string {
  const folder = mkdtempSync(join(tmpdir(), "exercises-"));
  folders.push(folder);
  for (const [file, text] of Object.entries(files)) {
    if (text === undefined) continue;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

/**
 * What is found wrong with exercises that are each the good one with some files changed or, as undefined, left out.
 *
 * @param chapters text of each chapter; without it chapters are not looked at
 */
async function faultsOf(
  exercises: Record<string, Record<string, string | undefined>>,
  chapters?: Record<string, string>,
): Promise<string[]> {
  const files = Object.entries(exercises).flatMap(([slug, changes]) =>
    Object.entries({ ...GOOD, ...changes }).map(([file, text]) => [`${slug}/${file}`, text] as const),
  );
  const folder = written(Object.fromEntries(files));
  if (chapters === undefined) return (await exerciseReport(folder)).faults;
  const pages = Object.entries(chapters).map(([chapter, text]) => [`${chapter}/index.mdx`, text]);
  return (await exerciseReport(folder, written(Object.fromEntries(pages)))).faults;
}

const manifest = (changes: object): string => JSON.stringify({ ...MANIFEST, ...changes });

test("every exercise of the book is as it should be", async () => {
  // Timings beside other tests say nothing: `npm run check:exercises` has speed looked at.
  expect((await exerciseReport(join(root, "exercises"), join(root, "chapters"), [], false)).faults).toEqual([]);
}, 600_000);

test("a good exercise has no fault", async () => {
  expect(await faultsOf({ twice: {} })).toEqual([]);
});

test.each<[string, Record<string, string | undefined>, RegExp]>([
  ["a missing file", { "hints.md": undefined }, /^twice: write hints\.md/],
  ["a stray file", { "notes.txt": "to do" }, /^twice\/notes\.txt: remove it/],
  ["a manifest that is not JSON", { "exercise.json": "{" }, /^twice\/exercise\.json is not JSON/],
  ["a manifest with a wrong field", { "exercise.json": manifest({ id: "1" }) }, /twice\/exercise\.json.*id: /],
  ["a field that nobody knows", { "exercise.json": manifest({ colour: 1 }) }, /Unrecognized key: "colour"/],
  ["no hint", { "hints.md": "Think." }, /^twice\/hints\.md: write at least one hint/],
  ["too few mutants", { "mutants/squares.ts": undefined }, /^twice\/mutants: write at least 3/],
  ["a check without a word in the brief", { "brief.mdx": "It doubles." }, /^twice\/brief\.mdx: .*"keeps zero"/],
  [
    "a check without code",
    { "checks.ts": "export const checks = {};" },
    /^twice\/checks\.ts: write the check "doubles"/,
  ],
  [
    "a check without points",
    { "exercise.json": manifest({ checks: [MANIFEST.checks[0]] }) },
    /give the check "keeps zero"/,
  ],
  [
    "a solution that loses points",
    { "solution.ts": "export const twice = (n) => n;" },
    /^twice\/solution\.ts: "doubles"/,
  ],
  ["a starter that is right", { "starter.ts": GOOD["solution.ts"] }, /^twice\/starter\.ts: .*all 3 points already/],
  ["a starter that doesn't run", { "starter.ts": "export const twice = (" }, /^twice\/starter\.ts: make it run/],
  ["a starter without the function", { "starter.ts": "export {};" }, /^twice\/starter\.ts: export twice/],
  [
    "a mutant that names no check",
    { "mutants/squares.ts": "export {};" },
    /squares\.ts: begin it with `\/\/ Caught by/,
  ],
  [
    "a mutant of an unknown check",
    { "mutants/squares.ts": "// Caught by: thirds\n" },
    /squares\.ts:1: "thirds" is no check/,
  ],
  [
    "a mutant that is let pass",
    { "mutants/squares.ts": `// Caught by: doubles\n${GOOD["solution.ts"]}` },
    /squares\.ts: "doubles" lets it pass/,
  ],
  [
    "a mutant that another check catches too",
    { "mutants/adds-two.ts": GOOD["mutants/adds-two.ts"].replace(", keeps zero", "") },
    /adds-two\.ts: "keeps zero" catches it too/,
  ],
  [
    "a prerequisite that isn't there",
    { "exercise.json": manifest({ prerequisites: ["thrice"] }) },
    /no exercise "thrice"/,
  ],
])("finds %s", async (_what, changes, message) => {
  expect(await faultsOf({ twice: changes })).toContainEqual(expect.stringMatching(message));
});

test("finds a file that belongs to no exercise, the guide for authors aside", async () => {
  const folder = written({ "README.md": "How to", "draft.ts": "export {};" });
  expect((await exerciseReport(folder)).faults).toEqual([expect.stringMatching(/^draft\.ts: move it/)]);
});

test("finds an exercise that its chapter doesn't show", async () => {
  expect(await faultsOf({ twice: {} }, {})).toEqual([
    expect.stringMatching(/^twice\/exercise\.json: there is no chapter/),
  ]);
  expect(await faultsOf({ twice: {} }, { "some-chapter": "# Some" })).toEqual([
    'twice: show it in chapters/some-chapter/index.mdx: <Exercise slug="twice" />.',
  ]);
  expect(await faultsOf({ twice: {} }, { "some-chapter": '<Exercise slug="twice" />' })).toEqual([]);
});

test("finds an id that two exercises have", async () => {
  expect(await faultsOf({ one: {}, two: {} })).toEqual([
    expect.stringMatching(/^two\/exercise\.json: .*one has this one/),
  ]);
});

test("finds prerequisites that go in a circle", async () => {
  const one = { "exercise.json": manifest({ prerequisites: ["two"] }) };
  const two = {
    "exercise.json": manifest({ id: "7e2b9a80-93f1-4ef4-a27c-6f0f3a7f9d22", prerequisites: ["one"] }),
  };
  expect(await faultsOf({ one, two })).toEqual([
    "one, two: each of these needs the other first: take one prerequisite out.",
  ]);
});

describe("speed checks, repeated", () => {
  const files = {
    ...GOOD,
    "exercise.json": manifest({ checks: [{ name: "doubles", points: 2, credit: "speed" }], given: ["baseline.ts"] }),
    // Two doubled is four, and so is two squared: a check that can't tell the seeds apart would be right by luck.
    "checks.ts": `
      const run = async (learner, { seed }) => {
        const n = 2 + (seed % 2);
        return { share: (await learner.call("twice", n)) === 2 * n ? 1 : 0, reason: "twice(" + n + ")" };
      };
      export const checks = { doubles: { run } };
    `,
    "given/baseline.ts": "export const twice = (n: number): number => n * n;\n",
  };

  test("count how often the solution passes and the given code is refused", async () => {
    const folder = written(Object.fromEntries(Object.entries(files).map(([file, text]) => [`twice/${file}`, text])));
    const lines: string[] = [];
    const counts = await repeatSpeed(await readExercise(join(folder, "twice"), "twice"), 8, (line) => lines.push(line));
    expect(lines).toHaveLength(16);
    const refused = lines.filter((line) => /given\/baseline\.ts, "doubles": failed/.test(line)).length;
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThan(8);
    expect(counts).toEqual([
      { file: "solution.ts", check: "doubles", right: 8, runs: 8 },
      { file: "given/baseline.ts", check: "doubles", right: refused, runs: 8 },
    ]);
  });

  test("need a speed check", async () => {
    const folder = written(Object.fromEntries(Object.entries(GOOD).map(([file, text]) => [`twice/${file}`, text])));
    const exercise = await readExercise(join(folder, "twice"), "twice");
    await expect(repeatSpeed(exercise, 1, () => undefined)).rejects.toThrow("twice has no speed check");
  });
});
