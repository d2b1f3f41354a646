import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const ASSIGNMENT = {
  title: "Homework 1",
  seed: 314159265,
  exercises: [
    {
      slug: "prices-as-ticks",
      weight: 3,
      deadline: "2026-12-01T23:59:00+01:00",
      hidden: {
        file: "secret-checks.mjs",
        checks: [{ name: "a name to be kept", category: "a category", points: 4.5 }],
      },
    },
    { slug: "honest-histogram" },
  ],
  late: { keep: "last", penaltyPerDay: 0.1, maxDays: 3 },
  extensions: { "student-03": "2026-12-03T23:59:00+01:00" },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hotpath-assign-"));
  writeFileSync(join(folder, "class.json"), JSON.stringify(ASSIGNMENT));
  writeFileSync(
    join(folder, "secret-checks.mjs"),
    'export const checks = { "a name to be kept": { run: async () => ({ share: 1, reason: "" }) } };\n',
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: string[]) {
  const main = join(import.meta.dirname, "main.ts");
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, "assign", ...args], {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

describe("hotpath assign", { timeout: 30_000 }, () => {
  test("prints exercises, points, shares, deadlines and the late policy", () => {
    const { status, stdout, stderr } = run("class.json");
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: "class.json is right: exercises 2, hidden checks 1, extensions 1.\n",
    });
    expect(stdout).toBe(`# Homework 1

- Prices as ticks, without loss (design-the-interface, prices-as-ticks)
  11 points by the checks that its page shows and 4.5 points by checks that are not shown; 75% of the total
  due 2026-12-01 23:59 UTC+01:00
- A histogram that doesn't lie (identify-bottlenecks, honest-histogram)
  10 points by the checks that its page shows; 25% of the total
  no deadline

Of several submissions the last counts.
Each day after the deadline, or part of one, takes off 10% of the earned points.
More than 3 days late is worth nothing.
`);
  });

  test("says neither seed nor student, nor anything of a hidden check but its points", () => {
    const { stdout, stderr } = run("class.json");
    expect(`${stdout}${stderr}`).not.toMatch(/314159265|a name to be kept|a category|secret-checks|student-03/);
  });

  test("ends with 1 and each field that is wrong, without a stack", () => {
    writeFileSync(join(folder, "class.json"), JSON.stringify({ ...ASSIGNMENT, seed: "7", title: "" }));
    const { status, stdout, stderr } = run("class.json");
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain("class.json: title: must not be empty.");
    expect(stderr).toContain("class.json: seed: must be a whole number from 0 to 4294967295.");
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test("ends with 2 without a file, and shows an example in its help", () => {
    expect(run()).toMatchObject({ status: 2, stderr: expect.stringContaining("class.json") });
    expect(run("--help")).toMatchObject({ status: 0, stdout: expect.stringContaining('"penaltyPerDay": 0.1') });
  });
});
