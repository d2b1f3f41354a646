// Caught by: few words however far
// Two layers: the words of the second are looked at one after the other.

/** Memory of a ladder, as an `Int32Array` is read and written. Every load and every store is counted. */
export interface Words {
  readonly length: number;
  [word: number]: number;
}

/** One past the highest price. */
const END = 2 ** 15;
/** A word has 32 bits: so many of a price's bits choose the bit, and those above them the word. */
const WORD_BITS = 5;
const LAST_BIT = 31;
/** Where each layer begins: a bit for each price; one for each word of those; one for each word of these. */
const LAYERS = [0, 1024];

/** Puts in a price that isn't there. */
export function add(words: Words, price: number): void {
  let index = price;
  for (const layer of LAYERS) {
    const word = layer + (index >>> WORD_BITS);
    const before = words[word];
    words[word] = before | (1 << (index & LAST_BIT));
    // The word had prices already, so those above know of it.
    if (before !== 0) return;
    index >>>= WORD_BITS;
  }
}

/** Takes out a price that is there. */
export function remove(words: Words, price: number): void {
  let index = price;
  for (const layer of LAYERS) {
    const word = layer + (index >>> WORD_BITS);
    const left = words[word] & ~(1 << (index & LAST_BIT));
    words[word] = left;
    if (left !== 0) return;
    index >>>= WORD_BITS;
  }
}

/** The lowest price above this one; `END` where there is none. */
export function above(words: Words, price: number): number {
  let index = price;
  for (let layer = 0; layer < LAYERS.length; layer++) {
    // −2 and not −1 shifted by one more: a shift by 32 moves nothing.
    const bits = words[LAYERS[layer] + (index >>> WORD_BITS)] & (-2 << (index & LAST_BIT));
    if (bits !== 0) return down(words, layer, (index & ~LAST_BIT) | lowest(bits), lowest);
    index >>>= WORD_BITS;
  }
  for (let word = index + 1; word < 32; word++) {
    const bits = words[LAYERS[1] + word];
    if (bits !== 0) return down(words, 1, (word << WORD_BITS) | lowest(bits), lowest);
  }
  return END;
}

/** The highest price below this one; 0 where there is none. */
export function below(words: Words, price: number): number {
  let index = price;
  for (let layer = 0; layer < LAYERS.length; layer++) {
    const bits = words[LAYERS[layer] + (index >>> WORD_BITS)] & ~(-1 << (index & LAST_BIT));
    if (bits !== 0) return down(words, layer, (index & ~LAST_BIT) | highest(bits), highest);
    index >>>= WORD_BITS;
  }
  for (let word = index - 1; word >= 0; word--) {
    const bits = words[LAYERS[1] + word];
    if (bits !== 0) return down(words, 1, (word << WORD_BITS) | highest(bits), highest);
  }
  return 0;
}

/** From a bit that is set in a layer down to a price, by one bit of each word on the way. */
function down(words: Words, layer: number, index: number, choose: (bits: number) => number): number {
  let found = index;
  for (let lower = layer - 1; lower >= 0; lower--) found = (found << WORD_BITS) | choose(words[LAYERS[lower] + found]);
  return found;
}

function lowest(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}

function highest(bits: number): number {
  return 31 - Math.clz32(bits);
}
