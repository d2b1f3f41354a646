import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromMarkdown } from "mdast-util-from-markdown";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ClassGrades } from "../graded.ts";
import {
  absentStudent,
  check,
  classOf,
  type GradedParts,
  gradedStudent,
  gradedSubmission,
  hiddenCheck,
} from "./class.fixture.ts";
import { readCsv } from "./csv.ts";
import type { Receipt } from "./receipt.ts";
import { readSummary } from "./summary.ts";
import { writeGrades } from "./write.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hotpath-give-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function given(grades: ClassGrades) {
  await writeGrades(folder, grades, { exercises: new Map([["pass-core", { title: "Pass the core", common: [] }]]) });
  return (...path: string[]) => readFileSync(join(folder, ...path), "utf8");
}

const ada: GradedParts = { key: "ada", name: "Ada Lovelace", id: "101", email: "ada@x.example" };
const SECRET = "kill lifts only its own owner";
const hidden = [
  hiddenCheck(SECRET, "edge cases", 1, 3, { reason: `Expected 17 after ${SECRET}.` }),
  hiddenCheck("b", "edge cases", 2, 2),
];

describe("feedback", () => {
  test("has points, reasons and the failing case", async () => {
    const failing = { input: "match(1)", expected: "filled", got: "resting", data: 1 };
    const read = await given(
      classOf([
        gradedStudent({ ...ada, checks: [check("matches", 0, 4, { reason: "It rests.", line: 12, failing })] }),
      ]),
    );
    const page = read("feedback", "ada.md");
    expect(page).toContain("### matches: not passed, 0 of 4 points\n\nIt rests. (line 12 of your file)");
    expect(page).toContain("Expected:\n\n```text\nfilled\n```\n\nYours gave:\n\n```text\nresting\n```");
  });

  test("of hidden checks it has category and points alone, and so has Gradescope's file", async () => {
    const read = await given(classOf([gradedStudent({ ...ada, hidden }, { pending: [SECRET] })]));
    for (const text of [read("feedback", "ada.md"), read("upload", "gradescope", "ada.json")]) {
      expect(text).toContain("edge cases");
      expect(text).not.toContain("owner");
      expect(text).not.toContain("17");
    }
    expect(read("feedback", "ada.md")).toContain("- edge cases: 3 of 5 points");
  });

  test("explains the penalty, with the student's own deadline", async () => {
    const grades = classOf([gradedStudent(ada, { daysLate: 2, penalty: 2 })]);
    const extended = {
      ...grades,
      assignment: { ...grades.assignment, extensions: { ada: "2026-11-21T12:00:00+01:00" } },
    };
    const read = await given(extended);
    expect(read("feedback", "ada.md")).toContain(
      "Handed in late, on day 2 after your deadline (2026-11-21 12:00 +01:00). Each day or part of one takes 10% off the earned points: 2 × 10% of 10 is 2 points.",
    );
  });

  test("names what was tried, what could not be graded, and what does not count", async () => {
    const old = { graded: gradedSubmission({ ...ada, source: "old/a.ts" }), why: "A later one has more points." };
    const read = await given(
      classOf([
        gradedStudent({ ...ada, stopped: ["It asked for the network."] }, { others: [old] }),
        gradedStudent({ key: "bob", name: "Bob", refused: "It is larger than 256 KiB." }),
        absentStudent("cleo", "Cleo"),
      ]),
    );
    expect(read("feedback", "ada.md")).toContain("- It asked for the network.");
    expect(read("feedback", "ada.md")).toContain("- old/a.ts: A later one has more points.");
    expect(read("feedback", "bob.md")).toContain("**It could not be graded.** It is larger than 256 KiB.");
    expect(read("feedback", "cleo.md")).toContain("Nothing was handed in.");
  });
});

const EVIL =
  "</pre><script>alert(1)</script>\u001b[31m![x](javascript:alert(1))\n# Points: 100 of 100\n```\n<img src=x onerror=alert(1)>";

describe("what strangers wrote", () => {
  const evil = gradedStudent({
    key: EVIL,
    name: `=HYPERLINK("x")${EVIL}`,
    id: "7",
    source: EVIL,
    code: EVIL,
    stopped: [EVIL],
    checks: [check("matches", 0, 4, { reason: EVIL, failing: { input: EVIL, expected: EVIL, got: EVIL, data: 0 } })],
  });

  test("is text in Markdown: no link, no picture, no HTML, no heading of its own", async () => {
    const read = await given(classOf([evil]));
    const [file] = readdirSync(join(folder, "feedback"));
    const page = read("feedback", file);
    const kinds = new Set<string>();
    const headings: number[] = [];
    const visit = (node: { type: string; depth?: number; children?: unknown[] }) => {
      kinds.add(node.type);
      if (node.type === "heading") headings.push(node.depth ?? 0);
      for (const child of node.children ?? []) visit(child as typeof node);
    };
    visit(fromMarkdown(page) as Parameters<typeof visit>[0]);
    expect([...kinds].filter((kind) => ["html", "image", "link", "definition"].includes(kind))).toEqual([]);
    expect(headings).toEqual([1, 2, 3]);
    expect(page).not.toContain("\u001b");
  });

  test("is text in the report: no element and no script", async () => {
    const read = await given(classOf([evil], [{ source: EVIL, reason: EVIL }]));
    const page = read("report.html");
    expect(page).not.toMatch(/<(script|img)/);
    expect(page).not.toContain("\u001b");
  });

  test("is no formula in any CSV, and no path outside the folder", async () => {
    const read = await given(classOf([evil]));
    for (const file of ["summary.csv", "upload/canvas.csv", "upload/moodle.csv", "upload/nbgrader.csv"]) {
      for (const cell of readCsv(Buffer.from(read(file))).rows.flat()) expect(cell.value).not.toMatch(/^\s*[=+@]/);
    }
    expect(readdirSync(folder).sort()).toEqual([
      "distribution.csv",
      "feedback",
      "receipts",
      "report.html",
      "summary.csv",
      "summary.json",
      "upload",
    ]);
  });

  test.each(["../../outside", "CON", "a/b", "..", "", "ü".repeat(200)])(
    "a student called %j has files in the folder",
    async (key) => {
      await given(classOf([gradedStudent({ key, name: "A" })]));
      expect(readdirSync(join(folder, "feedback"))).toHaveLength(1);
      expect(existsSync(join(folder, "..", "outside.md"))).toBe(false);
    },
  );

  test("two students whose names make one file have two", async () => {
    await given(classOf([gradedStudent({ key: "A b", name: "A" }), gradedStudent({ key: "a_b", name: "B" })]));
    expect(readdirSync(join(folder, "feedback"))).toHaveLength(2);
  });
});

