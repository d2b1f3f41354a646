import { Random } from "../../../engines/flow/random.ts";
import {
  DifferentOutcome,
  type DuelContender,
  type DuelPlan,
  type DuelResult,
  duelPlan,
  runDuel,
} from "../../../lab/measure/duel.ts";
import { DuelClient } from "../duel/duel-client.ts";
import type { Side } from "../duel/duel-messages.ts";
import type { DuelClock } from "../duel/engine-duel.ts";
import type { KernelAnswers, KernelQuestion } from "./kernel-messages.ts";

type KernelClient = DuelClient<KernelQuestion, KernelAnswers>;

/** Which pair, with which data. */
export interface KernelRequest {
  pair: string;
  choice: number;
  /** The first way against itself. */
  control: boolean;
  seed: number;
  instances: number;
  rounds: number;
}

export interface KernelDuel {
  request: KernelRequest;
  plan: DuelPlan;
  /** What a pass of both came to. */
  outcome: number;
  result: DuelResult;
}

/** Where the kernels' code is, and what it needs. */
export interface KernelHost {
  makeWorker(): Worker;
  wasm: Uint8Array<ArrayBuffer> | undefined;
  signal: AbortSignal;
}

/** Reads the step of a worker's clock. @throws the signal's reason */
export async function measureKernelClock({ makeWorker, signal }: KernelHost): Promise<DuelClock> {
  const client: KernelClient = new DuelClient(signal, makeWorker);
  try {
    return await client.ask({ ask: "clock" });
  } finally {
    client.end();
  }
}

/**
 * Compares two ways by `lab/measure/duel.ts`, each instance in a new worker. A unit is a pass over all data.
 *
 * @param onInstance told of the instances' ratios so far
 * @throws DifferentOutcome where the two don't come to the same @throws Error where a worker fails @throws the signal's reason
 */
export async function duelKernels(
  request: KernelRequest,
  clock: DuelClock,
  host: KernelHost,
  onInstance: (ratios: readonly number[]) => void,
): Promise<KernelDuel> {
  const { pair, choice, seed } = request;
  const { instances, rounds } = request;
  // A pass may be as long as a batch.
  const plan = { ...duelPlan(clock.stepMs), instances, rounds, firstUnits: 1 };
  let client: KernelClient | undefined;
  const outcomes = new Set<number>();
  const start = async (asked: KernelClient, side: Side): Promise<DuelContender> => {
    const way = side === "baseline" || request.control ? "first" : "second";
    outcomes.add(await asked.ask({ ask: "prepare", side, pair, way, choice, seed, wasm: host.wasm }));
    if (outcomes.size > 1)
      throw new DifferentOutcome("The two ways don't come to the same. A wrong answer is not timed.");
    return { run: (units) => asked.ask({ ask: "run", side, units }) };
  };
  const result = await runDuel(
    plan,
    {
      create: async () => {
        client = new DuelClient(host.signal, host.makeWorker);
        return [await start(client, "baseline"), await start(client, "subject")];
      },
      dispose: async () => client?.end(),
      onInstance,
      now: () => performance.now(),
      signal: host.signal,
    },
    new Random(seed),
  );
  return { request, plan, outcome: [...outcomes][0], result };
}
