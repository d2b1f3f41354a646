import { Random } from "../../engines/flow/random.ts";
import { digest } from "./digest.ts";

/** Seeded random values for checks: the same seed draws the same values on every machine. */
export class Draws {
  readonly #random: Random;

  /** @param seed an integer from 0 to 2^32 − 1 @throws RangeError for anything else */
  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  /** An integer from `low` to `high`, both included and exact in a double. Above a span of 2^32 not all are drawn. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.fraction() * (high - low + 1));
  }

  /** A number from 0 (included) to 1 (excluded), in steps of 2^−32. */
  fraction(): number {
    return (this.#random.next() >>> 0) / 2 ** 32;
  }

  /** An integer from `low` (at least 1) to `high`, as likely between `low` and 2 × `low` as in each doubling after it. */
  logUniform(low: number, high: number): number {
    // Doubling instead of a power, whose last bit differs between JavaScript engines.
    const starts = [low];
    while (starts[starts.length - 1] * 2 <= high) starts.push(starts[starts.length - 1] * 2);
    const start = this.pick(starts);
    return this.integer(start, Math.min(high, start * 2 - 1));
  }

  /** One of `values`, which are not empty. */
  pick<T>(values: readonly T[]): T {
    return values[this.integer(0, values.length - 1)];
  }

  list<T>(length: number, draw: () => T): T[] {
    return Array.from({ length }, draw);
  }
}

/** A seed of its own for each name under one seed, so that adding a check changes no other check's cases. */
export function seedFor(seed: number, name: string): number {
  return Number.parseInt(digest(`${seed} ${name}`).slice(0, 8), 16);
}