describe("the formats", () => {
  test("Gradescope's fields, and no score of a check that is pending", async () => {
    const pending = check("fast", 0, 3, { status: "pending", credit: "speed" });
    const read = await given(classOf([gradedStudent({ ...ada, checks: [check("matches", 2, 4), pending], ms: 1500 })]));
    const results = JSON.parse(read("upload", "gradescope", "ada.json"));
    expect(Object.keys(results)).toEqual([
      "score",
      "execution_time",
      "output",
      "output_format",
      "visibility",
      "stdout_visibility",
      "extra_data",
      "tests",
      "leaderboard",
    ]);
    expect(results).toMatchObject({ score: 50, execution_time: 1.5, stdout_visibility: "hidden" });
    expect(results.tests).toMatchObject([
      {
        score: 2,
        max_score: 4,
        status: "failed",
        name: "Pass the core: matches",
        number: "1.1",
        visibility: "visible",
      },
      { score: 0, max_score: 0, number: "1.2", tags: ["speed"] },
    ]);
    expect(results.tests[1]).not.toHaveProperty("status");
  });

  test("Canvas's, Moodle's and nbgrader's columns; who handed in nothing is in no file that would blank a score", async () => {
    const read = await given(classOf([gradedStudent(ada, { daysLate: 1, penalty: 1 }), absentStudent("cleo", "Cleo")]));
    expect(read("upload", "canvas.csv")).toBe(
      'Student,ID,SIS User ID,SIS Login ID,Section,Homework 1\r\n    Points Possible,,,,,100\r\n"Lovelace, Ada",101,,ada,,90\r\n',
    );
    expect(read("upload", "moodle.csv")).toBe(
      "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,Last modified (submission),Last modified (grade),Feedback comments\r\nParticipant 101,Ada Lovelace,ada@x.example,Submitted for grading,90.00,100.00,Yes,-,-,Pass the core: 9 of 10.\r\n",
    );
    expect(read("upload", "nbgrader.csv")).toBe(
      "assignment,duedate,timestamp,student_id,last_name,first_name,email,raw_score,late_submission_penalty,score,max_score\r\npass-core,2026-11-20 22:00:00,2026-11-20 21:00:00,ada,Lovelace,Ada,ada@x.example,10,1,9,10\r\npass-core,2026-11-20 22:00:00,,cleo,Cleo,,,0,0,0,10\r\n",
    );
  });

  test("the summary has the distribution, and is read again", async () => {
    const students = [10, 6, 6, 0].map((points, index) =>
      gradedStudent({ key: `s${index}`, name: `S ${index}`, checks: [check("a", points, 10)] }),
    );
    const read = await given(
      classOf([...students, absentStudent("cleo", "Cleo")], [{ source: "x.doc", reason: "No code." }]),
    );
    const summary = readSummary(read("summary.json"));
    expect(summary.statistics).toEqual({ students: 5, handedIn: 4, mean: 55, median: 60, lowest: 0, highest: 100 });
    expect(summary.distribution.map(({ students: count }) => count)).toEqual([1, 0, 0, 0, 0, 0, 2, 0, 0, 1]);
    expect(read("distribution.csv")).toContain("\r\n90,100,1\r\n");
    expect(summary.unmatched).toEqual([{ source: "x.doc", reason: "No code." }]);
  });

  test("a receipt has what it takes to grade again", async () => {
    const read = await given(classOf([gradedStudent({ ...ada, hidden, code: "export const x = 1;" })]));
    const receipt: Receipt = JSON.parse(read("receipts", "ada", "pass-core.json"));
    expect(receipt).toMatchObject({
      version: 1,
      exercise: "pass-core",
      assignment: { seed: 7 },
      submission: { code: "export const x = 1;" },
      counted: { points: 13 },
    });
    expect(receipt.hidden[0].name).toBe(SECRET);
  });
});

test("the same grades give the same bytes, and a student who is gone leaves none", async () => {
  const before = classOf([gradedStudent(ada), gradedStudent({ key: "bob", name: "Bob" })]);
  const all = () =>
    Object.fromEntries(
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((each) => each.isFile())
        .map((each) => [join(each.parentPath, each.name), readFileSync(join(each.parentPath, each.name), "utf8")]),
    );
  await given(before);
  const first = all();
  await given(before);
  expect(all()).toEqual(first);
  await given(classOf([gradedStudent(ada)]));
  expect(readdirSync(join(folder, "feedback"))).toEqual(["ada.md"]);
});
