import type { CheckResult, Verdict } from "../../../../lab/grade/verdict.ts";
import type { Assignment } from "../assignment.ts";
import type { ClassGrades, ExerciseGrade, GradedSubmission, HiddenResult, StudentGrade } from "../graded.ts";

/** A class for the tests of what grading gives, as the grader makes one. */

export const ASSIGNMENT: Assignment = {
  title: "Homework 1",
  exercises: [{ slug: "pass-core", weight: 1, hash: "cd".repeat(32), deadline: "2026-11-20T22:00:00+00:00" }],
  seed: 7,
  late: { keep: "best", penaltyPerDay: 0.1 },
  extensions: {},
  hash: "ab".repeat(32),
};

export function check(name: string, points: number, of: number, more: Partial<CheckResult> = {}): CheckResult {
  const status = points === of ? "passed" : points > 0 ? "partial" : "failed";
  return { name, credit: "correctness", points, of, status, reason: `It is ${status}.`, ...more };
}

export function hiddenCheck(
  name: string,
  category: string,
  points: number,
  of: number,
  more: Partial<CheckResult> = {},
): HiddenResult {
  return { ...check(name, points, of, more), category };
}

export interface GradedParts {
  key: string;
  name: string;
  id?: string;
  email?: string;
  code?: string;
  at?: string;
  checks?: CheckResult[];
  hidden?: HiddenResult[];
  stopped?: string[];
  refused?: string;
  ms?: number;
  source?: string;
}

export function gradedSubmission(parts: GradedParts): GradedSubmission {
  const { key, name, id, email, code = "export const a = 1;\n", at = "2026-11-20T21:00:00.000Z", ms = 120 } = parts;
  const { checks = [check("accepts", 6, 6), check("matches", 4, 4)], hidden = [], stopped = [], refused } = parts;
  const decided = checks.filter(({ status }) => status !== "pending");
  const verdict: Verdict = {
    version: 1,
    exercise: { id: "4d1f0f0e-0000-4000-8000-000000000001", hash: "cd".repeat(32) },
    codeHash: "ef".repeat(32),
    seed: 7,
    checks,
    points: sum(decided.map(({ points }) => points)),
    of: sum(decided.map(({ of }) => of)),
    host: { name: "grader", at: "2026-11-23T01:00:00.000Z", ms },
  };
  return {
    submission: {
      student: { key, name, id, email },
      exercise: "pass-core",
      code,
      codeHash: verdict.codeHash,
      source: parts.source ?? `${key}/pass-core.ts`,
      at,
      markedLate: false,
    },
    verdict,
    hidden,
    stopped,
    ...(refused === undefined ? {} : { refused }),
  };
}

/** A student with one graded submission. */
export function gradedStudent(parts: GradedParts, more: Partial<ExerciseGrade> = {}): StudentGrade {
  const { key, name, id, email } = parts;
  const counted = gradedSubmission(parts);
  const results = [...counted.verdict.checks, ...counted.hidden];
  const decided = results.filter(({ status }) => status !== "pending");
  const raw = sum(decided.map(({ points }) => points));
  const grade: ExerciseGrade = {
    exercise: "pass-core",
    counted,
    others: [],
    raw,
    penalty: 0,
    points: raw - (more.penalty ?? 0),
    of: sum(decided.map(({ of }) => of)),
    daysLate: 0,
    pending: results.filter(({ status }) => status === "pending").map((result) => result.name),
    ...more,
  };
  const percent = grade.of === 0 ? 0 : Math.round((grade.points / grade.of) * 10_000) / 100;
  return { student: { key, name, id, email }, exercises: [grade], percent };
}

/** A student who handed in nothing. */
export function absentStudent(key: string, name: string): StudentGrade {
  const none = { raw: 0, penalty: 0, points: 0, of: 10, daysLate: 0, pending: [], others: [] };
  return { student: { key, name }, exercises: [{ exercise: "pass-core", ...none }], percent: 0 };
}

export function classOf(students: readonly StudentGrade[], unmatched: ClassGrades["unmatched"] = []): ClassGrades {
  return { assignment: ASSIGNMENT, students, unmatched };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
