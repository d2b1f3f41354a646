import type { ReadAssignment } from "../assignment-file.ts";
import type { ClassGrades, ExerciseGrade, GradedSubmission, StudentGrade } from "../graded.ts";
import type { Collected, Student, Submission } from "../submission.ts";
import { daysLateOf, penaltyOf } from "./lateness.ts";

/** One submission under the late policy. */
interface Worth {
  graded: GradedSubmission;
  raw: number;
  of: number;
  daysLate: number;
  penalty: number;
  points: number;
}

/**
 * What each student gets: of the submissions for an exercise the one that the policy keeps, less what lateness takes off. The same
 * submissions give the same grades, in whatever order they were graded.
 */
export function chooseGrades(
  read: ReadAssignment,
  { students, unmatched }: Pick<Collected, "students" | "unmatched">,
  graded: readonly GradedSubmission[],
): ClassGrades {
  const own = new Map<string, GradedSubmission[]>();
  for (const each of graded) {
    const owner = ownerOf(each.submission.student.key, each.submission.exercise);
    own.set(owner, [...(own.get(owner) ?? []), each]);
  }
  const grades = [...students].sort(byKey).map((student) => studentGrade(read, student, own));
  return { assignment: read.assignment, students: grades, unmatched };
}

const ownerOf = (key: string, exercise: string): string => JSON.stringify([key, exercise]);
const byKey = (one: Student, other: Student): number => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0);

function studentGrade(
  read: ReadAssignment,
  student: Student,
  own: ReadonlyMap<string, readonly GradedSubmission[]>,
): StudentGrade {
  const exercises = read.assignment.exercises.map(({ slug }) =>
    exerciseGrade(read, slug, own.get(ownerOf(student.key, slug)) ?? []),
  );
  return { student, exercises, percent: percentOf(read, exercises) };
}

/** An exercise of which all is pending is outside the total. */
function percentOf({ assignment }: ReadAssignment, exercises: readonly ExerciseGrade[]): number {
  let [earned, weights] = [0, 0];
  for (const [index, { points, of }] of exercises.entries()) {
    if (of === 0) continue;
    const { weight } = assignment.exercises[index];
    earned += (weight * points) / of;
    weights += weight;
  }
  return weights === 0 ? 0 : Math.min(100, hundredths((100 * earned) / weights));
}

function exerciseGrade(read: ReadAssignment, slug: string, graded: readonly GradedSubmission[]): ExerciseGrade {
  const { assignment } = read;
  const full = fullPoints(read, slug);
  const worths = graded.map((each) => worthOf(each, assignment, full)).sort(inTime);
  const counted = countedOf(worths, assignment.late.keep);
  if (counted === undefined) {
    return { exercise: slug, others: [], raw: 0, penalty: 0, points: 0, of: full, daysLate: 0, pending: [] };
  }
  const { graded: submission, ...worth } = counted;
  const others = worths
    .filter((other) => other !== counted)
    .map((other) => ({ graded: other.graded, why: whyNot(other, counted, assignment.late.keep) }));
  return { exercise: slug, counted: submission, others, ...worth, pending: pendingOf(submission) };
}

function worthOf(graded: GradedSubmission, assignment: ReadAssignment["assignment"], full: number): Worth {
  const { verdict, hidden, refused, submission } = graded;
  const isRefused = refused !== undefined;
  const decided = hidden.filter(({ status }) => status !== "pending");
  const raw = isRefused ? 0 : hundredths(decided.reduce((sum, { points }) => sum + points, verdict.points));
  const of = isRefused ? full : hundredths(decided.reduce((sum, check) => sum + check.of, verdict.of));
  const daysLate = daysLateOf(submission, assignment);
  const penalty = penaltyOf(raw, daysLate, assignment.late);
  return { graded, raw, of, daysLate, penalty, points: hundredths(raw - penalty) };
}

function countedOf(worths: readonly Worth[], keep: "best" | "last" | "last-before-deadline"): Worth | undefined {
  if (keep === "best") {
    return worths.reduce<Worth | undefined>(
      (best, each) => (best === undefined || compareWorth(each, best) > 0 ? each : best),
      undefined,
    );
  }
  const timely = keep === "last" ? worths : worths.filter(({ daysLate }) => daysLate === 0);
  // Nobody who is late alone gets nothing, unless the policy's days say so.
  return timely.at(-1) ?? worths.at(-1);
}

/** By the share of what could be had: what is pending is no loss. */
function compareWorth(one: Worth, other: Worth): number {
  return shareOf(one) - shareOf(other) || one.points - other.points;
}

const shareOf = ({ points, of }: Worth): number => (of === 0 ? 0 : points / of);

function whyNot(other: Worth, counted: Worth, keep: "best" | "last" | "last-before-deadline"): string {
  const late = "It came after the deadline, and one in time counts.";
  if (keep === "best")
    return compareWorth(other, counted) < 0 ? "Another one has more points." : "An equal one came first.";
  if (keep === "last-before-deadline" && other.daysLate > 0 && counted.daysLate === 0) return late;
  if (whenOf(other.graded.submission) !== whenOf(counted.graded.submission)) return "A later one counts.";
  return "One that is later by its name counts: nothing else tells which of the two came last.";
}

const whenOf = ({ at, attempt }: Submission): string => JSON.stringify([at, attempt]);

/** The earliest first; without a time, a system's number tells, and without that, the name decides. */
function inTime({ graded: one }: Worth, { graded: other }: Worth): number {
  const [first, second] = [one.submission, other.submission];
  return (
    Date.parse(first.at ?? UNKNOWN) - Date.parse(second.at ?? UNKNOWN) ||
    (first.attempt ?? 0) - (second.attempt ?? 0) ||
    (first.source < second.source ? -1 : first.source > second.source ? 1 : 0)
  );
}

/** Before anything that is known. */
const UNKNOWN = new Date(0).toISOString();

function pendingOf({ verdict, hidden }: GradedSubmission): string[] {
  return [...verdict.checks, ...hidden].filter(({ status }) => status === "pending").map(({ name }) => name);
}

/** Of an exercise with its hidden checks. */
function fullPoints({ assignment, exercises }: ReadAssignment, slug: string): number {
  const open = exercises.find((exercise) => exercise.slug === slug)?.manifest.checks ?? [];
  const hidden = assignment.exercises.find((exercise) => exercise.slug === slug)?.hidden?.checks ?? [];
  return hundredths([...open, ...hidden].reduce((sum, { points }) => sum + points, 0));
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
