/**
 * The edge of the system as it is often written: by division, and rounded. It loses a tick where a tenth can't be written in
 * binary, and takes whatever `Number` takes. Make it exact.
 */

/** How many ticks a price is, 1 … 16,777,215; null where the text is no price, or no whole number of ticks in that range. */
export function toTicks(text: string, tick: string): number | null {
  return Math.floor(Number(text) / Number(tick));
}

/** The price of `ticks` ticks as text, with as many decimals as `tick` is written with. */
export function toText(ticks: number, tick: string): string {
  return String(ticks * Number(tick));
}
