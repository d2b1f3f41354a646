import { findEngine } from "../../../engines/registry.ts";
import { FlowContender } from "../../../lab/measure/flow-contender.ts";
import { costOfTurn, slowed } from "../../../lab/measure/slowed.ts";
import { warmUp } from "../../../lab/measure/warm-up.ts";
import type { Prepare } from "./duel-messages.ts";

/** One side of a duel, with a copy of all the code that it runs: built into a file of its own for each side. */

const now = () => performance.now();

/** An engine on its flow, and the hash of its answers. */
export async function prepareContender(options: Prepare): Promise<{ contender: FlowContender; eventHash: string }> {
  const { engine, artefacts, profile, seed, checked, turnsPerCommand } = options;
  const { manifest, load } = findEngine(engine);
  const create = await load(async (path) => artefacts[path]);
  const made = turnsPerCommand === undefined ? create : () => slowed(create(), turnsPerCommand);
  const contender = new FlowContender({ create: made, door: manifest.door, profile, seed, now });
  return { contender, eventHash: contender.answers(checked) };
}

/** Turns of busy work for each command that take a share of what a command takes here, when both are warm. */
export async function calibrate(contender: FlowContender, share: number, units: number): Promise<number> {
  const costs: number[] = [];
  const batch = () => {
    const cost = (contender.run(units) * 1e6) / units;
    costs.push(cost);
    return cost;
  };
  await warmUp(batch, { mostBatches: 200, leastMs: 100, mostMs: 2000, now });
  const last = costs.slice(-6);
  const commandNs = last.reduce((sum, cost) => sum + cost, 0) / last.length;
  return (share * commandNs) / costOfTurn(now);
}
