const PRICE = /^\d+(\.\d+)?$/;
const MAX_TICKS = 2n ** 24n - 1n;

/** A decimal number without loss: `units` divided by ten to the power of `decimals`. */
interface Decimal {
  units: bigint;
  decimals: number;
}

export function toTicks(text: string, tick: string): number | null {
  if (!PRICE.test(text)) return null;
  const [price, step] = [parse(text), parse(tick)];
  // In the finer of the two units both are whole numbers, and whole numbers divide without loss.
  const decimals = Math.max(price.decimals, step.decimals);
  const [dividend, divisor] = [unitsAt(price, decimals), unitsAt(step, decimals)];
  if (dividend % divisor !== 0n) return null;
  const ticks = dividend / divisor;
  return ticks >= 1n && ticks <= MAX_TICKS ? Number(ticks) : null;
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

function unitsAt(number: Decimal, decimals: number): bigint {
  return number.units * 10n ** BigInt(decimals - number.decimals);
}
