import type { ClockReport, Tail } from "../sandbox/protocol.ts";
import type { SingleCommands } from "./single-commands.ts";

/** What a trading system's budgets are told in, µs. */
const THRESHOLDS_US = [5, 10, 50, 100] as const;
/** The pass ends after that, ms. */
const MOST_MS = 300;
/** Commands at the start that don't count, at most: the loop around them is new. A short recording gives a quarter. */
const UNCOUNTED = 2000;
/** A reading's own rounding in binary, ms. */
const ROUNDING_MS = 1e-6;

export interface TailPass {
  tail: Tail;
  /** Mean of a command, with the one reading of the clock after each, ns; 0 where none was timed. */
  serviceNs: number;
}

/**
 * Times commands one by one: a reading of the clock after each, and nothing subtracted. Where the clock is coarse most of them seem to
 * take no time, but whatever takes longer than a step can't hide.
 *
 * @param now a clock, ms
 */
export function timeTail(singles: SingleCommands, { stepUs }: ClockReport, now: () => number): TailPass {
  const counts = THRESHOLDS_US.map(() => 0);
  const uncounted = Math.min(UNCOUNTED, Math.floor(singles.count / 4));
  let seen = 0;
  let place = 0;
  for (; place < uncounted; place++) seen += singles.execute(place);
  const begin = now();
  let last = begin;
  while (place < singles.count && last - begin < MOST_MS) {
    seen += singles.execute(place++);
    const end = now();
    const ms = end - last - ROUNDING_MS;
    for (let i = 0; i < THRESHOLDS_US.length && ms * 1000 > THRESHOLDS_US[i]; i++) counts[i]++;
    last = end;
  }
  // An engine without an event would have been found out before; this keeps its answers used.
  const timed = seen >= 0 ? place - uncounted : 0;
  const over = THRESHOLDS_US.map((us, i) => ({ us, count: counts[i], seen: stepUs <= us }));
  return { tail: { timed, stepUs, over }, serviceNs: timed > 0 ? ((last - begin) * 1e6) / timed : 0 };
}
