import type { CheckResult, Verdict } from "../../../lab/grade/verdict.ts";
import type { Assignment } from "./assignment.ts";
import type { Student, Submission, Unmatched } from "./submission.ts";

/** One submission after its grading. Plain data: kept as JSON, so that a stopped grading goes on. */
export interface GradedSubmission {
  submission: Submission;
  /** The public checks' receipt. */
  verdict: Verdict;
  /** The hidden checks' results, where the assignment has any; names are the instructor's alone. */
  hidden: readonly HiddenResult[];
  /** What the code tried and was kept from, in words, each once, such as "It asked for the network.". */
  stopped: readonly string[];
  /** Why it could not be graded at all, for instructor and student; then all points are 0. */
  refused?: string;
}

export interface HiddenResult extends CheckResult {
  category: string;
}

/** What one student gets for one exercise, after policy. */
export interface ExerciseGrade {
  exercise: string;
  /** The submission that counts; undefined where there is none. */
  counted?: GradedSubmission;
  /** The others of the same student and exercise, with why they don't count. */
  others: readonly { graded: GradedSubmission; why: string }[];
  /** Earned by public and hidden checks together, before the penalty, points, rounded to hundredths as a verdict's are. */
  raw: number;
  /** Taken off for lateness, points, rounded to hundredths. */
  penalty: number;
  /** `raw` less `penalty`. */
  points: number;
  /** What could be had, without pending checks. */
  of: number;
  /** Begun days after the student's deadline; 0 in time. */
  daysLate: number;
  /** Names of checks that wait for the instructor. */
  pending: readonly string[];
}

export interface StudentGrade {
  student: Student;
  /** In the assignment's order, one for each of its exercises. */
  exercises: readonly ExerciseGrade[];
  /** Weighted over the exercises, 0 … 100, to hundredths. */
  percent: number;
}

/** The whole class, graded: what every output is made of. */
export interface ClassGrades {
  assignment: Assignment;
  /** In the order of their keys. */
  students: readonly StudentGrade[];
  unmatched: readonly Unmatched[];
}
