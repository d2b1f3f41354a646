import { MAX_PRICE } from "../contract/commands.ts";

/** Recorded prices are integers, so many to a dollar, in ITCH and in LOBSTER alike. */
export const PRICE_UNITS = 10_000;

/** What stands for the ticks of an order that no engine is told of, because its price is beyond what one takes. */
export const LEFT_OUT = MAX_PRICE + 1;

/**
 * A tick written in dollars, as recorded prices count it: `0.01` gives 100.
 *
 * @throws RangeError where it is no positive number with four decimals at most
 */
export function parseTick(dollars: string): number {
  const match = /^(\d{1,6})(?:\.(\d{1,4}))?$/.exec(dollars);
  const units = match === null ? 0 : Number(match[1]) * PRICE_UNITS + Number((match[2] ?? "").padEnd(4, "0"));
  if (units === 0) {
    throw new RangeError(
      `The tick is "${dollars}": give dollars with four decimals at most, 0.0001 or more, like 0.01.`,
    );
  }
  return units;
}

/**
 * The price in ticks; 0 where it is none that an engine takes: off the tick, zero, or beyond the highest.
 *
 * @param price 1/10,000 dollars @param tick 1/10,000 dollars
 */
export function ticksOf(price: number, tick: number): number {
  const ticks = price / tick;
  const whole = ticks | 0;
  return whole === ticks && whole > 0 && whole <= MAX_PRICE ? whole : 0;
}

/** Whether a price that `ticksOf` refuses lies on the tick, and is only too high for an engine. */
export function isBeyondRange(price: number, tick: number): boolean {
  return price % tick === 0 && price / tick > MAX_PRICE;
}

/** Says why `ticksOf` gave 0, and what to do. */
export function priceProblem(price: number, tick: number): string {
  const shown = dollars(price);
  if (price <= 0) return `the price is ${shown}: a resting order has one above 0`;
  if (price % tick !== 0) return `the price ${shown} is off the tick of ${dollars(tick)}: give a smaller --tick`;
  return `the price ${shown} is above the highest, ${MAX_PRICE} ticks of ${dollars(tick)}: give a larger --tick, or leave such orders out with --skip-far`;
}

function dollars(price: number): string {
  return (price / PRICE_UNITS).toFixed(4).replace(/0{1,2}$/, "");
}
