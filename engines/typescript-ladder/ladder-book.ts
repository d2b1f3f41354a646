import { CANCEL_REASON, OP, REJECT_REASON, SIDE, STP } from "../contract/binary.ts";
import { MAX_PRICE } from "../contract/commands.ts";
import type { EventLog } from "./event-log.ts";
import { HashIndex } from "./hash-index.ts";
import { PRICE_END, PriceBits } from "./price-bits.ts";
import { NONE, RecordSlab } from "./record-slab.ts";

/** Words of an order's record. */
const ID = 0;
const LEVEL = 1;
const OPEN = 2;
const PREVIOUS = 3;
const NEXT = 4;
const OWNER = 5;
/** Self-trade prevention in bits 0–3, post-only in bit 4, buy in bit 5. */
const TRAITS = 6;

const STP_MASK = 0xf;
export const POST_ONLY_TRAIT = 1 << 4;
export const BUY_TRAIT = 1 << 5;

/** Words of a level's record; words 6 and 7 are the total of its open sizes. */
const PRICE = 0;
const FIRST = 1;
const LAST = 2;
const ORDERS = 3;

const totalOf = (level: number) => (level >> 1) + 3;

/** What is over where an order is filled or its own owner's orders ended it. */
const NOTHING = 0;

/**
 * The book and its matching. Takes valid values only: the engine checks them before. An order is a reference into
 * `#orders`, a level one into `#levels`; a level's queue is a list through its orders' records.
 */
export class LadderBook {
  readonly #log: EventLog;
  readonly #orders = new RecordSlab();
  readonly #levels = new RecordSlab();
  readonly #orderOfId = new HashIndex();
  readonly #levelOfPrice = new HashIndex();
  readonly #prices = new PriceBits();
  /** 0 where there is no bid. */
  #bestBid = 0;
  /** `PRICE_END` where there is no ask. */
  #bestAsk = PRICE_END;

  constructor(log: EventLog) {
    this.#log = log;
  }

  has(id: number): boolean {
    return this.#orderOfId.get(id) !== NONE;
  }

  /** Whether a limit order at that price would meet the other side's best. */
  crosses(isBuy: boolean, price: number): boolean {
    return isBuy ? price >= this.#bestAsk : price <= this.#bestBid;
  }

  /** Trades a limit order, and rests what is left of it. */
  addLimit(id: number, price: number, size: number, owner: number, traits: number): void {
    const isBuy = (traits & BUY_TRAIT) !== 0;
    let left = size;
    if (this.crosses(isBuy, price)) left = this.#match(id, isBuy, price, size, owner, traits & STP_MASK);
    if (left > 0) this.#rest(id, price, left, owner, traits);
  }

  /** Trades an order that never rests; what is left is canceled for `reason`. A market order's price is the last one. */
  addImmediate(
    id: number,
    price: number,
    size: number,
    owner: number,
    traits: number,
    reason: (typeof CANCEL_REASON)["ioc" | "no-liquidity"],
  ): void {
    const left = this.#match(id, (traits & BUY_TRAIT) !== 0, price, size, owner, traits & STP_MASK);
    if (left > 0) this.#log.canceled(id, left, reason);
  }

  /** Whether matching would fill the order whole, self-trade prevention included. */
  canFill(price: number, size: number, owner: number, traits: number): boolean {
    const isBuy = (traits & BUY_TRAIT) !== 0;
    const stp = owner === 0 ? STP.none : traits & STP_MASK;
    let left = size;
    let at = isBuy ? this.#bestAsk : this.#bestBid;
    while (isBuy ? at <= price : at >= price) {
      const level = this.#levelOfPrice.get(at);
      if (stp === STP.none) left -= this.#levels.numbers[totalOf(level)];
      else {
        let maker = this.#levels.words[level + FIRST];
        for (; maker !== NONE && left > 0; maker = this.#orders.words[maker + NEXT]) {
          if (this.#orders.words[maker + OWNER] !== owner) left -= this.#orders.words[maker + OPEN];
          else if (stp !== STP["cancel-resting"]) return false;
        }
      }
      if (left <= 0) return true;
      at = isBuy ? this.#prices.above(at) : this.#prices.below(at);
      // `below` says 0 where there is no bid, which no price is at or under.
    }
    return false;
  }

  cancel(id: number): void {
    const order = this.#orderOfId.take(id);
    if (order === NONE) {
      this.#log.rejected(OP.cancel, id, REJECT_REASON["unknown-order"]);
      return;
    }
    this.#log.canceled(id, this.#orders.words[order + OPEN], CANCEL_REASON.user);
    this.#unlink(order);
  }

  replace(id: number, price: number, size: number): void {
    const order = this.#orderOfId.get(id);
    if (order === NONE) {
      this.#log.rejected(OP.replace, id, REJECT_REASON["unknown-order"]);
      return;
    }
    const words = this.#orders.words;
    const level = words[order + LEVEL];
    const open = words[order + OPEN];
    if (price === this.#levels.words[level + PRICE] && size <= open) {
      words[order + OPEN] = size;
      this.#levels.numbers[totalOf(level)] -= open - size;
      this.#log.replaced(id, price, size);
      return;
    }
    const traits = words[order + TRAITS];
    const owner = words[order + OWNER];
    if ((traits & POST_ONLY_TRAIT) !== 0 && this.crosses((traits & BUY_TRAIT) !== 0, price)) {
      this.#log.rejected(OP.replace, id, REJECT_REASON["would-cross"]);
      return;
    }
    this.#orderOfId.take(id);
    this.#unlink(order);
    this.#log.replaced(id, price, size);
    this.addLimit(id, price, size, owner, traits);
  }

  /** @param depth levels a side at most */
  book(depth: number): void {
    const at = this.#log.openBook();
    let bids = 0;
    for (let price = this.#bestBid; price !== 0 && bids < depth; price = this.#prices.below(price), bids++) {
      this.#logLevel(SIDE.buy, price);
    }
    let asks = 0;
    for (let price = this.#bestAsk; price !== PRICE_END && asks < depth; price = this.#prices.above(price), asks++) {
      this.#logLevel(SIDE.sell, price);
    }
    this.#log.closeBook(at, bids, asks);
  }

  #logLevel(side: number, price: number): void {
    const level = this.#levelOfPrice.get(price);
    this.#log.level(side, price, this.#levels.numbers[totalOf(level)], this.#levels.words[level + ORDERS]);
  }

