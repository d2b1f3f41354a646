import type { Difference } from "../../../engines/conformance/comparison.ts";

/** What an engine with the reader's guess did with the case that the engine in question failed. */
export interface Guess {
  right: boolean;
  /** Undefined where the guess passes the case. */
  ofGuess: Difference | undefined;
  ofEngine: Difference;
}

/** What a run of the guess says of it. */
export function feedbackOn({ right, ofGuess, ofEngine }: Guess): string {
  if (right) return "Yes. An engine with that bug gives exactly these events, and fails the same cases.";
  if (ofGuess === undefined) return "No. I ran an engine with that bug: it passes this case.";
  if (ofGuess.step !== ofEngine.step) {
    return `No. I ran an engine with that bug: it fails this case too, but at step ${ofGuess.step + 1}, not at step ${ofEngine.step + 1}.`;
  }
  if (ofGuess.actual !== ofEngine.actual) {
    return `No. I ran an engine with that bug: it fails at this step too, but gives ${ofGuess.actual}.`;
  }
  return "No. An engine with that bug does the same in this case, but fails other cases than this engine. Compare the list.";
}
