import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ClassSummary } from "./grade/give/summary.ts";

const SUMMARY: ClassSummary = {
  version: 1,
  assignment: {
    title: "Homework 1",
    hash: "00",
    exercises: [{ slug: "pass-core", title: "Pass the core", weight: 1 }],
  },
  students: [{ key: "ada", name: "Ada Lovelace", percent: 92.5, handedIn: true, exercises: [] }],
  statistics: { students: 1, handedIn: 1, mean: 92.5, median: 92.5, lowest: 92.5, highest: 92.5 },
  distribution: [],
  unmatched: [],
};
const CANVAS =
  'Student,ID,SIS Login ID,Section,Homework 1 (7)\r\n    Points Possible,,,,20\r\n"Lovelace, Ada",1,ada,A,\r\n';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hotpath-gradebook-"));
  writeFileSync(join(folder, "summary.json"), JSON.stringify(SUMMARY));
  writeFileSync(join(folder, "class.csv"), CANVAS);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: string[]) {
  const main = join(import.meta.dirname, "main.ts");
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, "gradebook", ...args], {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, stdout, stderr, file: readFileSync(join(folder, "class.csv"), "utf8") };
}

describe("hotpath gradebook", { timeout: 60_000 }, () => {
  test("shows the difference and writes nothing, and with --write that one cell", () => {
    const shown = run("class.csv", "--grades", ".");
    expect(shown).toMatchObject({ status: 0, file: CANVAS });
    expect(shown.stdout).toContain("Lovelace, Ada  (empty) → 18.5");
    expect(shown.stderr).toContain("Give --write");
    const written = run("class.csv", "--grades", ".", "--write");
    expect(written).toMatchObject({ status: 0, file: CANVAS.replace("ada,A,", "ada,A,18.5") });
  });

  test.each([
    [["none.csv", "--grades", "."], 1, "none.csv: there is no such file"],
    [["class.csv", "--grades", "elsewhere"], 1, "it has no summary.json"],
    [["class.csv", "--grades", ".", "--column", "Quiz"], 1, 'it has no assignment "Quiz"'],
    [["summary.json", "--grades", "."], 1, "it is no gradebook of Canvas"],
    [["class.csv", "--grades", ".", "--out-of", "-3"], 2, "Give a number above 0"],
    [["class.csv"], 2, "--grades"],
  ])("%j ends with %i and a sentence", (args, status, message) => {
    const ended = run(...args);
    expect(ended).toMatchObject({ status, file: CANVAS });
    expect(ended.stderr).toContain(message);
    expect(ended.stderr).not.toMatch(/\n\s+at /);
  });

  test("help has an example and the exit codes", () => {
    const { status, stdout } = run("--help");
    expect(status).toBe(0);
    expect(stdout).toContain("npm run gradebook -- canvas.csv --grades graded");
    expect(stdout).toContain("Exit codes");
  });
});
