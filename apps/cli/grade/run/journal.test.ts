import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { GradedSubmission } from "../graded.ts";
import { Journal } from "./journal.ts";

const folder = mkdtempSync(join(tmpdir(), "hotpath-journal-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const newPath = (): string => join(folder, `${++files}`, "journal.ndjson");

function graded(codeHash: string, points: number): GradedSubmission {
  const student = { key: "ada", name: "Ada" };
  const exercise = { id: "id", hash: "hash" };
  const host = { name: "deno", at: "2026-11-23T00:00:00.000Z", ms: 1 };
  return {
    submission: { student, exercise: "pass-core", code: "", codeHash, source: "ada.ts", markedLate: false },
    verdict: { version: 1, exercise, codeHash, seed: 1, checks: [], points, of: 10, host },
    hidden: [],
    stopped: [],
  };
}

function written(path: string, ...all: GradedSubmission[]): void {
  const journal = new Journal(path);
  for (const each of all) journal.add(each, "h", "rest");
  journal.close();
}

test("gives again what was graded, for the same code under the same exercise in the same stage alone", () => {
  const path = newPath();
  const [one, other] = [graded("a", 3), graded("b", 4)];
  written(path, one);
  const journal = new Journal(path);
  expect(journal.find(one.submission, "h", "rest")).toEqual(one);
  expect(journal.find(other.submission, "h", "rest")).toBeUndefined();
  expect(journal.find(one.submission, "another", "rest")).toBeUndefined();
  expect(journal.find(one.submission, "h", "alone")).toBeUndefined();
  journal.close();
});

test("cut off at any byte, it has the whole lines before it, and takes more", () => {
  const path = newPath();
  const [one, other] = [graded("a", 3), graded("b", 4)];
  written(path, one, other);
  const bytes = readFileSync(path);
  const firstEnds = bytes.indexOf(0x0a, 1);
  for (let length = 0; length < bytes.length; length += 7) {
    writeFileSync(path, bytes.subarray(0, length));
    const cut = new Journal(path);
    expect(cut.find(one.submission, "h", "rest") !== undefined).toBe(length >= firstEnds);
    cut.add(other, "h", "rest");
    cut.close();
    const again = new Journal(path);
    expect(again.find(other.submission, "h", "rest")).toEqual(other);
    again.close();
  }
});

test("takes no notice of lines that are none of its own", () => {
  const path = newPath();
  written(path, graded("a", 3));
  appendFileSync(path, 'null\n{"version":99,"key":"x"}\nhello\n');
  const journal = new Journal(path);
  expect(journal.find(graded("a", 3).submission, "h", "rest")?.verdict.points).toBe(3);
  journal.close();
});
