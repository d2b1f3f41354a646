// 0.3 % 0.1 isn't 0: right prices are refused, and in 1.0000000000000000001 nothing is left to refuse.
const PRICE = /^\d+(\.\d+)?$/;
const MAX_TICKS = 2 ** 24 - 1;

/** A decimal number without loss: `units` divided by ten to the power of `decimals`. */
interface Decimal {
  units: bigint;
  decimals: number;
}

export function toTicks(text: string, tick: string): number | null {
  if (!PRICE.test(text)) return null;
  if (Number(text) % Number(tick) !== 0) return null;
  const ticks = Math.round(Number(text) / Number(tick));
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
