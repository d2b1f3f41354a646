import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeSampleClass } from "./grade/run/sample-class.ts";

const main = fileURLToPath(new URL("main.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "hotpath-grade-command-"));
const at = (...parts: string[]): string => join(folder, ...parts);
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

interface Ended {
  exitCode: number;
  stdout: string;
  stderr: string;
}

function hotpath(...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], { cwd: folder }, (error, stdout, stderr) => {
      resolve({ exitCode: typeof error?.code === "number" ? error.code : 0, stdout, stderr });
    });
  });
}

const receipt = at("graded", "receipts", "student-0001", "honest-histogram.json");
let graded: Ended;

beforeAll(async () => {
  await writeSampleClass(folder, 2);
  const files = ["--assignment", "class.json", "--roster", "roster.csv", "--out", "graded", "--jobs", "1"];
  graded = await hotpath("grade", "submissions", ...files);
}, 60_000);

describe("hotpath grade", () => {
  test("grades a folder of submissions, and says where the report is", () => {
    expect(graded).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^2 students, 2 submissions: .*report\.html/),
    });
    expect(graded.stderr).toMatch(/graded 2 of 2/);
    expect(readFileSync(at("graded", "summary.csv"), "utf8")).toMatch(/^student-0001,Student 1/m);
  });

  test.each([
    [
      "a number of jobs that is none",
      ["submissions", "--assignment", "class.json", "--out", "x", "--jobs", "0"],
      2,
      /whole number from 1/,
    ],
    ["no assignment", ["submissions", "--out", "x"], 2, /--assignment/],
    [
      "an assignment that isn't there",
      ["submissions", "--assignment", "no.json", "--out", "x"],
      1,
      /no\.json: there is no such file/,
    ],
    [
      "a roster that isn't there",
      ["submissions", "--assignment", "class.json", "--roster", "no.csv", "--out", "x"],
      1,
      /no\.csv: there is no such file/,
    ],
    ["submissions that aren't there", ["nowhere", "--assignment", "class.json", "--out", "x"], 1, /nowhere/],
    [
      "a folder that can't be written to",
      ["submissions", "--assignment", "class.json", "--out", "class.json"],
      1,
      /--out class\.json: it can't be written to/,
    ],
  ])(
    "says what to do about %s",
    async (_what, args, code, message) => {
      const { exitCode, stderr } = await hotpath("grade", ...args);
      expect({ exitCode, stderr }).toEqual({ exitCode: code, stderr: expect.stringMatching(message) });
      expect(stderr).not.toMatch(/^\s+at /m);
    },
    30_000,
  );
});

describe("hotpath regrade", () => {
  test("gives a receipt's code the same points again", async () => {
    const { exitCode, stdout } = await hotpath("regrade", receipt);
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(/receipt 3 of 3, now 3 of 3: the same/),
    });
  }, 30_000);

  test("finds a receipt that was changed, and code that was", async () => {
    const text = readFileSync(receipt, "utf8");
    writeFileSync(at("forged.json"), text.replace('"points": 3', '"points": 2'));
    expect(await hotpath("regrade", "forged.json")).toMatchObject({
      exitCode: 1,
      stdout: expect.stringMatching(/NOT the same/),
    });
    writeFileSync(at("other.ts"), "export const a = 1;\n");
    const { exitCode, stderr } = await hotpath("regrade", receipt, "other.ts");
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringMatching(/another code than the receipt is for/),
    });
  }, 30_000);

  test("says what it wants where it gets no receipt", async () => {
    expect(await hotpath("regrade", "class.json")).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/no receipt/),
    });
  }, 30_000);
});
