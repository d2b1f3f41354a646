/** The stretch of a run that a chart shows, ms from its beginning. */
export interface ViewWindow {
  from: number;
  to: number;
}

/** The shortest stretch that is shown, ms. */
const SHORTEST_MS = 0.02;

/** Zooms around a place. @param factor below 1 shows less @param at 0 … 1 of the window, which stays where it is */
export function zoomed({ from, to }: ViewWindow, factor: number, at: number, wholeMs: number): ViewWindow {
  const length = Math.min(wholeMs, Math.max(SHORTEST_MS, (to - from) * factor));
  const fixed = from + (to - from) * at;
  return within({ from: fixed - length * at, to: fixed + length * (1 - at) }, wholeMs);
}

/** Moves the window by a share of its length. */
export function panned({ from, to }: ViewWindow, share: number, wholeMs: number): ViewWindow {
  const shift = (to - from) * share;
  return within({ from: from + shift, to: to + shift }, wholeMs);
}

/** The window, moved so that it lies in the run. */
function within({ from, to }: ViewWindow, wholeMs: number): ViewWindow {
  const length = Math.min(to - from, wholeMs);
  const start = Math.min(Math.max(0, from), wholeMs - length);
  return { from: start, to: start + length };
}
