import type { Assignment } from "../assignment.ts";
import { deadlineOf } from "../deadline.ts";
import type { ExerciseGrade } from "../graded.ts";

/** Why points were taken off for lateness, for the student; undefined where nothing was late. */
export function latenessText(grade: ExerciseGrade, assignment: Assignment, studentKey: string): string | undefined {
  const { daysLate, penalty, raw, exercise } = grade;
  if (daysLate === 0) return undefined;
  const { penaltyPerDay, maxDays } = assignment.late;
  const deadline = deadlineOf(assignment, studentKey, exercise);
  const late = `Handed in late, on day ${daysLate} after ${deadline === undefined ? "the deadline" : `your deadline (${timeText(deadline)})`}.`;
  if (maxDays !== undefined && daysLate > maxDays) {
    return `${late} After day ${maxDays} it is worth nothing: ${pointsText(penalty)} of the earned ${raw} are taken off.`;
  }
  if (penalty === 0) return `${late} Nothing is taken off for it.`;
  const percent = Math.round(penaltyPerDay * 10_000) / 100;
  return `${late} Each day or part of one takes ${percent}% off the earned points: ${daysLate} × ${percent}% of ${raw} is ${pointsText(penalty)}.`;
}

export function pointsText(points: number): string {
  return `${points} ${points === 1 ? "point" : "points"}`;
}

/** A time to the minute as people write it, in the zone that it was given in. @param iso ISO 8601 */
export function timeText(iso: string): string {
  const [, date, time, zone] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/.exec(iso) ?? [];
  if (date === undefined) return iso;
  const isUtc = zone === "Z" || zone === "+00:00";
  return [date, time, ...(zone === undefined ? [] : [isUtc ? "UTC" : zone])].join(" ");
}
