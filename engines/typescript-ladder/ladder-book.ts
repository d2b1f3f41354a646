import { CANCEL_REASON, COMMAND_WORDS, OP, REJECT_REASON, SIDE, STP } from "../contract/binary.ts";
import { MAX_PRICE } from "../contract/commands.ts";
import type { EventLog } from "./event-log.ts";
import { HashIndex } from "./hash-index.ts";
import { PRICE_END, PriceBits } from "./price-bits.ts";
import { NONE, RECORD_WORDS, RecordSlab } from "./record-slab.ts";

/**
 * Words of an order's record. A level's queue is a ring through its orders and the level itself, which stands between the
 * last and the first: so a link never ends, and nothing has to ask whether it does.
 */
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
const ORDERS = 1;
const LAST = PREVIOUS;
const FIRST = NEXT;

const totalOf = (level: number) => (level >> 1) + 3;

/** 64 Ki records, 2 MiB. */
const LARGE_WORDS = 2 ** 16 * RECORD_WORDS;
/** Commands that are looked ahead at together. */
export const LOOK_AHEAD = 32;
/** Orders at each side's best that are looked at with them: about as many as they fill. */
const MAKERS_AHEAD = 5;

/** What is over where an order is filled or its own owner's orders ended it. */
const NOTHING = 0;

/**
 * The book and its matching. Takes valid values only: the engine checks them before. Orders and levels are references into
 * `#records`.
 */
export class LadderBook {
  readonly #log: EventLog;
  readonly #records = new RecordSlab();
  readonly #orderOfId = new HashIndex();
  readonly #levelOfPrice = new HashIndex();
  readonly #prices = new PriceBits();
  /** The orders of those commands. */
  readonly #found = new Int32Array(LOOK_AHEAD);
  /** 0 where there is no bid. */
  #bestBid = 0;
  /** `PRICE_END` where there is no ask. */
  #bestAsk = PRICE_END;

  constructor(log: EventLog) {
    this.#log = log;
  }

  /** Whether looking ahead pays: the records no longer fit the cache that is a core's own. */
  get isLarge(): boolean {
    return this.#records.size >= LARGE_WORDS;
  }

  /**
   * Reads what the commands from word `from` to `to` will need, at most `LOOK_AHEAD` of them, without an effect. A command alone waits for
   * memory three times in a row: for the id's entry, for the order, for its neighbours. Here each of those waits is for all commands at once.
   *
   * @returns a number that depends on all that was read, so that no reading is left out as useless
   */
  lookAhead(commands: Int32Array, from: number, to: number): number {
    const words = this.#records.words;
    const index = this.#orderOfId;
    let seen = 0;
    for (let at = from; at < to; at += COMMAND_WORDS) seen ^= index.glance(commands[at + 1]);
    seen ^= this.#glanceAtMakers();
    const found = this.#found;
    let count = 0;
    for (let at = from; at < to; at += COMMAND_WORDS) {
      if ((commands[at] & 0xff) === OP.add) continue;
      const order = index.get(commands[at + 1]);
      found[count++] = order;
      seen ^= words[order + PREVIOUS];
    }
    for (let place = 0; place < count; place++) {
      const order = found[place];
      seen ^= words[words[order + PREVIOUS] + NEXT] ^ words[words[order + NEXT] + PREVIOUS];
    }
    return seen;
  }

