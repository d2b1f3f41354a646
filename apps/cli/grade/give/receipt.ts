import type { Verdict } from "../../../../lab/grade/verdict.ts";
import type { Assignment } from "../assignment.ts";
import type { ExerciseGrade, GradedSubmission, HiddenResult } from "../graded.ts";
import type { Student, Submission } from "../submission.ts";

/** One submission's grading, with all that it takes to grade it again. For the instructor: hidden checks stand in it by name. */
export interface Receipt {
  version: 1;
  /** `exerciseHash` is the assigned exercise's: equal where the code would get the same points again. */
  assignment: { title: string; hash: string; seed: number; exerciseHash: string };
  exercise: string;
  student: Student;
  submission: Pick<Submission, "source" | "at" | "markedLate" | "codeHash" | "code" | "claimed">;
  verdict: Verdict;
  hidden: readonly HiddenResult[];
  stopped: readonly string[];
  refused?: string;
  /** What it was worth; for one that doesn't count, why not. */
  counted: Pick<ExerciseGrade, "raw" | "penalty" | "points" | "of" | "daysLate"> | string;
}

/** The receipts of one student's exercise: first the one that counts, then the others in their order. */
export function receiptsOf(grade: ExerciseGrade, assignment: Assignment): Receipt[] {
  const { counted, others, raw, penalty, points, of, daysLate } = grade;
  const receipts = others.map(({ graded, why }) => receiptOf(graded, assignment, why));
  if (counted === undefined) return receipts;
  return [receiptOf(counted, assignment, { raw, penalty, points, of, daysLate }), ...receipts];
}

function receiptOf(graded: GradedSubmission, assignment: Assignment, counted: Receipt["counted"]): Receipt {
  const { submission, verdict, hidden, stopped, refused } = graded;
  const { student, exercise, ...own } = submission;
  const { title, hash, seed, exercises } = assignment;
  return {
    version: 1,
    assignment: { title, hash, seed, exerciseHash: exercises.find(({ slug }) => slug === exercise)?.hash ?? "" },
    exercise,
    student,
    submission: own,
    verdict,
    hidden,
    stopped,
    ...(refused === undefined ? {} : { refused }),
    counted,
  };
}
