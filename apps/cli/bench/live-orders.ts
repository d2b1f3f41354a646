import { measureProfile, type ProfileResult } from "./measure.ts";
import type { BenchPlan } from "./plan.ts";
import { PEER, profileWithLiveOrders, type Subject } from "./subject.ts";

/** What a command costs with so many orders in the book. */
export interface LiveOrdersPoint {
  liveOrders: number;
  /** ns a command, the median of the CPU's time, or of the wall's where `clock` says so. */
  costNs: number;
}

export interface LiveOrdersResult {
  engine: string;
  clock: ProfileResult["clock"];
  points: LiveOrdersPoint[];
  /** Sizes that were left out, with the reason. */
  leftOut: { liveOrders: number; why: string }[];
  /** The cost at the most live orders over that at the fewest. */
  growth: number;
}

export interface LiveOrdersRequest {
  engines: readonly string[];
  seed: number;
  plan: BenchPlan;
  signal: AbortSignal;
  onProgress(what: string): void;
}

/** The peer goes through a level's orders for each cancel: more than that would take minutes. */
const PEERS_MOST_LIVE_ORDERS = 10_000;
const SLOWEST_OPENING_MS = 5000;

/** Measures what a command costs as the book grows, on levels that stay as many. Engines are asked through `submit`. */
export async function measureLiveOrders(request: LiveOrdersRequest): Promise<LiveOrdersResult[]> {
  const results = request.engines.map(
    (engine): LiveOrdersResult => ({ engine, clock: "cpu", points: [], leftOut: [], growth: Number.NaN }),
  );
  for (const liveOrders of request.plan.liveOrders) {
    const measured = results.filter((result) => {
      const why = reasonToLeaveOut(result, liveOrders);
      if (why !== undefined) result.leftOut.push({ liveOrders, why });
      return why === undefined;
    });
    if (measured.length === 0) continue;
    const { subjects, clock } = await measureProfile({
      ...request,
      name: `${liveOrders.toLocaleString("en")} live orders`,
      profile: profileWithLiveOrders(liveOrders),
      plan: { ...request.plan, instances: request.plan.liveOrdersInstances },
      subjects: measured.map(({ engine }) => subjectOf(engine)),
      baselines: [],
      singles: false,
    });
    for (const [place, result] of measured.entries()) {
      result.clock = clock;
      const { cpuNs, wallNs } = subjects[place];
      result.points.push({ liveOrders, costNs: clock === "cpu" ? cpuNs : wallNs });
    }
  }
  for (const result of results) result.growth = (result.points.at(-1)?.costNs ?? 0) / (result.points[0]?.costNs ?? 0);
  return results;
}

function subjectOf(engine: string): Subject {
  return { engine, door: engine === PEER ? "objects" : "submit" };
}

function reasonToLeaveOut({ engine, points }: LiveOrdersResult, liveOrders: number): string | undefined {
  if (engine === PEER && liveOrders > PEERS_MOST_LIVE_ORDERS) {
    return "it goes through all orders of a level for each cancel, and would take minutes";
  }
  const openingMs = ((points.at(-1)?.costNs ?? 0) * liveOrders) / 1e6;
  return openingMs > SLOWEST_OPENING_MS ? "filling its book would take too long" : undefined;
}
