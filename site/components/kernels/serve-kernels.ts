import { measureClockStep } from "../../../lab/measure/clock.ts";
import type { Side } from "../duel/duel-messages.ts";
import type { KernelAnswers, KernelQuestion } from "./kernel-messages.ts";
import type { MakeKernelPass } from "./kernel-pairs.ts";

const now = (): number => performance.now();

interface Prepared {
  pass: () => number;
  outcome: number;
}

/** Makes this thread an instance of a kernels' duel: it answers the page's questions, with that code. */
export function serveKernels(makers: Readonly<Record<string, MakeKernelPass>>): void {
  const prepared = new Map<Side, Prepared>();

  const answer = async (question: KernelQuestion): Promise<KernelAnswers[KernelQuestion["ask"]]> => {
    switch (question.ask) {
      case "clock":
        return { stepMs: measureClockStep(now), isolated: globalThis.crossOriginIsolated };
      case "prepare": {
        const { side, pair, way, choice, seed, wasm } = question;
        const pass = await makers[pair](way, { choice, seed, wasm });
        const outcome = pass();
        prepared.set(side, { pass, outcome });
        return outcome;
      }
      case "run": {
        const found = prepared.get(question.side);
        if (found === undefined) throw new Error(`the ${question.side} was asked before it was prepared`);
        return timePasses(found, question.units);
      }
    }
  };

  addEventListener("message", async ({ data }: MessageEvent<KernelQuestion>) => {
    try {
      postMessage({ answer: await answer(data) });
    } catch (error) {
      postMessage({ failed: error instanceof Error ? error.message : String(error) });
    }
  });
}

/** @returns ms @throws Error where a pass came to something else than the first: a wrong answer is not timed */
function timePasses({ pass, outcome }: Prepared, passes: number): number {
  let differing = 0;
  const begin = now();
  for (let done = 0; done < passes; done++) if (pass() !== outcome) differing++;
  const ms = now() - begin;
  if (differing > 0) throw new Error(`${differing} of ${passes} passes came to something else than the first`);
  return ms;
}
