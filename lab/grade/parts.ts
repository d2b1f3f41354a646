import type { Outcome } from "./check.ts";

/** One of several things that a check asks for. */
export interface Part {
  /** What it is, for the learner: it stands at the head of its reason. */
  what: string;
  /** Its share of the check's points against the other parts', above 0. */
  weight: number;
  /** How much of it is there, 0 … 1. */
  share: number;
  /** Why, in a sentence. */
  reason: string;
}

/** Partial credit: the parts' shares by their weights, with the reason of each that is not whole. @param passed said where all are */
export function partial(parts: readonly Part[], passed: string): Pick<Outcome, "share" | "reason"> {
  const weights = parts.reduce((sum, { weight }) => sum + weight, 0);
  const earned = parts.reduce((sum, { weight, share }) => sum + weight * share, 0);
  const missing = parts.filter(({ share }) => share < 1);
  if (missing.length === 0) return { share: 1, reason: passed };
  const there = parts.filter(({ share }) => share === 1).map(({ what }) => what);
  const kept = there.length === 0 ? "" : ` Earned: ${there.join(", ")}.`;
  const why = missing.map(({ what, reason }) => `${what}: ${reason}`).join(" ");
  return { share: earned / weights, reason: `${why}${kept}` };
}
