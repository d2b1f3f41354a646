import { PROFILES } from "../../../engines/flow/profiles.ts";
import { enginesFor, measureItch } from "./itch.ts";
import { measureLiveOrders } from "./live-orders.ts";
import { describeMachine } from "./machine.ts";
import { measureProfile, type ProfileResult } from "./measure.ts";
import type { Natives } from "./native-toolchain.ts";
import type { BenchPlan } from "./plan.ts";
import type { BenchResult } from "./report.ts";
import { PEER, PROFILE_NAMES, type Subject, subjectsFor } from "./subject.ts";

/** Not a profile of its own, but `std` at several sizes. */
export const LIVE_ORDERS = "live-orders";

/** Not a profile of order flow, but a recorded market, read and booked. */
export const ITCH = "itch";

export interface BenchRequest {
  /** Engines, and the peer's name; all where it is empty. */
  engines: readonly string[];
  /** What the others are compared with, where it is measured on a profile. */
  against: readonly string[];
  /** Whether they are compared with by each of their doors, and not by the first alone. */
  everyDoor?: boolean;
  /** Names of profiles, `live-orders` and `itch`; all where it is empty. */
  profiles: readonly string[];
  seed: number;
  plan: BenchPlan;
  /** The native engines beside them, or why they are not; undefined where they were not asked for. */
  natives?: Natives;
  signal: AbortSignal;
  onProgress(what: string): void;
}

/** Measures all that was asked for. @throws Failure where an engine gives a wrong answer */
export async function runBench(request: BenchRequest): Promise<BenchResult> {
  const { engines, against, profiles, seed, plan } = request;
  const wanted = (name: string) => profiles.length === 0 || profiles.includes(name);
  const control = await measureControl(request);
  const results: ProfileResult[] = [];
  const leftOut = beyondAll(request).filter(wanted);
  for (const name of PROFILE_NAMES.filter((name) => wanted(name) && !leftOut.includes(name))) {
    const profile = PROFILES[name];
    const chosen = engines.length === 0 ? [] : [...engines, ...against];
    const subjects = subjectsFor(profile, chosen);
    if (subjects.length === 0) continue;
    const baselines = baselinesAmong(subjects, request);
    const nativeBenches = request.natives?.benches;
    results.push(
      await measureProfile({ ...request, name, profile, subjects, baselines, singles: true, nativeBenches }),
    );
  }
  const sized = engines.length === 0 ? namesOf(subjectsFor(PROFILES.std, [])) : [...new Set([...engines, ...against])];
  const liveOrders = wanted(LIVE_ORDERS) ? await measureLiveOrders({ ...request, engines: sized }) : [];
  const itch = wanted(ITCH) && !leftOut.includes(ITCH) ? await measureItch(request) : null;
  return {
    machine: describeMachine(),
    seed,
    plan,
    control,
    natives: request.natives?.about ?? null,
    leftOut,
    profiles: results,
    liveOrders,
    itch,
  };
}

/** What none of the engines named can run: the baseline alone would say nothing about them. */
function beyondAll({ engines }: BenchRequest): string[] {
  if (engines.length === 0) return [];
  const profiles: string[] = PROFILE_NAMES.filter((name) => subjectsFor(PROFILES[name], engines).length === 0);
  return enginesFor(engines).length === 0 ? [...profiles, ITCH] : profiles;
}

/** Places of what the others are compared with. An engine's first door is `submit`. */
function baselinesAmong(subjects: readonly Subject[], { against, everyDoor }: BenchRequest): number[] {
  return against.flatMap((engine) => {
    const places = subjects.flatMap((subject, place) => (subject.engine === engine ? [place] : []));
    return everyDoor ? places : places.slice(0, 1);
  });
}

/** One engine against itself, as two subjects: what the protocol finds where there is nothing to find. */
async function measureControl(request: BenchRequest): Promise<BenchResult["control"]> {
  const engine = namesOf(subjectsFor(PROFILES.std, request.engines)).find((name) => name !== PEER);
  if (engine === undefined) return null;
  const subject: Subject = { engine, door: "submit" };
  const { subjects } = await measureProfile({
    ...request,
    name: "A/A control",
    profile: PROFILES.std,
    subjects: [subject, { ...subject }],
    baselines: [0],
    singles: false,
  });
  const comparison = subjects[1].against[0];
  return comparison === null ? null : { engine, profile: "std", ...comparison };
}

function namesOf(subjects: readonly Subject[]): string[] {
  return [...new Set(subjects.map(({ engine }) => engine))];
}
