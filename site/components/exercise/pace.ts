import type { OpenedLearner, OpenLearner } from "../../../lab/grade/check.ts";

/** How many calls may go out in any second: the sandbox's frame takes code that answers more often for a flood. */
const CALLS_A_SECOND = 80;
const WINDOW_MS = 1_000;

/** Opens learners as `open` does, and lets each be called no more often than the sandbox bears. */
export function paced(open: OpenLearner): OpenLearner {
  return async (code) => pacedLearner(await open(code));
}

function pacedLearner(learner: OpenedLearner): OpenedLearner {
  const sentMs: number[] = [];
  const turn = async (): Promise<void> => {
    const now = performance.now();
    const waitMs = sentMs.length < CALLS_A_SECOND ? 0 : Math.max(0, sentMs[0] + WINDOW_MS - now);
    sentMs.push(now + waitMs);
    if (sentMs.length > CALLS_A_SECOND) sentMs.shift();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
  };
  return {
    exports: learner.exports,
    close: () => learner.close(),
    async call(name, args, timeoutMs) {
      await turn();
      return learner.call(name, args, timeoutMs);
    },
  };
}
