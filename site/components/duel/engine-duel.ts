import { contenderAddresses } from "virtual:hotpath-contenders";
import { meetsLevel } from "../../../engines/contract/engine.ts";
import { levelOf, PROFILES, type ProfileName } from "../../../engines/flow/profiles.ts";
import { Random } from "../../../engines/flow/random.ts";
import { findEngine } from "../../../engines/registry.ts";
import {
  DifferentOutcome,
  type DuelContender,
  type DuelPlan,
  type DuelResult,
  duelPlan,
  runDuel,
} from "../../../lab/measure/duel.ts";
import { artefactsOf } from "../../sandbox/artefacts.ts";
import { DuelClient } from "./duel-client.ts";
import type { Side } from "./duel-messages.ts";

/** Commands whose events are compared in each instance before anything is timed. */
export const CHECKED_COMMANDS = 20_000;
/** Commands of a batch by which the busy work is calibrated. */
const CALIBRATED_COMMANDS = 20_000;

/** What is compared with what. */
export interface DuelRequest {
  baseline: string;
  /** The same name as the baseline's is a control. */
  subject: string;
  profile: ProfileName;
  /** Of the flow and of the order of the batches, 0 … 2^32 − 1. */
  seed: number;
  instances: number;
  rounds: number;
  /** Busy work that is planted beside the subject, as a share of a command's time; both run in the same wrapper then. */
  planted?: number;
}

export interface DuelClock {
  stepMs: number;
  isolated: boolean;
}

export interface EngineDuel {
  request: DuelRequest;
  plan: DuelPlan;
  /** Of the events of the checked commands, the same in every instance of both. */
  eventHash: string;
  result: DuelResult;
}

/** Reads the step of a worker's clock, which is the one that engines are timed by. */
export async function measureWorkerClock(signal: AbortSignal): Promise<DuelClock> {
  const client = new DuelClient(signal);
  try {
    return await client.ask({ ask: "clock" });
  } finally {
    client.end();
  }
}

/**
 * Compares two engines by `lab/measure/duel.ts`, each instance in a new worker.
 *
 * @param onInstance told of the instances' ratios so far
 * @throws Error where an engine can't run the flow, fails or gives another answer than the other @throws the signal's reason
 */
export async function duelEngines(
  request: DuelRequest,
  clock: DuelClock,
  signal: AbortSignal,
  onInstance: (ratios: readonly number[]) => void,
): Promise<EngineDuel> {
  const names = [request.baseline, request.subject];
  for (const name of names) refuseLevel(name, request.profile);
  const artefacts = await artefactsOf(names);
  const plan = { ...duelPlan(clock.stepMs), instances: request.instances, rounds: request.rounds };
  const arena = new Arena(request, artefacts, signal);
  const turns = request.planted === undefined ? undefined : await arena.calibrate(request.planted);
  const host = {
    create: () => arena.create(turns === undefined ? {} : { baseline: 0, subject: turns }),
    dispose: () => arena.dispose(),
    onInstance,
    now: () => performance.now(),
    signal,
  };
  const result = await runDuel(plan, host, new Random(request.seed));
  return { request, plan, eventHash: arena.eventHash, result };
}

/** The worker of an instance, and the answers that all of them must give. */
class Arena {
  readonly #request: DuelRequest;
  readonly #artefacts: Record<string, Uint8Array<ArrayBuffer>>;
  readonly #signal: AbortSignal;
  #client: DuelClient | undefined;
  eventHash = "";

  constructor(request: DuelRequest, artefacts: Record<string, Uint8Array<ArrayBuffer>>, signal: AbortSignal) {
    this.#request = request;
    this.#artefacts = artefacts;
    this.#signal = signal;
  }

  /** @param turns of busy work beside each side; without any where left out */
  async create(turns: Partial<Record<Side, number>>): Promise<readonly [DuelContender, DuelContender]> {
    const client = new DuelClient(this.#signal);
    this.#client = client;
    return [await this.#start(client, "baseline", turns.baseline), await this.#start(client, "subject", turns.subject)];
  }

  async dispose(): Promise<void> {
    this.#client?.end();
    this.#client = undefined;
  }

  /** @returns turns of busy work for each command, so that it takes that share of the engine's time */
  async calibrate(share: number): Promise<number> {
    const client = new DuelClient(this.#signal);
    try {
      await this.#start(client, "subject", 0);
      return await client.ask({ ask: "calibrate", side: "subject", share, units: CALIBRATED_COMMANDS });
    } finally {
      client.end();
    }
  }

  async #start(client: DuelClient, side: Side, turnsPerCommand: number | undefined): Promise<DuelContender> {
    const { profile, seed } = this.#request;
    const { eventHash } = await client.ask({
      ask: "prepare",
      side,
      address: contenderAddresses[side === "baseline" ? 0 : 1],
      engine: this.#request[side],
      artefacts: this.#artefacts,
      profile: PROFILES[profile],
      seed,
      checked: CHECKED_COMMANDS,
      ...(turnsPerCommand !== undefined && { turnsPerCommand }),
    });
    this.#compare(eventHash);
    return {
      run: (units) => client.ask({ ask: "run", side, units }),
      begin: async () => {
        await client.ask({ ask: "begin", side });
      },
    };
  }

  #compare(eventHash: string): void {
    if (this.eventHash === "") this.eventHash = eventHash;
    if (this.eventHash === eventHash) return;
    const { baseline, subject, profile, seed } = this.#request;
    throw new DifferentOutcome(
      `${titleOf(baseline)} and ${titleOf(subject)} give different events on ${profile} with seed ${seed}. A wrong answer is not timed.`,
    );
  }
}

function refuseLevel(name: string, profile: ProfileName): void {
  const { manifest } = findEngine(name);
  const asked = levelOf(PROFILES[profile]);
  if (meetsLevel(manifest.level, asked)) return;
  throw new Error(
    `The flow ${profile} asks for level ${asked}, and ${manifest.title} meets ${manifest.level}. Choose another flow or engine.`,
  );
}

function titleOf(name: string): string {
  return findEngine(name).manifest.title;
}
