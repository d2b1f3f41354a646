import type { Side } from "../contract/commands.ts";
import type { BookEvent, BookLevel } from "../contract/events.ts";
import { FEED_TICK, type FeedMessage, type FeedOrder } from "./recorded-market.ts";

interface Open {
  readonly side: Side;
  /** Ticks. */
  readonly price: number;
  size: number;
}

/**
 * The book that a feed tells of, as plainly as can be: to compare what engines make of its recordings. A Map keeps the
 * order in which keys were added, and so the orders of a price in the order of their queue.
 */
export class RecordedModel {
  readonly #open = new Map<string, Open>();

  apply(message: FeedMessage): void {
    switch (message.kind) {
      case "add":
        this.#add(message.order);
        break;
      case "execute":
      case "reduce":
        this.#reduce(message.order, message.size);
        break;
      case "delete":
        this.#open.delete(key(message.order));
        break;
      case "replace":
        this.#open.delete(key(message.order));
        this.#add(message.by);
        break;
    }
  }

  get liveOrders(): number {
    return this.#open.size;
  }

  /** Every level of a book, as the event says it. */
  book(): BookEvent {
    return { event: "book", bids: this.#levels("buy"), asks: this.#levels("sell") };
  }

  /** Price and open size of every order of a side, in the order in which they would be executed. */
  queue(side: Side): [price: number, size: number][] {
    const orders = [...this.#open.values()].filter((order) => order.side === side);
    orders.sort((a, b) => (side === "buy" ? b.price - a.price : a.price - b.price));
    return orders.map(({ price, size }) => [price, size]);
  }

  #levels(side: Side): BookLevel[] {
    const levels: BookLevel[] = [];
    for (const [price, size] of this.queue(side)) {
      const last = levels.at(-1);
      if (last?.[0] === price) levels[levels.length - 1] = [price, last[1] + size, last[2] + 1];
      else levels.push([price, size, 1]);
    }
    return levels;
  }

  #add(order: FeedOrder): void {
    this.#open.set(key(order), { side: order.side, price: order.price / FEED_TICK, size: order.open });
  }

  #reduce(order: FeedOrder, size: number): void {
    const open = this.#open.get(key(order));
    if (open === undefined) return;
    open.size -= size;
    if (open.size === 0) this.#open.delete(key(order));
  }
}

function key({ stock, reference }: FeedOrder): string {
  return `${stock}:${reference}`;
}