  /** @returns the lots that are left to rest or to cancel */
  #match(id: number, isBuy: boolean, limit: number, size: number, owner: number, stp: number): number {
    const prevents = stp !== STP.none && owner !== 0;
    let left = size;
    while (left > 0) {
      const price = isBuy ? this.#bestAsk : this.#bestBid;
      if (isBuy ? price > limit : price < limit) break;
      const level = this.#levelOfPrice.get(price);
      const maker = this.#levels.words[level + FIRST];
      const words = this.#orders.words;
      if (prevents && words[maker + OWNER] === owner) {
        if (stp !== STP["cancel-incoming"]) this.#cancelMaker(maker);
        if (stp === STP["cancel-resting"]) continue;
        this.#log.canceled(id, left, CANCEL_REASON["self-trade"]);
        return NOTHING;
      }
      const makerId = words[maker + ID];
      const open = words[maker + OPEN];
      if (open > left) {
        this.#log.executed(id, makerId, price, left);
        words[maker + OPEN] = open - left;
        this.#levels.numbers[totalOf(level)] -= left;
        return NOTHING;
      }
      this.#log.executed(id, makerId, price, open);
      left -= open;
      this.#orderOfId.take(makerId);
      this.#unlink(maker);
    }
    return left;
  }

  #cancelMaker(maker: number): void {
    const id = this.#orders.words[maker + ID];
    this.#log.canceled(id, this.#orders.words[maker + OPEN], CANCEL_REASON["self-trade"]);
    this.#orderOfId.take(id);
    this.#unlink(maker);
  }

  #rest(id: number, price: number, size: number, owner: number, traits: number): void {
    const order = this.#orders.take();
    const words = this.#orders.words;
    let level = this.#levelOfPrice.get(price);
    if (level === NONE) level = this.#openLevel(price, (traits & BUY_TRAIT) !== 0);
    const levels = this.#levels.words;
    const last = levels[level + LAST];
    words[order + ID] = id;
    words[order + LEVEL] = level;
    words[order + OPEN] = size;
    words[order + PREVIOUS] = last;
    words[order + NEXT] = NONE;
    words[order + OWNER] = owner;
    words[order + TRAITS] = traits;
    if (last === NONE) levels[level + FIRST] = order;
    else words[last + NEXT] = order;
    levels[level + LAST] = order;
    levels[level + ORDERS]++;
    this.#levels.numbers[totalOf(level)] += size;
    this.#orderOfId.add(id, order);
  }

  /** Takes an order out of its queue, and frees its record. It is out of the id's index already. */
  #unlink(order: number): void {
    const words = this.#orders.words;
    const levels = this.#levels.words;
    const level = words[order + LEVEL];
    const previous = words[order + PREVIOUS];
    const next = words[order + NEXT];
    if (previous === NONE) levels[level + FIRST] = next;
    else words[previous + NEXT] = next;
    if (next === NONE) levels[level + LAST] = previous;
    else words[next + PREVIOUS] = previous;
    this.#levels.numbers[totalOf(level)] -= words[order + OPEN];
    this.#orders.free(order);
    if (--levels[level + ORDERS] === 0) this.#closeLevel(level);
  }

  #openLevel(price: number, isBuy: boolean): number {
    const level = this.#levels.take();
    const words = this.#levels.words;
    words[level + PRICE] = price;
    words[level + FIRST] = NONE;
    words[level + LAST] = NONE;
    words[level + ORDERS] = 0;
    this.#levels.numbers[totalOf(level)] = 0;
    this.#levelOfPrice.add(price, level);
    this.#prices.add(price);
    if (isBuy) {
      if (price > this.#bestBid) this.#bestBid = price;
    } else if (price < this.#bestAsk) this.#bestAsk = price;
    return level;
  }

  #closeLevel(level: number): void {
    const price = this.#levels.words[level + PRICE];
    this.#levelOfPrice.take(price);
    this.#prices.delete(price);
    this.#levels.free(level);
    if (price === this.#bestBid) this.#bestBid = this.#prices.below(price);
    else if (price === this.#bestAsk) this.#bestAsk = this.#prices.above(price);
  }
}

/** The price at which a market order of that side meets every order. */
export function lastPrice(isBuy: boolean): number {
  return isBuy ? MAX_PRICE : 1;
}
