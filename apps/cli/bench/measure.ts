import type { Profile } from "../../../engines/flow/profiles.ts";
import { Random } from "../../../engines/flow/random.ts";
import { type Costs, compareContenders, instanceCosts, runRounds, typicalCost } from "../../../lab/measure/rounds.ts";
import type { Comparison } from "../../../lab/measure/verdict.ts";
import { beginNatives, type NativeBench, type NativeResult } from "./native.ts";
import type { BenchPlan } from "./plan.ts";
import type { Subject } from "./subject.ts";
import { askOracle, type Expected, Team } from "./team.ts";
import type { Answers } from "./worker.ts";
import { contendersOf } from "./worker-rounds.ts";

/** Which clock the comparisons are by. */
export type Clock = "cpu" | "wall";

/** What was found of one subject on one profile. */
export interface SubjectResult extends Subject {
  /** Medians over the instances, ns a command. */
  cpuNs: number;
  wallNs: number;
  /** Each instance's median, ns a command, by the clock of the comparisons. */
  instancesNs: number[];
  /** Instances that were not steady when their rounds began. */
  unsteady: number;
  /** How many times as fast it was as each baseline, in their order; null for the baseline itself. */
  against: (Comparison | null)[];
  /** Single commands by kind, of the first instance. */
  singles: Answers["singles"];
}

export interface ProfileResult {
  profile: string;
  /** Commands whose events were compared with the oracle's before anything was timed. */
  checkedCommands: number;
  /** Commands that were timed in an instance; the book after them was compared, too. */
  timedCommands: number;
  /** Of the checked commands' events: the oracle's, and so every engine's. */
  eventHash: string;
  fills: number;
  volume: number;
  clock: Clock;
  baselines: Subject[];
  subjects: SubjectResult[];
  /** Those that were asked for and could be built. */
  natives: NativeResult[];
}

export interface MeasureRequest {
  name: string;
  profile: Profile;
  seed: number;
  plan: BenchPlan;
  subjects: readonly Subject[];
  /** Places among the subjects of those that the others are compared with. */
  baselines: readonly number[];
  /** Whether single commands are timed, too. */
  singles: boolean;
  /** Run before each instance and after the last, where they know the profile. */
  nativeBenches?: readonly NativeBench[];
  signal: AbortSignal;
  onProgress(what: string): void;
}

/** A round must last that many steps of the CPU's clock; where one is shorter, the wall's clock is used. */
const STEPS_OF_A_ROUND = 200;

/**
 * Measures all subjects on one profile, side by side.
 *
 * @throws Failure where a subject's answers are not the oracle's, or a worker fails
 */
export async function measureProfile(request: MeasureRequest): Promise<ProfileResult> {
  const { name, plan, seed, onProgress } = request;
  onProgress(`${name}: asking the oracle`);
  const expected = await askOracle(request);
  const natives = await beginNatives(request);
  const team = new Team(request, expected);
  const cpuCosts: number[][][] = [];
  const wallCosts = await runRounds(
    plan,
    {
      create: async (instance) => {
        onProgress(`${name}: instance ${instance + 1} of ${plan.instances}`);
        for (const native of natives) await native.run();
        await team.start();
        cpuCosts[instance] = [];
        return contendersOf(team.workers, cpuCosts[instance]);
      },
      finish: (instance) => team.finish(instance === 0 && request.singles),
      dispose: () => team.end(),
    },
    new Random(seed),
  );
  for (const native of natives) await native.run();
  const results = natives.map((native) => native.result());
  return { ...resultOf(request, expected, team, cpuCosts, wallCosts), natives: results };
}

function resultOf(
  request: MeasureRequest,
  expected: Expected,
  team: Team,
  cpuCosts: Costs,
  wallCosts: Costs,
): Omit<ProfileResult, "natives"> {
  const { name, plan, subjects, baselines } = request;
  const clock = isFineEnough(team.coarsestCpuStepNs, cpuCosts, plan.chunk) ? "cpu" : "wall";
  const costs = clock === "cpu" ? cpuCosts : wallCosts;
  return {
    profile: name,
    ...expected.summary,
    timedCommands: plan.rounds * plan.chunk,
    clock,
    baselines: baselines.map((place) => subjects[place]),
    subjects: subjects.map((subject, place) => ({
      ...subject,
      cpuNs: typicalCost(cpuCosts, place),
      wallNs: typicalCost(wallCosts, place),
      instancesNs: instanceCosts(costs, place),
      unsteady: team.unsteady[place],
      against: baselines.map((baseline) =>
        baseline === place || plan.instances < 2 ? null : compareContenders(costs, baseline, place),
      ),
      singles: team.singles[place],
    })),
  };
}

function isFineEnough(stepNs: number, costs: Costs, timedCommands: number): boolean {
  const shortestNs = Math.min(...costs.flat(2)) * timedCommands;
  return shortestNs >= stepNs * STEPS_OF_A_ROUND;
}
