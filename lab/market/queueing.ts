import { Random } from "../../engines/flow/random.ts";
import { percentilesOf } from "../measure/percentiles.ts";
import type { ClockReport, Queueing } from "../sandbox/protocol.ts";
import { fixedLog } from "./fixed-math.ts";
import type { SingleCommands } from "./single-commands.ts";

/** Arrivals come at that share of the rate at which commands can be executed. */
export const UTILISATION = 0.5;
/** A clock that steps by more can't see a single command's wait; the queue is then computed. µs, Firefox's on isolated pages. */
const FINE_STEP_US = 20;
/** The measured pass offers no more commands than fit into this, ms; it ends late where the engine falls behind. */
const MOST_MS = 400;
/** And ends then, whatever is left, ms. */
const END_MS = 1500;
/** Of a measured pass, at most, and at most a quarter: the loop around them is new. */
const UNCOUNTED = 2000;
/** Arrivals of a computed queue, at most. */
const SIMULATED_COMMANDS = 200_000;

/** Commands that were timed as one. */
export interface ServedBatch {
  commands: number;
  /** ns a command. */
  serviceNs: number;
}

/** Whether single waits can be measured by that clock. */
export function isFineEnough({ stepUs, isolated }: ClockReport): boolean {
  return isolated && stepUs <= FINE_STEP_US;
}

/** When each of so many commands is meant to start, ns from the first: gaps are exponential, so the arrivals are a Poisson process. */
export function poissonArrivals(count: number, ratePerSecond: number, seed: number): Float64Array {
  const random = new Random(seed);
  const arrivals = new Float64Array(count);
  let atNs = 0;
  for (let i = 0; i < count; i++) {
    arrivals[i] = atNs;
    atNs -= (fixedLog(((random.next() >>> 0) + 1) / 2 ** 32) * 1e9) / ratePerSecond;
  }
  return arrivals;
}

/**
 * Open loop: commands start at their intended times, or as soon after as the engine is free, and their latency counts from the
 * intended time (Gil Tene, "How NOT to Measure Latency"). A stall of the engine, of its collector of garbage or of the machine delays all that
 * arrive meanwhile, and is seen in each of them.
 *
 * The clock is read in whole steps: a start may wait for the next one, and each time is told with a step added. So none is too low, and
 * one may be two steps too high.
 *
 * @param serviceNs mean of a command with a reading of the clock, which sets the rate
 * @param now a clock, ms
 */
export function measureQueueing(
  singles: SingleCommands,
  serviceNs: number,
  { stepUs }: ClockReport,
  now: () => number,
  seed: number,
): Queueing {
  const ratePerSecond = (UTILISATION * 1e9) / serviceNs;
  const count = Math.min(singles.count, Math.ceil((MOST_MS * ratePerSecond) / 1000));
  const arrivals = poissonArrivals(count, ratePerSecond, seed);
  const waited = new Float64Array(count);
  const served = new Float64Array(count);
  const begin = now();
  let done = 0;
  for (let end = begin; done < count && end - begin < END_MS; done++) {
    const intended = begin + arrivals[done] / 1e6;
    let start = end;
    while (start < intended) start = now();
    singles.execute(done);
    end = now();
    waited[done] = end - intended;
    served[done] = end - start;
  }
  const from = Math.min(UNCOUNTED, Math.floor(done / 4));
  const toNs = (ms: number) => ms * 1e6 + stepUs * 1000;
  return {
    simulated: false,
    ratePerSecond,
    utilisation: UTILISATION,
    points: percentilesOf(waited.subarray(from, done).map(toNs)),
    closedLoop: percentilesOf(served.subarray(from, done).map(toNs)),
  };
}

/**
 * Computed where the clock can't see single commands: completion = max(arrival, previous completion) + service, where each command
 * takes its batch's mean. What one slow command costs is lost in the mean, so the tail is a lower bound.
 *
 * @param batches of a run, in their order
 */
export function simulateQueueing(batches: readonly ServedBatch[], seed: number): Queueing | undefined {
  const commands = batches.reduce((sum, batch) => sum + batch.commands, 0);
  if (commands === 0) return undefined;
  const kept = Math.min(1, SIMULATED_COMMANDS / commands);
  const counts = batches.map((batch) => Math.ceil(batch.commands * kept));
  const served = new Float64Array(counts.reduce((sum, count) => sum + count, 0));
  let filled = 0;
  batches.forEach(({ serviceNs }, i) => {
    served.fill(serviceNs, filled, filled + counts[i]);
    filled += counts[i];
  });
  const meanNs = served.reduce((sum, ns) => sum + ns, 0) / served.length;
  if (meanNs === 0) return undefined;
  const ratePerSecond = (UTILISATION * 1e9) / meanNs;
  const arrivals = poissonArrivals(served.length, ratePerSecond, seed);
  return {
    simulated: true,
    ratePerSecond,
    utilisation: UTILISATION,
    points: percentilesOf(waitsOf(arrivals, served)),
    closedLoop: percentilesOf(served),
  };
}

/** From arrival to completion at one server that takes them in order; all ns. */
export function waitsOf(arrivals: Float64Array, served: Float64Array): Float64Array {
  let completion = 0;
  return arrivals.map((arrival, i) => {
    completion = Math.max(arrival, completion) + served[i];
    return completion - arrival;
  });
}
