const whole = new Intl.NumberFormat("en");
const three = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

/** `312,480` */
export function count(value: number): string {
  return whole.format(Math.round(value));
}

/** A time with three significant digits, its unit on the same line: `312 ns`, `1.24 µs`, `20.1 ms`. */
export function time(ns: number): string {
  if (ns < 1000) return `${three.format(ns)}\u00a0ns`;
  if (ns < 1e6) return `${three.format(ns / 1000)}\u00a0µs`;
  if (ns < 1e9) return `${three.format(ns / 1e6)}\u00a0ms`;
  return `${three.format(ns / 1e9)}\u00a0s`;
}

/** A count a second with three significant digits: `3.21 M`, `845 k`. */
export function rate(perSecond: number): string {
  if (perSecond >= 1e6) return `${three.format(perSecond / 1e6)}\u00a0M`;
  if (perSecond >= 1000) return `${three.format(perSecond / 1000)}\u00a0k`;
  return three.format(perSecond);
}

/** `2.9×` */
export function ratio(value: number): string {
  return `${value >= 10 ? Math.round(value) : value.toFixed(value < 1.1 ? 2 : 1)}×`;
}

/** A short label for an axis: `1,000` is `1k`. */
export function tick(value: number): string {
  if (Math.abs(value) >= 1e6) return `${three.format(value / 1e6)}M`;
  if (Math.abs(value) >= 1000) return `${three.format(value / 1000)}k`;
  return three.format(value);
}
