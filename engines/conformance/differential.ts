import type { CreateEngine, Level } from "../contract/engine.ts";
import { Random } from "../flow/random.ts";
import { type Difference, type Door, firstDifference, type Step } from "./comparison.ts";
import { HostileFlow } from "./hostile-flow.ts";
import { Oracle } from "./oracle.ts";
import { shrink } from "./shrink.ts";

/** Commands of one flow: long enough for a deep book, short enough to shrink. */
const FLOW_COMMANDS = 4_000;

/** An engine's disagreement with the oracle, as short as it could be made. */
export interface Disagreement {
  /** The seed of the flow alone. */
  flowSeed: number;
  difference: Difference;
  /** The commands up to and with the one that differs. */
  commands: readonly object[];
}

/** What a run compared. */
export interface DifferentialReport {
  /** Commands that the engine executed. */
  commands: number;
  disagreement?: Disagreement;
}

/**
 * Compares an engine with the oracle, event by event, on seeded flows of hostile commands, each flow through one of the
 * doors in turn: as objects, and as records in batches of several sizes. Stops at the first disagreement.
 *
 * @param commands how many at least
 * @param seed 0 … 2^32 − 1
 */
export function compareWithOracle(
  createEngine: CreateEngine,
  level: Level,
  commands: number,
  seed: number,
): DifferentialReport {
  const seeds = new Random(seed);
  const doors: Door[] = ["objects", 512, 1, 37];
  let executed = 0;
  for (let flow = 0; executed < commands; flow++) {
    const flowSeed = seeds.next() >>> 0;
    const sent = hostileCommands(flowSeed, Math.min(FLOW_COMMANDS, commands - executed));
    executed += sent.length;
    const disagreement = disagreementOn(sent, flowSeed, createEngine, level, doors[flow % doors.length]);
    if (disagreement !== undefined) return { commands: executed, disagreement };
  }
  return { commands: executed };
}

/** The first commands of the flow of that seed. */
export function hostileCommands(flowSeed: number, count: number): object[] {
  const flow = new HostileFlow(new Random(flowSeed));
  return Array.from({ length: count }, () => flow.next());
}

/** The commands, each with the events that the oracle gives. */
export function oracleSteps(commands: readonly object[], level: Level): Step[] {
  const oracle = new Oracle(level);
  return commands.map((command) => ({ command, expected: oracle.execute(command) }));
}

function disagreementOn(
  commands: readonly object[],
  flowSeed: number,
  createEngine: CreateEngine,
  level: Level,
  door: Door,
): Disagreement | undefined {
  const differenceOn = (sent: readonly object[]) => firstDifference(createEngine(), oracleSteps(sent, level), door);
  const first = differenceOn(commands);
  if (first === undefined) return undefined;
  // A batch's last commands can be at fault too, where the engine throws.
  const end = door === "objects" ? first.step + 1 : Math.min(first.step + door, commands.length);
  const shrunk = shrink(commands.slice(0, end), (sent) => differenceOn(sent) !== undefined);
  return { flowSeed, difference: differenceOn(shrunk) ?? first, commands: shrunk };
}
