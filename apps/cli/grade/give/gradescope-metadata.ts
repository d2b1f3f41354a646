import { z } from "zod";
import type { Assignment } from "../assignment.ts";
import type { Student } from "../submission.ts";

const time = z.iso.datetime({ offset: true }).nullish();

/** What is used of Gradescope's `submission_metadata.json`; it may hold more at any time. */
const metadata = z.object({
  created_at: z.iso.datetime({ offset: true }),
  assignment: z.object({
    due_date: time,
    total_points: z.union([z.string(), z.number()]).nullish(),
  }),
  users: z
    .array(
      z.object({
        email: z.string().nullish(),
        id: z.union([z.number(), z.string()]).nullish(),
        name: z.string().nullish(),
        assignment: z.object({ due_date: time }).nullish(),
      }),
    )
    .min(1),
});

/** One upload to Gradescope. */
export interface GradescopeUpload {
  /** The first of a group, under whose name all of it is graded. */
  student: Student;
  /** ISO 8601 with its offset. */
  at: string;
  /** The student's own, else the assignment's; undefined where Gradescope has none. */
  due?: string;
  /** What full marks are; undefined where Gradescope doesn't say. */
  totalPoints?: number;
}

/** @throws Error saying what is wrong with the text of a `submission_metadata.json` */
export function readMetadata(text: string): GradescopeUpload {
  const read = metadata.safeParse(JSON.parse(text));
  if (!read.success) {
    const [{ path, message }] = read.error.issues;
    throw new Error(`submission_metadata.json: ${path.join(".")}: ${message}`);
  }
  const { created_at: at, assignment, users } = read.data;
  const [{ email, id, name, assignment: own }] = users;
  const due = own?.due_date ?? assignment.due_date ?? undefined;
  const totalPoints = Number(assignment.total_points ?? Number.NaN);
  const key = email ?? String(id ?? "student");
  return {
    student: { key, name: name ?? key, ...(email == null ? {} : { email }), ...(id == null ? {} : { id: String(id) }) },
    at,
    ...(due === undefined ? {} : { due }),
    ...(totalPoints > 0 ? { totalPoints } : {}),
  };
}

/** The assignment with the deadline that Gradescope has for this student, where it has one. */
export function withDeadline(assignment: Assignment, { due }: GradescopeUpload): Assignment {
  if (due === undefined) return assignment;
  const exercises = assignment.exercises.map((exercise) => ({ ...exercise, deadline: due }));
  return { ...assignment, exercises, extensions: {} };
}
