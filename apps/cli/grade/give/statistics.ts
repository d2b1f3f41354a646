import type { CheckResult } from "../../../../lab/grade/verdict.ts";
import { deadlineOf } from "../deadline.ts";
import type { ClassGrades, GradedSubmission } from "../graded.ts";
import { median } from "./summary.ts";

/** How a class did on one check. */
export interface CheckStatistics {
  exercise: string;
  name: string;
  isHidden: boolean;
  /** Submissions that it was decided for. */
  graded: number;
  passed: number;
  partial: number;
  failed: number;
  pending: number;
  /** Mean share of its points, 0 … 1; of what was decided. */
  share: number;
}

/** One way to fail, and how many did. */
export interface CommonFailure {
  exercise: string;
  check: string;
  /** As one student was told. */
  reason: string;
  /** Names, in the class's order. */
  students: readonly string[];
}

export interface GradingTime {
  exercise: string;
  submissions: number;
  /** Of grading one, ms. */
  medianMs: number;
  longestMs: number;
}

interface CountedSubmission {
  exercise: string;
  key: string;
  student: string;
  graded: GradedSubmission;
}

function countedOf({ students }: ClassGrades): CountedSubmission[] {
  return students.flatMap(({ student, exercises }) =>
    exercises.flatMap(({ exercise, counted }) =>
      counted === undefined ? [] : [{ exercise, key: student.key, student: student.name, graded: counted }],
    ),
  );
}

function resultsOf({ graded }: CountedSubmission): { result: CheckResult; isHidden: boolean }[] {
  return [
    ...graded.verdict.checks.map((result) => ({ result, isHidden: false })),
    ...graded.hidden.map((result) => ({ result, isHidden: true })),
  ];
}

/** The checks of all exercises, the hardest first: the one that the class earned the smallest share of. */
export function checkStatistics(grades: ClassGrades): CheckStatistics[] {
  const checks = new Map<string, CheckStatistics & { earned: number }>();
  for (const counted of countedOf(grades)) {
    for (const { result, isHidden } of resultsOf(counted)) {
      const { exercise } = counted;
      const { name, status, points, of } = result;
      const at = JSON.stringify([exercise, name, isHidden]);
      const none = {
        exercise,
        name,
        isHidden,
        graded: 0,
        passed: 0,
        partial: 0,
        failed: 0,
        pending: 0,
        share: 0,
        earned: 0,
      };
      const check = checks.get(at) ?? none;
      check[status]++;
      if (status !== "pending") {
        check.graded++;
        check.earned += of === 0 ? 0 : points / of;
        check.share = check.earned / check.graded;
      }
      checks.set(at, check);
    }
  }
  return [...checks.values()]
    .map(({ earned: _, ...check }) => check)
    .sort((one, other) => one.share - other.share || other.graded - one.graded);
}

/** What went wrong most often. Reasons that differ in their numbers alone are one. */
export function commonFailures(grades: ClassGrades, most: number): CommonFailure[] {
  const failures = new Map<string, { exercise: string; check: string; reason: string; students: string[] }>();
  const add = (exercise: string, check: string, reason: string, student: string) => {
    const at = JSON.stringify([exercise, check, reason.replaceAll(/-?\d[\d,.]*/g, "#").slice(0, 120)]);
    const failure = failures.get(at) ?? { exercise, check, reason, students: [] };
    failure.students.push(student);
    failures.set(at, failure);
  };
  for (const counted of countedOf(grades)) {
    const { exercise, student, graded } = counted;
    if (graded.refused !== undefined) {
      add(exercise, "all", graded.refused, student);
      continue;
    }
    for (const { result } of resultsOf(counted)) {
      if (result.status === "failed" || result.status === "partial") add(exercise, result.name, result.reason, student);
    }
  }
  return [...failures.values()].sort((one, other) => other.students.length - one.students.length).slice(0, most);
}

/** How long grading took, for each exercise that something was handed in for. */
export function gradingTimes(grades: ClassGrades): GradingTime[] {
  return grades.assignment.exercises.flatMap(({ slug }) => {
    const times = countedOf(grades)
      .filter(({ exercise }) => exercise === slug)
      .map(({ graded }) => graded.verdict.host.ms);
    if (times.length === 0) return [];
    return [{ exercise: slug, submissions: times.length, medianMs: median(times), longestMs: Math.max(...times) }];
  });
}

const HOUR_MS = 3_600_000;
const STEPS = [
  { label: ">7 d", name: "more than 7 days before the deadline", hours: 7 * 24 },
  { label: "3–7 d", name: "3 to 7 days before", hours: 3 * 24 },
  { label: "1–3 d", name: "1 to 3 days before", hours: 24 },
  { label: "6–24 h", name: "6 to 24 hours before", hours: 6 },
  { label: "1–6 h", name: "1 to 6 hours before", hours: 1 },
  { label: "<1 h", name: "in the last hour", hours: 0 },
  { label: "late", name: "late", hours: Number.NEGATIVE_INFINITY },
];

/** When the counted submissions came, against each student's own deadline; none where no time or no deadline is known. */
export function handInTimes(grades: ClassGrades): { label: string; name: string; value: number }[] {
  const steps = STEPS.map(({ label, name }) => ({ label, name, value: 0 }));
  for (const { exercise, key, graded } of countedOf(grades)) {
    const { at } = graded.submission;
    const deadline = deadlineOf(grades.assignment, key, exercise);
    if (at === undefined || deadline === undefined) continue;
    const hours = (Date.parse(deadline) - Date.parse(at)) / HOUR_MS;
    const step = STEPS.findIndex((each, index) => (index === 0 ? hours > each.hours : hours >= each.hours));
    if (step >= 0) steps[step].value++;
  }
  return steps.some(({ value }) => value > 0) ? steps : [];
}
