/**
 * A book at level core, ported from objects to slots and bits. It has three bugs. It holds the prices 1 to 1,023. Whoever calls it has checked the values of a command already, so
 * all that it can object to is an id that is in use, or one that isn't.
 */

import type { NewOrder, Side } from "../../engines/contract/commands.ts";
import type { BookEvent, BookLevel, EngineEvent } from "../../engines/contract/events.ts";

/** The slot of no order: it ends every queue. */
const NONE = 0;
const PRICES = 1024;
/** Above every price: there is no ask. */
const NO_ASK = PRICES;
/** Below every price: there is no bid. */
const NO_BID = 0;

export function createBook(): Book {
  return new Book();
}

class Book {
  // The slab: an order is a slot, and each of these holds one field of it.
  readonly #id = [NONE];
  readonly #price = [NONE];
  readonly #open = [NONE];
  readonly #previous = [NONE];
  readonly #next = [NONE];
  readonly #free: number[] = [];
  readonly #slotOfId = new Map<number, number>();

  // A queue for each price, and a bit for each that has any orders.
  readonly #head = new Int32Array(PRICES);
  readonly #tail = new Int32Array(PRICES);
  readonly #orders = new Int32Array(PRICES);
  readonly #lots = new Float64Array(PRICES);
  readonly #bits = new Int32Array(PRICES / 32);
  #bestBid = NO_BID;
  #bestAsk = NO_ASK;

  addOrder({ id, side, type, price, size }: NewOrder): EngineEvent[] {
    if (this.#slotOfId.has(id)) return [{ event: "rejected", op: "add", id, reason: "duplicate-id" }];
    const events: EngineEvent[] = [{ event: "accepted", id }];
    const limit = price ?? (side === "buy" ? PRICES - 1 : 1);
    const left = this.#match(id, side, limit, size, events);
    if (left === 0) return events;
    if (type === "market") events.push({ event: "canceled", id, size: left, reason: "no-liquidity" });
    else this.#rest(id, side, limit, left);
    return events;
  }

  cancelOrder(id: number): EngineEvent[] {
    const slot = this.#slotOfId.get(id);
    if (slot === undefined) return [{ event: "rejected", op: "cancel", id, reason: "unknown-order" }];
    const size = this.#open[slot];
    this.#slotOfId.delete(id);
    this.#leave(slot, this.#price[slot]);
    return [{ event: "canceled", id, size, reason: "user" }];
  }

  getBook(depth = 10): BookEvent {
    const bids: BookLevel[] = [];
    for (let price = this.#bestBid; price !== NO_BID && bids.length < depth; price = this.#below(price)) {
      bids.push([price, this.#lots[price], this.#orders[price]]);
    }
    const asks: BookLevel[] = [];
    for (let price = this.#bestAsk; price !== NO_ASK && asks.length < depth; price = this.#above(price)) {
      asks.push([price, this.#lots[price], this.#orders[price]]);
    }
    return { event: "book", bids, asks };
  }

  /** Trades with the other side, best price first, and gives what is left. */
  #match(taker: number, side: Side, limit: number, size: number, events: EngineEvent[]): number {
    let left = size;
    while (left > 0) {
      const price = side === "buy" ? this.#bestAsk : this.#bestBid;
      if (side === "buy" ? price > limit : price < limit || price === NO_BID) break;
      const maker = this.#head[price];
      const traded = Math.min(left, this.#open[maker]);
      events.push({ event: "executed", taker, maker: this.#id[maker], price, size: traded });
      left -= traded;
      this.#open[maker] -= traded;
      this.#lots[price] -= traded;
      if (this.#open[maker] === 0) this.#leave(maker, price);
    }
    return left;
  }

  /** Puts an order at the end of its price's queue. */
  #rest(id: number, side: Side, price: number, size: number): void {
    const slot = this.#free.pop() ?? this.#id.length;
    if (this.#orders[price] === 0) this.#openLevel(side, price);
    const last = this.#tail[price];
    this.#id[slot] = id;
    this.#price[slot] = price;
    this.#open[slot] = size;
    this.#previous[slot] = last;
    this.#next[slot] = NONE;
    if (last === NONE) this.#head[price] = slot;
    else this.#next[last] = slot;
    this.#tail[price] = slot;
    this.#orders[price] += 1;
    this.#lots[price] += size;
    this.#slotOfId.set(id, slot);
  }

  /** Takes an order out of its queue, wherever it stands, and frees its slot. */
  #leave(slot: number, price: number): void {
    const previous = this.#previous[slot];
    const next = this.#next[slot];
    if (previous === NONE) this.#head[price] = next;
    else this.#next[previous] = next;
    if (next !== NONE) this.#previous[next] = previous;
    this.#orders[price] -= 1;
    this.#lots[price] -= this.#open[slot];
    this.#free.push(slot);
    if (this.#orders[price] === 0) this.#closeLevel(price);
  }

  #openLevel(side: Side, price: number): void {
    this.#head[price] = NONE;
    this.#tail[price] = NONE;
    this.#lots[price] = 0;
    this.#bits[price >>> 5] |= 1 << (price & 31);
    if (side === "buy") this.#bestBid = Math.max(this.#bestBid, price);
    else this.#bestAsk = Math.min(this.#bestAsk, price);
  }

  #closeLevel(price: number): void {
    this.#bits[price >>> 5] &= ~(1 << (price & 31));
    if (price === this.#bestBid) this.#bestBid = this.#below(price);
    if (price === this.#bestAsk) this.#bestAsk = this.#above(price);
  }

  /** The lowest price above this one that has orders. */
  #above(price: number): number {
    let word = price >>> 5;
    let bits = this.#bits[word] & (-1 << ((price & 31) + 1));
    while (bits === 0) {
      word += 1;
      if (word === this.#bits.length) return NO_ASK;
      bits = this.#bits[word];
    }
    return word * 32 + 31 - Math.clz32(bits & -bits);
  }

  /** The highest price below this one that has orders. */
  #below(price: number): number {
    let word = price >>> 5;
    let bits = this.#bits[word] & ((1 << (price & 31)) - 1);
    while (bits === 0) {
      word -= 1;
      if (word < 0) return NO_BID;
      bits = this.#bits[word];
    }
    return word * 32 + 31 - Math.clz32(bits);
  }
}
