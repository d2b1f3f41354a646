import type { CheckResult, FailingCase } from "../../../../lab/grade/verdict.ts";
import type { Assignment } from "../assignment.ts";
import type { ExerciseGrade, GradedSubmission, StudentGrade } from "../graded.ts";
import { type HiddenCategory, hiddenCategories } from "./hidden.ts";
import { latenessText, pointsText, timeText } from "./lateness.ts";
import { markdownLine as line, markdownCode } from "./readable.ts";

/**
 * What one student is told, as Markdown: points with their reasons, the smallest failing case, what lateness took. Of hidden
 * checks it has the category and the points alone.
 *
 * @param titleOf an exercise's title by its slug
 */
export function feedbackText(grade: StudentGrade, assignment: Assignment, titleOf: (slug: string) => string): string {
  const { student, exercises, percent } = grade;
  const weights = new Map(assignment.exercises.map(({ slug, weight }) => [slug, weight]));
  const isWeighted = new Set(weights.values()).size > 1;
  const parts = [
    `# ${line(assignment.title, 120)}: ${line(student.name, 80)}`,
    `**${percent} of 100**${exercises.length === 1 ? "." : `, over ${exercises.length} exercises.`}`,
    ...exercises.flatMap((exercise) => {
      const weight = isWeighted ? ` It counts ${weights.get(exercise.exercise)}-fold.` : "";
      return exercisePart(exercise, assignment, student.key, `## ${line(titleOf(exercise.exercise), 120)}`, weight);
    }),
    `Graded with seed ${assignment.seed}: \`${assignment.hash.slice(0, 12)}\`. The same code gets the same points again; speed alone may differ.`,
  ];
  return `${parts.join("\n\n")}\n`;
}

function exercisePart(
  grade: ExerciseGrade,
  assignment: Assignment,
  studentKey: string,
  heading: string,
  weight: string,
): string[] {
  const { counted, others, points, of } = grade;
  const head = [`${heading}: ${points} of ${pointsText(of)}`];
  if (weight !== "") head.push(weight.trim());
  const rest = others.length === 0 ? [] : [othersPart(others)];
  if (counted === undefined)
    return [...head, others.length === 0 ? "Nothing was handed in." : "Nothing that counts was handed in.", ...rest];
  const { submission, refused, stopped } = counted;
  const at = submission.at === undefined ? "" : `, handed in ${line(timeText(submission.at), 40)}`;
  const late = latenessText(grade, assignment, studentKey);
  return [
    ...head,
    `Graded: ${line(submission.source, 200)}${at}.`,
    ...(late === undefined ? [] : [line(late)]),
    ...(refused === undefined ? checksPart(counted) : [`**It could not be graded.** ${line(refused)}`]),
    ...(stopped.length === 0 ? [] : [stoppedPart(stopped)]),
    ...rest,
  ];
}

function checksPart(counted: GradedSubmission): string[] {
  const hidden = hiddenCategories(counted);
  return [
    ...counted.verdict.checks.map(checkPart),
    ...(hidden.length === 0 ? [] : [`### Checks that stay hidden\n\n${hidden.map(hiddenLine).join("\n")}`]),
  ];
}

const STATUS = { passed: "passed", partial: "partly", failed: "not passed", pending: "pending" } as const;

function checkPart({ name, status, points, of, reason, line: at, failing }: CheckResult): string {
  const score = status === "pending" ? "not counted yet, your instructor decides" : `${points} of ${pointsText(of)}`;
  const where = at === undefined ? "" : ` (line ${at} of your file)`;
  const parts = [`### ${line(name, 120)}: ${STATUS[status]}, ${score}`, `${line(reason)}${where}`];
  if (failing !== undefined && status !== "passed") parts.push(failingPart(failing));
  return parts.join("\n\n");
}

function failingPart({ input, expected, got }: FailingCase): string {
  return [
    "A case that shows it:",
    markdownCode(input),
    "Expected:",
    markdownCode(expected),
    "Yours gave:",
    markdownCode(got),
  ].join("\n\n");
}

function hiddenLine({ category, points, of, pending }: HiddenCategory): string {
  const waiting = pending === 0 ? "" : `, ${pending} not counted yet`;
  return `- ${line(category, 80)}: ${points} of ${pointsText(of)}${waiting}`;
}

function stoppedPart(stopped: readonly string[]): string {
  const lines = stopped.map((what) => `- ${line(what, 200)}`);
  return `Your code was kept from:\n\n${lines.join("\n")}`;
}

function othersPart(others: ExerciseGrade["others"]): string {
  const lines = others.map(({ graded, why }) => `- ${line(graded.submission.source, 200)}: ${line(why, 300)}`);
  return `Also handed in, and not counted:\n\n${lines.join("\n")}`;
}
