import type { GradedSubmission } from "../graded.ts";
import { hundredths } from "./summary.ts";

/** All that a student may know of hidden checks: a category, and the points in it. */
export interface HiddenCategory {
  category: string;
  points: number;
  /** Without what is pending. */
  of: number;
  /** How many of its checks wait for the instructor. */
  pending: number;
}

/** The hidden checks of a grading by category, in the order in which each first comes. */
export function hiddenCategories({ hidden }: Pick<GradedSubmission, "hidden">): HiddenCategory[] {
  const categories = new Map<string, HiddenCategory>();
  for (const { category, points, of, status } of hidden) {
    const before = categories.get(category) ?? { category, points: 0, of: 0, pending: 0 };
    const isPending = status === "pending";
    categories.set(category, {
      category,
      points: hundredths(before.points + (isPending ? 0 : points)),
      of: hundredths(before.of + (isPending ? 0 : of)),
      pending: before.pending + (isPending ? 1 : 0),
    });
  }
  return [...categories.values()];
}
