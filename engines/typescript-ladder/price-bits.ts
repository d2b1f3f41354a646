/** A price has 24 bits: five layers of 5, the topmost of 4. */
const PRICE_BITS = 24;
const WORD_BITS = 5;
const LAYERS = 5;

/** One past the highest price. */
export const PRICE_END = 1 << PRICE_BITS;

/**
 * The set of prices that have a level, as a tree of bits: a bit of a layer says whether the word below it has any. The
 * next price in either direction takes at most nine words, and mostly one. The prices below the best bid are bids, and
 * those above the best ask are asks, so one set serves both sides.
 */
export class PriceBits {
  /** From the leaves to the root: 2^19, 2^14, 2^9, 2^4 and 1 words. 2.1 MiB, which the system maps where touched. */
  readonly #layers = Array.from(
    { length: LAYERS },
    (_, layer) => new Int32Array(Math.max(1, PRICE_END >>> (WORD_BITS * (layer + 1)))),
  );
  readonly #leaves = this.#layers[0];

  /** A word of a layer, 0 being that of the prices themselves. */
  word(layer: number, index: number): number {
    return this.#layers[layer][index];
  }

  add(price: number): void {
    let index = price;
    for (let layer = 0; layer < LAYERS; layer++) {
      const words = this.#layers[layer];
      const word = index >>> WORD_BITS;
      const before = words[word];
      words[word] = before | (1 << (index & 31));
      if (before !== 0) return;
      index = word;
    }
  }

  delete(price: number): void {
    let index = price;
    for (let layer = 0; layer < LAYERS; layer++) {
      const words = this.#layers[layer];
      const word = index >>> WORD_BITS;
      words[word] &= ~(1 << (index & 31));
      if (words[word] !== 0) return;
      index = word;
    }
  }

  // #region above
  /** The lowest price in the set above `price`; `PRICE_END` where there is none. */
  above(price: number): number {
    const bits = this.#leaves[price >>> WORD_BITS] & (-2 << (price & 31));
    return bits !== 0 ? ((price >>> WORD_BITS) << WORD_BITS) | lowest(bits) : this.#aboveWord(price >>> WORD_BITS);
  }
  // #endregion above

  /** The highest price in the set below `price`; 0 where there is none. */
  below(price: number): number {
    const bits = this.#leaves[price >>> WORD_BITS] & ~(-1 << (price & 31));
    return bits !== 0 ? ((price >>> WORD_BITS) << WORD_BITS) | highest(bits) : this.#belowWord(price >>> WORD_BITS);
  }

  #aboveWord(leaf: number): number {
    let index = leaf;
    for (let layer = 1; layer < LAYERS; layer++) {
      const word = index >>> WORD_BITS;
      const bits = this.#layers[layer][word] & (-2 << (index & 31));
      if (bits === 0) {
        index = word;
        continue;
      }
      index = (word << WORD_BITS) | lowest(bits);
      for (let down = layer - 1; down >= 0; down--) index = (index << WORD_BITS) | lowest(this.#layers[down][index]);
      return index;
    }
    return PRICE_END;
  }

  #belowWord(leaf: number): number {
    let index = leaf;
    for (let layer = 1; layer < LAYERS; layer++) {
      const word = index >>> WORD_BITS;
      const bits = this.#layers[layer][word] & ~(-1 << (index & 31));
      if (bits === 0) {
        index = word;
        continue;
      }
      index = (word << WORD_BITS) | highest(bits);
      for (let down = layer - 1; down >= 0; down--) index = (index << WORD_BITS) | highest(this.#layers[down][index]);
      return index;
    }
    return 0;
  }
}

function lowest(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}

function highest(bits: number): number {
  return 31 - Math.clz32(bits);
}
