import type { Assignment } from "./assignment.ts";

/** A student's deadline for an exercise, ISO 8601: the exercise's, or the student's extension where that is later. Undefined where there is none. */
export function deadlineOf(
  { exercises, extensions }: Pick<Assignment, "exercises" | "extensions">,
  studentKey: string,
  slug: string,
): string | undefined {
  const deadline = exercises.find((exercise) => exercise.slug === slug)?.deadline;
  const extension = extensionOf(extensions, studentKey);
  if (deadline === undefined || extension === undefined) return deadline;
  return Date.parse(extension) > Date.parse(deadline) ? extension : deadline;
}

/** A student's own deadline, if any. */
export function extensionOf(extensions: Assignment["extensions"], studentKey: string): string | undefined {
  return Object.hasOwn(extensions, studentKey) ? extensions[studentKey] : undefined;
}
