import { mean, median, standardDeviation, studentT } from "./statistics.ts";

/** How much two things may differ and still count as the same: within 2%. */
export const BAND = 0.02;

export type Verdict = "faster" | "slower" | "equivalent" | "not resolved";

/** How many times as fast the subject is as the baseline, with a 95% interval. */
export interface Comparison {
  /** The median over the instances. */
  ratio: number;
  low: number;
  high: number;
  verdict: Verdict;
  instances: number;
}

/**
 * Compares from the instances' ratios: each is how many times as fast the subject was in one instance, all above 0. The
 * interval is Student's t on their logarithms, because instances of the same code differ by more than the rounds in one.
 *
 * @throws RangeError where there are less than two
 */
export function compareInstances(ratios: readonly number[]): Comparison {
  if (ratios.length < 2) throw new RangeError(`an interval needs two instances at least; there is ${ratios.length}`);
  const logs = ratios.map(Math.log);
  const centre = mean(logs);
  const halfWidth = (studentT(logs.length - 1) * standardDeviation(logs)) / Math.sqrt(logs.length);
  const low = Math.exp(centre - halfWidth);
  const high = Math.exp(centre + halfWidth);
  return { ratio: Math.exp(median(logs)), low, high, verdict: verdictOf(low, high), instances: ratios.length };
}

/** A whole interval must lie on one side of the band, or in it; else nothing is said. */
export function verdictOf(low: number, high: number): Verdict {
  if (low > 1 + BAND) return "faster";
  if (high < 1 / (1 + BAND)) return "slower";
  return low >= 1 / (1 + BAND) && high <= 1 + BAND ? "equivalent" : "not resolved";
}
