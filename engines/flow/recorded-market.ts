import type { Side } from "../contract/commands.ts";
import { Random } from "./random.ts";

/** An order as a market data feed tells of it. */
export interface FeedOrder {
  readonly reference: bigint;
  /** The number of its stock, from 1. */
  readonly stock: number;
  readonly side: Side;
  /** 1/10,000 dollars. */
  readonly price: number;
  /** Shares that are open before the message. */
  readonly open: number;
}

/** What a feed tells, apart from how a format writes it down. */
export type FeedMessage =
  | { kind: "add"; order: FeedOrder; attributed: boolean }
  /** `price` where it was not the order's own, as in an auction. */
  | { kind: "execute"; order: FeedOrder; size: number; price?: number }
  | { kind: "reduce"; order: FeedOrder; size: number }
  | { kind: "delete"; order: FeedOrder }
  /** The order goes, and `by` takes its side's last place at its own price. */
  | { kind: "replace"; order: FeedOrder; by: FeedOrder }
  /** An execution of an order that is not displayed. */
  | { kind: "hidden"; stock: number; side: Side; size: number; price: number }
  /** A message that has nothing to do with orders: which, is the format's choice. */
  | { kind: "other"; stock: number; choice: number };

export interface FeedOptions {
  seed: number;
  /** Default 1. */
  stocks?: number;
  /** Live orders of each stock, about. Default 1,000. */
  liveOrders?: number;
}

/** 1/10,000 dollars. */
export const FEED_TICK = 100;
const FIRST_CENTRE = 10_000;
const SPAN_TICKS = 60;

/**
 * A seeded, endless feed of made-up stocks, whose books are never crossed: of 1,024 messages about 450 add, 360 delete, 60 are
 * executions, 20 at another price or of an order in the middle of its queue, 40 partial cancels, 90 replaces, and the rest hidden or other.
 */
export function* recordedMarket({ seed, stocks = 1, liveOrders = 1000 }: FeedOptions): Generator<FeedMessage, never> {
  const random = new Random(seed);
  const books = Array.from({ length: stocks }, (_, index) => new FeedBook(index + 1, random));
  for (;;) yield books[random.below(stocks)].next(liveOrders);
}

interface LiveOrder extends FeedOrder {
  open: number;
  /** Where it stands among the live orders. */
  place: number;
}

class FeedBook {
  readonly #stock: number;
  readonly #random: Random;
  readonly #live: LiveOrder[] = [];
  /** By price in ticks; first come, first served. The book is not crossed, so a price has one side. */
  readonly #queues = new Map<number, LiveOrder[]>();
  readonly #orders = { buy: 0, sell: 0 };
  /** In ticks; of no meaning where the side has no order. */
  readonly #best = { buy: 0, sell: 0 };
  #centre = FIRST_CENTRE;
  #references = 0;

  constructor(stock: number, random: Random) {
    this.#stock = stock;
    this.#random = random;
  }

