import type { ToldAssignment, ToldExercise } from "../../../lab/grade/told.ts";

/** The assignment that the site is built for, by `npm run build -- --assignment class.json`; none where it is for everyone. */
export const assignment: ToldAssignment | undefined =
  process.env.HOTPATH_CLASS === undefined ? undefined : (JSON.parse(process.env.HOTPATH_CLASS) as ToldAssignment);

/** What the class is told of an exercise; undefined where it isn't assigned, or the site is for everyone. */
export function toldOf(slug: string): ToldExercise | undefined {
  return assignment?.exercises.find((exercise) => exercise.slug === slug);
}

/** Whether the site has an exercise to be solved: all of them, or those of the class. */
export function isShown(slug: string): boolean {
  return assignment === undefined || toldOf(slug) !== undefined;
}
