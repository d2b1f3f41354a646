import { measureClockStep } from "../../../lab/measure/clock.ts";
import type { FlowContender } from "../../../lab/measure/flow-contender.ts";
import type { DuelAnswers, DuelQuestion, Prepare, Side } from "./duel-messages.ts";

/**
 * One instance of a duel: both sides in one thread, so that what disturbs a core disturbs both, each as a module of its own, so that
 * neither runs code that was compiled by what the other did.
 */

type ContenderModule = typeof import("./contender.ts");

const modules = new Map<Side, ContenderModule>();
const contenders = new Map<Side, FlowContender>();

async function prepare(question: Prepare): Promise<DuelAnswers["prepare"]> {
  const module: ContenderModule = await import(/* @vite-ignore */ question.address);
  const { contender, eventHash } = await module.prepareContender(question);
  modules.set(question.side, module);
  contenders.set(question.side, contender);
  return { eventHash };
}

function prepared<T>(kept: Map<Side, T>, side: Side): T {
  const found = kept.get(side);
  if (found === undefined) throw new Error(`the ${side} was asked before it was prepared`);
  return found;
}

async function answer(question: DuelQuestion): Promise<DuelAnswers[DuelQuestion["ask"]]> {
  switch (question.ask) {
    case "clock":
      return { stepMs: measureClockStep(() => performance.now()), isolated: globalThis.crossOriginIsolated };
    case "prepare":
      return prepare(question);
    case "calibrate": {
      const { side, share, units } = question;
      return prepared(modules, side).calibrate(prepared(contenders, side), share, units);
    }
    case "begin":
      prepared(contenders, question.side).begin();
      return null;
    case "run":
      return prepared(contenders, question.side).run(question.units);
  }
}

addEventListener("message", async ({ data }: MessageEvent<DuelQuestion>) => {
  try {
    postMessage({ answer: await answer(data) });
  } catch (error) {
    postMessage({ failed: error instanceof Error ? error.message : String(error) });
  }
});