  next(liveOrders: number): FeedMessage {
    const draw = this.#random.below(1024);
    const isFull = this.#live.length > liveOrders;
    if (this.#live.length < 2 || draw < (isFull ? 400 : 500)) return this.#add();
    if (draw < 860) return this.#delete(this.#anyOrder());
    if (draw < 910) return this.#execute(this.#bestOrder(), false);
    if (draw < 930) return this.#execute(this.#anyOrder(), this.#random.below(2) === 0);
    if (draw < 960) return this.#reduce(this.#anyOrder());
    if (draw < 1010) return this.#replace(this.#anyOrder());
    const side = this.#side();
    if (draw < 1017) {
      return { kind: "hidden", stock: this.#stock, side, size: 1 + this.#random.below(300), price: this.#price(side) };
    }
    return { kind: "other", stock: this.#stock, choice: this.#random.below(256) };
  }

  #add(): FeedMessage {
    const order = this.#restNew(this.#side());
    return { kind: "add", order: told(order), attributed: this.#random.below(8) === 0 };
  }

  #delete(order: LiveOrder): FeedMessage {
    this.#remove(order);
    return { kind: "delete", order: told(order) };
  }

  #reduce(order: LiveOrder): FeedMessage {
    if (order.open === 1) return this.#delete(order);
    const before = told(order);
    const size = 1 + this.#random.below(order.open - 1);
    order.open -= size;
    return { kind: "reduce", order: before, size };
  }

  #execute(order: LiveOrder, atOtherPrice: boolean): FeedMessage {
    const before = told(order);
    const size = this.#random.below(2) === 0 ? order.open : 1 + this.#random.below(order.open);
    order.open -= size;
    if (order.open === 0) this.#remove(order);
    if (this.#random.below(8) === 0) this.#centre += order.side === "sell" ? 1 : -1;
    return { kind: "execute", order: before, size, ...(atOtherPrice && { price: this.#centre * FEED_TICK }) };
  }

  #replace(order: LiveOrder): FeedMessage {
    this.#remove(order);
    return { kind: "replace", order: told(order), by: told(this.#restNew(order.side)) };
  }

  /** Short of the other side's best: an order that met it would be an execution. */
  #price(side: Side): number {
    const distance = 1 + this.#random.below(this.#random.below(4) === 0 ? SPAN_TICKS : 6);
    let ticks = side === "buy" ? this.#centre - distance : this.#centre + distance;
    if (side === "buy" && this.#orders.sell > 0) ticks = Math.min(ticks, this.#best.sell - 1);
    if (side === "sell" && this.#orders.buy > 0) ticks = Math.max(ticks, this.#best.buy + 1);
    return ticks * FEED_TICK;
  }

  /** Numbers spread over 64 bits that don't repeat: a counter that is unique among the stocks, times an odd factor. */
  #nextReference(): bigint {
    const number = BigInt(this.#stock) * 2n ** 32n + BigInt(++this.#references);
    return BigInt.asUintN(64, number * 0x9e3779b97f4a7c15n);
  }

  #side(): Side {
    return this.#random.below(2) === 0 ? "buy" : "sell";
  }

  #anyOrder(): LiveOrder {
    return this.#live[this.#random.below(this.#live.length)];
  }

  /** The first in the queue at the best price of a side. */
  #bestOrder(): LiveOrder {
    const side = this.#side();
    if (this.#orders[side] === 0) return this.#anyOrder();
    return (this.#queues.get(this.#best[side]) as LiveOrder[])[0];
  }

  #restNew(side: Side): LiveOrder {
    const order: LiveOrder = {
      reference: this.#nextReference(),
      stock: this.#stock,
      side,
      price: this.#price(side),
      open: 1 + this.#random.below(500),
      place: this.#live.length,
    };
    this.#live.push(order);
    const ticks = order.price / FEED_TICK;
    const queue = this.#queues.get(ticks);
    if (queue === undefined) this.#queues.set(ticks, [order]);
    else queue.push(order);
    const isBetter = side === "buy" ? ticks > this.#best.buy : ticks < this.#best.sell;
    if (this.#orders[side]++ === 0 || isBetter) this.#best[side] = ticks;
    return order;
  }

  #remove(order: LiveOrder): void {
    const last = this.#live.pop() as LiveOrder;
    if (last !== order) {
      last.place = order.place;
      this.#live[last.place] = last;
    }
    const { side } = order;
    const ticks = order.price / FEED_TICK;
    const queue = this.#queues.get(ticks) as LiveOrder[];
    queue.splice(queue.indexOf(order), 1);
    this.#orders[side]--;
    if (queue.length > 0) return;
    this.#queues.delete(ticks);
    if (ticks !== this.#best[side] || this.#orders[side] === 0) return;
    const step = side === "buy" ? -1 : 1;
    while (!this.#queues.has(this.#best[side])) this.#best[side] += step;
  }
}

function told({ reference, stock, side, price, open }: LiveOrder): FeedOrder {
  return { reference, stock, side, price, open };
}
