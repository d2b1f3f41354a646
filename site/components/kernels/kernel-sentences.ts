import { BAND, type Verdict } from "../../../lab/measure/verdict.ts";
import { times } from "../duel/duel-sentences.ts";
import { count, time } from "../lab/numbers.ts";
import type { KernelDuel } from "./kernel-duel.ts";
import type { KernelPairInfo } from "./kernel-pairs.ts";

/** What a reader may guess of the second way. */
export const GUESSES = ["faster", "equivalent", "slower"] as const;
export type Guess = (typeof GUESSES)[number];

const IN_WORDS: Record<Guess, string> = { faster: "faster", equivalent: "about the same", slower: "slower" };

/** What a comparison of two ways found, with its interval and what a pass took. */
export function kernelSentence({ first, second }: KernelPairInfo, { request, result }: KernelDuel): string {
  const { ratio, low, high, costNs } = result;
  const interval = `the 95% interval is ${times(low)} to ${times(high)}`;
  if (request.control)
    return `“${first}” against itself: ${times(ratio)}; ${interval}. That is what noise looks like here.`;
  return `“${second}” is ${times(ratio)} times as fast as “${first}”; ${interval}. A pass took ${time(costNs[1])} against ${time(costNs[0])}.`;
}

/** Says of a guess what the verdict makes of it. */
export function guessFeedback(guess: Guess, verdict: Verdict): string {
  const guessed = `Your guess was ${IN_WORDS[guess]}.`;
  if (verdict === "not resolved") {
    return `${guessed} These instances can't tell: the interval reaches over the edge of ±${BAND * 100}%. Run it again on a calmer machine.`;
  }
  if (guess === verdict) return `${guessed} So it is, here and today.`;
  return `${guessed} Here and today it is ${IN_WORDS[verdict]}.`;
}

/** How it was measured. */
export function kernelMethod({ plan, result, outcome, request }: KernelDuel): string {
  const unsteady =
    result.unsteady === 0 ? "each seen to be steady" : `${result.unsteady} of ${2 * plan.instances} not steady`;
  return `${plan.instances} instances of fresh code, ${plan.rounds} pairs of batches in each, the order drawn anew. A batch lasted ${time(result.batchMs * 1e6)}. Warm-up: ${count(result.warmUpBatches)} batches, ${unsteady}. Every pass of both came to ${outcome}; data of seed ${request.seed}.`;
}
