// "Close enough" to a tick is not a tick.
const PRICE = /^\d+(\.\d+)?$/;
const MAX_TICKS = 2 ** 24 - 1;

/** A decimal number without loss: `units` divided by ten to the power of `decimals`. */
interface Decimal {
  units: bigint;
  decimals: number;
}

export function toTicks(text: string, tick: string): number | null {
  if (!PRICE.test(text)) return null;
  const exact = Number(text) / Number(tick);
  const ticks = Math.round(exact);
  if (Math.abs(exact - ticks) > 1e-6) return null;
  return ticks >= 1 && ticks <= MAX_TICKS ? ticks : null;
}

export function toText(ticks: number, tick: string): string {
  const { units, decimals } = parse(tick);
  const digits = String(BigInt(ticks) * units).padStart(decimals + 1, "0");
  const point = digits.length - decimals;
  return decimals === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
}

function parse(text: string): Decimal {
  const [whole, fraction = ""] = text.split(".");
  return { units: BigInt(whole + fraction), decimals: fraction.length };
}