  /** Those that an aggressor would meet first. */
  #glanceAtMakers(): number {
    const words = this.#records.words;
    let bid = words[this.#levelOfPrice.get(this.#bestBid) + FIRST];
    let ask = words[this.#levelOfPrice.get(this.#bestAsk) + FIRST];
    let seen = 0;
    for (let step = 0; step < MAKERS_AHEAD; step++) {
      seen ^= this.#orderOfId.glance(words[bid + ID]) ^ this.#orderOfId.glance(words[ask + ID]);
      bid = words[bid + NEXT];
      ask = words[ask + NEXT];
    }
    return seen;
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
      if (stp === STP.none) left -= this.#records.numbers[totalOf(level)];
      else {
        let maker = this.#records.words[level + FIRST];
        for (; maker !== level && left > 0; maker = this.#records.words[maker + NEXT]) {
          if (this.#records.words[maker + OWNER] !== owner) left -= this.#records.words[maker + OPEN];
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
    this.#log.canceled(id, this.#records.words[order + OPEN], CANCEL_REASON.user);
    this.#unlink(order);
  }

  replace(id: number, price: number, size: number): void {
    const order = this.#orderOfId.get(id);
    if (order === NONE) {
      this.#log.rejected(OP.replace, id, REJECT_REASON["unknown-order"]);
      return;
    }
    const words = this.#records.words;
    const level = words[order + LEVEL];
    const open = words[order + OPEN];
    if (price === this.#records.words[level + PRICE] && size <= open) {
      words[order + OPEN] = size;
      this.#records.numbers[totalOf(level)] -= open - size;
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
    this.#log.level(side, price, this.#records.numbers[totalOf(level)], this.#records.words[level + ORDERS]);
  }

  /** @returns the lots that are left to rest or to cancel */
  #match(id: number, isBuy: boolean, limit: number, size: number, owner: number, stp: number): number {
    const prevents = stp !== STP.none && owner !== 0;
    let left = size;
    while (left > 0) {
      const price = isBuy ? this.#bestAsk : this.#bestBid;
      if (isBuy ? price > limit : price < limit) break;
      const level = this.#levelOfPrice.get(price);
      const maker = this.#records.words[level + FIRST];
      const words = this.#records.words;
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
        this.#records.numbers[totalOf(level)] -= left;
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
    const id = this.#records.words[maker + ID];
    this.#log.canceled(id, this.#records.words[maker + OPEN], CANCEL_REASON["self-trade"]);
    this.#orderOfId.take(id);
    this.#unlink(maker);
  }

  #rest(id: number, price: number, size: number, owner: number, traits: number): void {
    let level = this.#levelOfPrice.get(price);
    if (level === NONE) level = this.#openLevel(price, (traits & BUY_TRAIT) !== 0);
    const order = this.#records.take();
    const words = this.#records.words;
    const last = words[level + LAST];
    words[order + ID] = id;
    words[order + LEVEL] = level;
    words[order + OPEN] = size;
    words[order + PREVIOUS] = last;
    words[order + NEXT] = level;
    words[order + OWNER] = owner;
    words[order + TRAITS] = traits;
    words[last + NEXT] = order;
    words[level + LAST] = order;
    words[level + ORDERS]++;
    this.#records.numbers[totalOf(level)] += size;
    this.#orderOfId.add(id, order);
  }

  #unlink(order: number): void {
    const words = this.#records.words;
    const level = words[order + LEVEL];
    const previous = words[order + PREVIOUS];
    const next = words[order + NEXT];
    words[previous + NEXT] = next;
    words[next + PREVIOUS] = previous;
    this.#records.numbers[totalOf(level)] -= words[order + OPEN];
    this.#records.free(order);
    if (--words[level + ORDERS] === 0) this.#closeLevel(level);
  }

  #openLevel(price: number, isBuy: boolean): number {
    const level = this.#records.take();
    const words = this.#records.words;
    words[level + PRICE] = price;
    words[level + FIRST] = level;
    words[level + LAST] = level;
    words[level + ORDERS] = 0;
    this.#records.numbers[totalOf(level)] = 0;
    this.#levelOfPrice.add(price, level);
    this.#prices.add(price);
    if (isBuy) {
      if (price > this.#bestBid) this.#bestBid = price;
    } else if (price < this.#bestAsk) this.#bestAsk = price;
    return level;
  }

  #closeLevel(level: number): void {
    const price = this.#records.words[level + PRICE];
    this.#levelOfPrice.take(price);
    this.#prices.delete(price);
    this.#records.free(level);
    if (price === this.#bestBid) this.#bestBid = this.#prices.below(price);
    else if (price === this.#bestAsk) this.#bestAsk = this.#prices.above(price);
  }
}

/** The price at which a market order of that side meets every order. */
export function lastPrice(isBuy: boolean): number {
  return isBuy ? MAX_PRICE : 1;
}
