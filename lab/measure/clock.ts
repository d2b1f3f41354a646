/** Steps seen before the smallest is taken. */
const STEPS = 40;
/** Readings at most, for a clock that stands still. */
const MAX_READINGS = 5_000_000;

/**
 * The smallest step between two different readings of a clock: what it can't see below. It takes as long as 40 steps.
 *
 * @param now a clock, in ms
 * @returns ms
 * @throws Error where the clock doesn't move
 */
export function measureClockStep(now: () => number): number {
  let smallest = Number.POSITIVE_INFINITY;
  let last = now();
  let steps = 0;
  for (let reading = 0; reading < MAX_READINGS && steps < STEPS; reading++) {
    const current = now();
    if (current > last) {
      // The first step is cut short by where it began.
      if (steps > 0) smallest = Math.min(smallest, current - last);
      steps++;
    }
    last = current;
  }
  if (smallest === Number.POSITIVE_INFINITY) throw new Error("the clock doesn't move, so nothing can be timed by it");
  return smallest;
}
