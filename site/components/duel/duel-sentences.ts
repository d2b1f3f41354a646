import { BAND } from "../../../lab/measure/verdict.ts";
import { time } from "../lab/numbers.ts";
import type { DuelClock, EngineDuel } from "./engine-duel.ts";

/** What a duel says in words. */

/** `2.94`, `0.973`: three digits after the point near 1, where they count. */
export function times(ratio: number): string {
  return ratio.toFixed(ratio >= 10 ? 1 : ratio >= 2 ? 2 : 3);
}

/** What a comparison found, with its interval. */
export function duelSentence(baseline: string, subject: string, { result }: EngineDuel): string {
  const { ratio, low, high, verdict } = result;
  const interval = `${times(low)} to ${times(high)}`;
  const found = `${subject} is ${times(ratio)} times as fast as ${baseline}; the 95% interval is ${interval}.`;
  switch (verdict) {
    case "faster":
    case "slower":
      return `${found} All of it lies beyond ±${BAND * 100}%.`;
    case "equivalent":
      return `${found} All of it lies within ±${BAND * 100}%: whatever the difference is, it is smaller than that.`;
    case "not resolved":
      return `${found} It reaches over the edge of ±${BAND * 100}%: these instances can't tell. A calmer machine may.`;
  }
}

/** What a control found: one engine against itself. */
export function controlSentence(engine: string, { result }: EngineDuel): string {
  const { low, high, verdict } = result;
  const interval = `${times(low)} and ${times(high)}`;
  if (verdict === "faster" || verdict === "slower") {
    return `${engine} against itself: between ${interval}, which is wrong, since both are the same. This machine is too restless now, or this was the one run in twenty. Take differences of that size as noise.`;
  }
  return `${engine} against itself: between ${interval}. No difference is found where there is none, and that is about the smallest that could be.`;
}

/** What was planted, and whether it was found. */
export function plantedSentence(engine: string, share: number, { result }: EngineDuel): string {
  const { ratio, low, high, verdict } = result;
  const planted = `Busy work of ${percent(share)} of a command's time was planted: ${times(1 / (1 + share))} is what should be found.`;
  const found = `Found: ${times(ratio)}, between ${times(low)} and ${times(high)}.`;
  const judged =
    verdict === "slower" ? `${engine} with the busy work is slower, as it is.` : "The difference was not resolved.";
  return `${planted} ${found} ${verdict === "faster" ? "That is the wrong way round." : judged}`;
}

export function clockSentence({ stepMs, isolated }: DuelClock): string {
  const step = `The clock steps by ${time(stepMs * 1e6)}`;
  return isolated
    ? `${step}, since this page is isolated from others.`
    : `${step}, since this page isn't isolated from others: batches are longer for it.`;
}

/** How it was measured, of which size everything was. */
export function methodSentence({ plan, result }: EngineDuel, checked: number): string {
  const unsteady =
    result.unsteady === 0
      ? "every one seen to be steady"
      : `${result.unsteady} of ${2 * plan.instances} not steady after ${time(plan.warmUp.mostMs * 1e6)}`;
  return `${plan.instances} instances of fresh code, ${plan.rounds} pairs of batches in each, the order drawn anew. A batch lasted ${time(result.batchMs * 1e6)}, ${count(result.shortestBatchMs / plan.stepMs)} steps of the clock at least. Warm-up: ${count(result.warmUpBatches)} batches, ${unsteady}. The events of ${count(checked)} commands agreed in every instance before anything was timed.`;
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))}%`;
}

function count(value: number): string {
  return Math.floor(value).toLocaleString("en");
}
