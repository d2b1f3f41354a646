import type { CheckResult } from "../../../../lab/grade/verdict.ts";
import type { Assignment } from "../assignment.ts";
import type { ExerciseGrade, StudentGrade } from "../graded.ts";
import type { Unmatched } from "../submission.ts";
import { hiddenCategories } from "./hidden.ts";
import { latenessText } from "./lateness.ts";
import { readable } from "./readable.ts";
import { hundredths } from "./summary.ts";

/** Who sees it: nobody but instructors, all after the due date, all after grades are out, all at once. */
type Visibility = "hidden" | "after_due_date" | "after_published" | "visible";

/** Gradescope's `results.json` (gradescope-autograders.readthedocs.io, Autograder Specifications). */
export interface GradescopeResults {
  /** Of the assignment's total points. */
  score: number;
  /** Seconds. */
  execution_time: number;
  output: string;
  output_format: "text";
  visibility: Visibility;
  stdout_visibility: Visibility;
  extra_data: Record<string, unknown>;
  tests: GradescopeTest[];
  leaderboard: { name: string; value: number; order: "asc" | "desc" }[];
}

export interface GradescopeTest {
  score: number;
  max_score: number;
  /** Left out where an instructor has yet to decide. */
  status?: "passed" | "failed";
  name: string;
  number: string;
  output: string;
  output_format: "text";
  tags: string[];
  visibility: Visibility;
}

export interface ResultsOptions {
  titleOf(slug: string): string;
  /** What full marks are in Gradescope's assignment. Default 100. */
  totalPoints?: number;
  /** What was handed in and isn't graded. */
  unmatched?: readonly Unmatched[];
}

/** One student's grade as Gradescope takes it. Of hidden checks it names category and points alone. */
export function gradescopeResults(
  grade: StudentGrade,
  assignment: Assignment,
  options: ResultsOptions,
): GradescopeResults {
  const { exercises, percent, student } = grade;
  const { totalPoints = 100, unmatched = [] } = options;
  const ms = exercises.reduce((sum, { counted }) => sum + (counted?.verdict.host.ms ?? 0), 0);
  return {
    score: hundredths((percent * totalPoints) / 100),
    execution_time: ms / 1000,
    output: [
      ...exercises.map((exercise) => exerciseText(exercise, assignment, student.key, options)),
      ...unmatched.map(({ source, reason }) => readable(`Not graded: ${source}. ${reason}`, 1_000)),
    ].join("\n\n"),
    output_format: "text",
    visibility: "visible",
    // What a submission prints, and the grader's own words, are the instructor's.
    stdout_visibility: "hidden",
    extra_data: { percent, assignment: assignment.hash, receipts: exercises.map(extraOf) },
    tests: exercises.flatMap((exercise, index) => testsOf(exercise, index + 1, options)),
    // A class's ranking is nobody's business but the instructor's.
    leaderboard: [],
  };
}

function extraOf({ exercise, counted, raw, penalty, points, of }: ExerciseGrade): Record<string, unknown> {
  return { exercise, raw, penalty, points, of, codeHash: counted?.submission.codeHash ?? null };
}

function exerciseText(grade: ExerciseGrade, assignment: Assignment, key: string, { titleOf }: ResultsOptions): string {
  const { exercise, counted, points, of, pending } = grade;
  const lines = [`${titleOf(exercise)}: ${points} of ${of} points.`];
  if (counted === undefined) lines.push("Nothing that counts was handed in.");
  else lines.push(`Graded: ${counted.submission.source}`);
  const late = latenessText(grade, assignment, key);
  if (late !== undefined) lines.push(late);
  if (counted?.refused !== undefined) lines.push(`It could not be graded. ${counted.refused}`);
  for (const what of counted?.stopped ?? []) lines.push(`Your code was kept from something. ${what}`);
  if (pending.length > 0) lines.push(`${pending.length} of the checks are not counted yet: your instructor decides.`);
  return lines.map((each) => readable(each, 1_000)).join("\n");
}

function testsOf({ exercise, counted }: ExerciseGrade, number: number, { titleOf }: ResultsOptions): GradescopeTest[] {
  if (counted === undefined || counted.refused !== undefined) return [];
  const title = titleOf(exercise);
  const { checks } = counted.verdict;
  const open = checks.map((check, index) => testOf(check, `${number}.${index + 1}`, title));
  const hidden = hiddenCategories(counted).map(
    ({ category, points, of, pending }, index): GradescopeTest => ({
      score: points,
      max_score: of,
      ...(of === 0 ? {} : { status: points === of ? "passed" : "failed" }),
      name: readable(`${title}: ${category} (hidden)`, 200),
      number: `${number}.${checks.length + index + 1}`,
      output: pending === 0 ? "" : `${pending} not counted yet`,
      output_format: "text",
      tags: ["hidden"],
      visibility: "visible",
    }),
  );
  return [...open, ...hidden];
}

function testOf(
  { name, credit, points, of, status, reason, line, failing }: CheckResult,
  number: string,
  title: string,
): GradescopeTest {
  const isPending = status === "pending";
  const where = line === undefined ? "" : ` (line ${line})`;
  const shown = failing !== undefined && status !== "passed";
  const lines = [`${reason}${where}`];
  if (shown)
    lines.push(
      `A case that shows it:\n${failing.input}`,
      `Expected:\n${failing.expected}`,
      `Yours gave:\n${failing.got}`,
    );
  return {
    score: isPending ? 0 : points,
    max_score: isPending ? 0 : of,
    ...(isPending ? {} : { status: status === "passed" ? "passed" : "failed" }),
    name: readable(`${title}: ${name}`, 200),
    number,
    output: readable(lines.join("\n")),
    output_format: "text",
    tags: [credit],
    visibility: "visible",
  };
}
