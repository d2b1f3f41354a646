import type { SelfTradePrevention, Side } from "../contract/commands.ts";

// #region order
/** An order in the book, or on its way into it. */
export interface Order {
  readonly id: number;
  readonly side: Side;
  /** Ticks. A market order, which never rests, takes any price: Infinity to buy, 0 to sell. */
  price: number;
  /** Lots not yet traded. */
  openSize: number;
  readonly owner: number;
  readonly stp: SelfTradePrevention;
  readonly postOnly: boolean;
  /** The orders before and after it in its level's queue. */
  previous: Order | undefined;
  next: Order | undefined;
}
// #endregion order

/**
 * The orders at one price, in the order of their arrival. A doubly linked queue: an order in the middle of ten thousand
 * leaves as cheaply as the first.
 */
export class PriceLevel {
  readonly price: number;
  first: Order | undefined;
  #last: Order | undefined;
  /** Open lots of all orders here; exact up to 2^53. */
  size = 0;
  orders = 0;

  constructor(price: number) {
    this.price = price;
  }

  // #region queue
  append(order: Order): void {
    order.previous = this.#last;
    order.next = undefined;
    if (this.#last === undefined) this.first = order;
    else this.#last.next = order;
    this.#last = order;
    this.size += order.openSize;
    this.orders += 1;
  }

  remove(order: Order): void {
    if (order.previous === undefined) this.first = order.next;
    else order.previous.next = order.next;
    if (order.next === undefined) this.#last = order.previous;
    else order.next.previous = order.previous;
    this.size -= order.openSize;
    this.orders -= 1;
  }
  // #endregion queue

  /** Takes lots off an order here, which keeps its place. */
  reduce(order: Order, size: number): void {
    order.openSize -= size;
    this.size -= size;
  }
}
