import { Random } from "../../../engines/flow/random.ts";

/** Orders that every crossing sends, again and again; a power of two. */
export const ORDERS = 1024;
/** Words of one order: codes, id, price, size. */
export const ORDER_WORDS = 4;

/** The same orders for every crossing: prices around 10,000 ticks, sizes up to 100 lots. */
export function makeOrders(): Int32Array<ArrayBuffer> {
  const random = new Random(7);
  const words = new Int32Array(ORDERS * ORDER_WORDS);
  for (let order = 0; order < ORDERS; order++) {
    const codes = 1 | ((1 + random.below(2)) << 8);
    words.set([codes, order + 1, 9_950 + random.below(100), 1 + random.below(100)], order * ORDER_WORDS);
  }
  return words;
}

/** All words added up, as a 32-bit integer: what the other side must have taken when all orders were sent once. */
export function totalOf(words: ArrayLike<number>): number {
  let total = 0;
  for (let at = 0; at < words.length; at++) total = (total + words[at]) | 0;
  return total;
}

/** A way over a boundary. */
export interface Crossing {
  /** Sends the orders from the first on, so many of them, a multiple of `batch`; over again where there are more than `ORDERS`. */
  send(orders: number): void | Promise<void>;
  /** What the other side added up since it was last asked. */
  total(): number;
  /** What it is when `ORDERS` were sent. */
  expected: number;
  /** Orders that cross at once, so a batch's least; 1 where left out. */
  batch?: number;
  /** Before and after each timed batch. */
  begin?(): Promise<void>;
  end?(): Promise<void>;
}
