/**
 * A seeded generator of 32-bit integers: sfc32 (Chris Doty-Humphrey, PractRand), seeded through the finaliser of
 * MurmurHash3. It uses additions, shifts and exclusive-ors of 32 bits, so that it gives the same bits in any language.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** @param seed an integer from 0 to 2^32 − 1 @throws RangeError for anything else */
  constructor(seed: number) {
    if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
      throw new RangeError(`seed is ${seed}: it must be an integer from 0 to 4294967295`);
    }
    this.#a = mix(seed);
    this.#b = mix(seed + 0x9e3779b9);
    this.#c = mix(seed + 0x3c6ef372);
    for (let round = 0; round < 12; round++) this.next();
  }

  /** The next integer, from −2^31 to 2^31 − 1. */
  next(): number {
    const result = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + result) | 0;
    return result;
  }

  /** An integer from 0 to `bound` − 1: the upper word of the 64-bit product of `next` and `bound` (1 … 2^31 − 1). */
  below(bound: number): number {
    const x = this.next();
    const xHigh = x >>> 16;
    const xLow = x & 0xffff;
    const boundHigh = bound >>> 16;
    const boundLow = bound & 0xffff;
    // In 16-bit halves, because the product of two 32-bit integers is not exact in a double.
    const middle = (Math.imul(xHigh, boundLow) >>> 0) + (Math.imul(xLow, boundLow) >>> 16);
    const lower = (Math.imul(xLow, boundHigh) >>> 0) + (middle & 0xffff);
    return Math.imul(xHigh, boundHigh) + (middle >>> 16) + (lower >>> 16);
  }
}

function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
