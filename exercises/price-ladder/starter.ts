/** Memory of a ladder, as an `Int32Array` is read and written. Every load and every store is counted. */
export interface Words {
  readonly length: number;
  [word: number]: number;
}

/** One past the highest price. */
const END = 2 ** 15;

/** Puts in a price that isn't there. */
export function add(words: Words, price: number): void {
  words[price >>> 5] |= 1 << (price & 31);
}

/** Takes out a price that is there. */
export function remove(words: Words, price: number): void {
  words[price >>> 5] &= ~(1 << (price & 31));
}

/** The lowest price above this one; `END` where there is none. */
export function above(words: Words, price: number): number {
  // Right, and slow: price after price.
  let next = price + 1;
  while (next < END && (words[next >>> 5] & (1 << (next & 31))) === 0) next++;
  return next;
}

/** The highest price below this one; 0 where there is none. */
export function below(words: Words, price: number): number {
  // Looks one price down, and no further.
  const next = price - 1;
  return next > 0 && (words[next >>> 5] & (1 << (next & 31))) !== 0 ? next : 0;
}
