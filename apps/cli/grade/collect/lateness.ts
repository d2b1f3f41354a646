import type { Assignment } from "../assignment.ts";
import { deadlineOf, extensionOf } from "../deadline.ts";
import type { Submission } from "../submission.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Begun days after the student's deadline; 0 in time, or where there is no deadline. Without a time a system's mark for late
 * ones stands for one day, but not for a student with an extension, which the system knows nothing of.
 */
export function daysLateOf({ student, exercise, at, markedLate }: Submission, assignment: Assignment): number {
  const deadline = deadlineOf(assignment, student.key, exercise);
  if (deadline === undefined) return 0;
  if (at !== undefined) return Math.max(0, Math.ceil((Date.parse(at) - Date.parse(deadline)) / DAY_MS));
  return markedLate && extensionOf(assignment.extensions, student.key) === undefined ? 1 : 0;
}

/** What lateness takes off, points, rounded to hundredths; never more than were earned. */
export function penaltyOf(raw: number, daysLate: number, { penaltyPerDay, maxDays }: Assignment["late"]): number {
  if (daysLate === 0) return 0;
  if (maxDays !== undefined && daysLate > maxDays) return raw;
  return Math.min(raw, Math.round(raw * penaltyPerDay * daysLate * 100) / 100);
}
