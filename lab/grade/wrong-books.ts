import type { NewOrder, Side } from "../../engines/contract/commands.ts";
import type { EngineEvent } from "../../engines/contract/events.ts";
import { createReference, type Reference } from "./reference.ts";

/** What a book can have wrong with it: each is a mistake that books really had. */
export const QUIRKS = {
  "last-in-first-out": "The newest order of a price trades first.",
  "worst-price-first": "The worst price that crosses trades first.",
  "taker-price": "A trade happens at the incoming order's price.",
  "no-trade-at-limit": "An order doesn't trade at its own limit, only beyond it.",
  "partial-fill-loses-place": "An order that is filled in part goes to the end of its queue.",
  "filled-id-stays": "The id of a filled order can't be used again.",
  "market-rests": "What is left of a market order rests at the last price that it traded at.",
  "cancel-tells-first-size": "A cancel tells the size that the order came with.",
  "empty-level-stays": "A price whose last order was filled still stands in the book, with nothing at it.",
} as const;

export type Quirk = keyof typeof QUIRKS;

interface Resting {
  id: number;
  side: Side;
  price: number;
  size: number;
  firstSize: number;
}

/** A book of level `core` that is right but for one thing; with no quirk, it is right. */
export function createWrongBook(quirk: Quirk | undefined): Reference {
  return new WrongBook(quirk);
}

/** It leaves to the reference what is invalid, and does the rest itself, wrongly. */
class WrongBook implements Reference {
  readonly #quirk: Quirk | undefined;
  /** By arrival. */
  #resting: Resting[] = [];
  readonly #used = new Set<number>();
  #emptied: { side: Side; price: number }[] = [];

  constructor(quirk: Quirk | undefined) {
    this.#quirk = quirk;
  }

  execute(command: object): EngineEvent[] {
    const refused = this.#refused(command);
    if (refused !== undefined) return refused;
    const { op } = command as { op: string };
    if (op === "add") return this.#add(command as NewOrder);
    if (op === "cancel") return this.#cancel((command as { id: number }).id);
    return [this.#book((command as { depth?: number }).depth ?? 10)];
  }

  /** What a right book of level core with the same live orders rejects. */
  #refused(command: object): EngineEvent[] | undefined {
    const right = createReference("core");
    for (const { id } of this.#resting) right.execute({ op: "add", id, side: "buy", price: 1, size: 1 });
    if (this.#quirk === "filled-id-stays") {
      for (const id of this.#used) right.execute({ op: "add", id, side: "buy", price: 1, size: 1 });
    }
    const events = right.execute(command);
    return events[0]?.event === "rejected" ? events : undefined;
  }

  #add({ id, side, price, size, type = "limit" }: NewOrder): EngineEvent[] {
    const events: EngineEvent[] = [{ event: "accepted", id }];
    const taker = { id, side, price: price ?? 0, size, firstSize: size };
    let lastPrice = 0;
    for (let maker = this.#next(taker, type); maker !== undefined && taker.size > 0; maker = this.#next(taker, type)) {
      const traded = Math.min(taker.size, maker.size);
      lastPrice = maker.price;
      const atPrice = this.#quirk === "taker-price" && type === "limit" ? taker.price : maker.price;
      events.push({ event: "executed", taker: id, maker: maker.id, price: atPrice, size: traded });
      taker.size -= traded;
      maker.size -= traded;
      this.#settle(maker);
    }
    if (taker.size === 0) this.#used.add(id);
    else if (type === "limit") this.#resting.push(taker);
    else if (this.#quirk === "market-rests" && lastPrice > 0) this.#resting.push({ ...taker, price: lastPrice });
    else events.push({ event: "canceled", id, size: taker.size, reason: "no-liquidity" });
    return events;
  }

  #settle(maker: Resting): void {
    if (maker.size > 0 && this.#quirk !== "partial-fill-loses-place") return;
    this.#resting = this.#resting.filter((order) => order !== maker);
    if (maker.size > 0) this.#resting.push(maker);
    else {
      this.#used.add(maker.id);
      this.#emptied.push({ side: maker.side, price: maker.price });
    }
  }

  /** The maker whose turn it is. */
  #next(taker: Resting, type: string): Resting | undefined {
    const sign = taker.side === "buy" ? 1 : -1;
    const strict = this.#quirk === "no-trade-at-limit" ? 0 : -1;
    const crossing = this.#resting.filter(
      ({ side, price }) => side !== taker.side && (type === "market" || sign * (taker.price - price) > strict),
    );
    const best = this.#quirk === "worst-price-first" ? Math.max : Math.min;
    const price = sign * best(...crossing.map((order) => sign * order.price));
    const queue = crossing.filter((order) => order.price === price);
    return this.#quirk === "last-in-first-out" ? queue.at(-1) : queue[0];
  }

  #cancel(id: number): EngineEvent[] {
    const order = this.#resting.find((each) => each.id === id);
    if (order === undefined) return [{ event: "rejected", op: "cancel", id, reason: "unknown-order" }];
    this.#resting = this.#resting.filter((each) => each !== order);
    const size = this.#quirk === "cancel-tells-first-size" ? order.firstSize : order.size;
    return [{ event: "canceled", id, size, reason: "user" }];
  }

  #book(depth: number): EngineEvent {
    return { event: "book", bids: this.#levels("buy", depth), asks: this.#levels("sell", depth) };
  }

  #levels(side: Side, depth: number): [number, number, number][] {
    const own = this.#resting.filter((order) => order.side === side);
    const empty = this.#quirk === "empty-level-stays" ? this.#emptied.filter((level) => level.side === side) : [];
    const prices = [...new Set([...own, ...empty].map(({ price }) => price))];
    prices.sort((a, b) => (side === "buy" ? b - a : a - b));
    return prices.slice(0, depth).map((price) => {
      const orders = own.filter((order) => order.price === price);
      return [price, orders.reduce((sum, { size }) => sum + size, 0), orders.length];
    });
  }
}
