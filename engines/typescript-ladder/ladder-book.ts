import { CANCEL_REASON, COMMAND_WORDS, OP, REJECT_REASON, SIDE, STP } from "../contract/binary.ts";
import { MAX_PRICE } from "../contract/commands.ts";
import type { EventLog } from "./event-log.ts";
import { HashIndex } from "./hash-index.ts";
import { PRICE_END, PriceBits } from "./price-bits.ts";
import { NONE, RECORD_WORDS, RecordSlab } from "./record-slab.ts";
import { ACCOUNT_LAYOUT, RiskAccounts } from "./risk-accounts.ts";

/**
 * Words of an order's record. A level's queue is a ring through its orders and the level itself, which stands between the
 * last and the first: so a link never ends, and nothing has to ask whether it does.
 */
// #region order-record
const ID = 0;
const LEVEL = 1;
const OPEN = 2;
const PREVIOUS = 3;
const NEXT = 4;
const OWNER = 5;
/** Self-trade prevention in bits 0–3, post-only in bit 4, buy in bit 5, the owner's account in those above. */
const TRAITS = 6;
/** Counts the orders that come to rest, from `FIRST_AGE` to `LAST_AGE`; the record of no order has the next one's. */
const AGE = 7;
// #endregion order-record
const FIRST_AGE = -(2 ** 31);
const LAST_AGE = 2 ** 31 - 1;

const STP_MASK = 0xf;
export const POST_ONLY_TRAIT = 1 << 4;
export const BUY_TRAIT = 1 << 5;
/** Copies, because V8 folds a module's own constants and not those that it imports. */
const { ACCOUNT_SHIFT, ACCOUNT_BITS, BUY_SHIFT, OPEN_ORDERS, SHORT } = ACCOUNT_LAYOUT;
/** Set in the traits of an order whose owner has an account. */
const HELD = -1 << ACCOUNT_SHIFT;

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
  readonly accounts = new RiskAccounts();
  readonly #orderOfId = new HashIndex();
  readonly #levelOfPrice = new HashIndex();
  readonly #prices = new PriceBits();
  /** The orders of those commands. */
  readonly #found = new Int32Array(LOOK_AHEAD);
  /** 0 where there is no bid. */
  #bestBid = 0;
  /** `PRICE_END` where there is no ask. */
  #bestAsk = PRICE_END;

  /** @param firstAge of the first order that comes to rest, −2^31 … 2^31 − 1 */
  constructor(log: EventLog, firstAge = FIRST_AGE) {
    this.#log = log;
    this.#records.words[AGE] = firstAge;
  }

  /** Holds an owner to limits, each of them 0 where it is left out. */
  setLimits(
    owner: number,
    maxOrderSize: number,
    priceBand: number,
    maxOpenOrders: number,
    positionLimit: number,
  ): void {
    const account = this.#accountNamed(owner);
    // Only from here on does the position count.
    if (!this.accounts.isLimited(account)) this.#fillAccount(account, owner);
    this.accounts.limit(account, maxOrderSize, priceBand, maxOpenOrders, positionLimit);
    this.#log.limits(owner);
  }

  kill(owner: number): void {
    this.accounts.kill(this.#accountNamed(owner));
    this.#log.killed(owner);
    for (const order of this.#ordersByAge(owner)) this.#cancelRested(order, CANCEL_REASON.kill);
  }

  lift(owner: number): void {
    this.accounts.lift(this.#accountNamed(owner));
    this.#log.lifted(owner);
  }

  /** Counts ages anew where the next orders, so many at most, could use them up: about once in 2^32 orders. */
  spareAges(orders: number): void {
    const words = this.#records.words;
    if (words[AGE] <= LAST_AGE - orders) return;
    words[AGE] = FIRST_AGE;
    for (const order of this.#ordersByAge()) words[order + AGE] = words[AGE]++;
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

  /** What the book stands on, to be looked at and not to be changed. */
  get memory(): { records: RecordSlab; prices: PriceBits; levelOfPrice: HashIndex } {
    return { records: this.#records, prices: this.#prices, levelOfPrice: this.#levelOfPrice };
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
    if (this.crosses(isBuy, price)) left = this.#match(id, isBuy, price, size, owner, traits);
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
    const left = this.#match(id, (traits & BUY_TRAIT) !== 0, price, size, owner, traits);
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

  // #region cancel
  cancel(id: number): void {
    const order = this.#orderOfId.take(id);
    if (order === NONE) {
      this.#log.rejected(OP.cancel, id, REJECT_REASON["unknown-order"]);
      return;
    }
    const words = this.#records.words;
    const open = words[order + OPEN];
    const traits = words[order + TRAITS];
    this.#log.canceled(id, open, CANCEL_REASON.user);
    // As in `#rest`, written out: a call would take the room that V8 has for what else it inlines here.
    if ((traits & HELD) !== 0) {
      const accounts = this.accounts.numbers;
      const at = (traits >>> ACCOUNT_SHIFT) << ACCOUNT_BITS;
      accounts[at + OPEN_ORDERS]--;
      accounts[at + SHORT + ((traits >>> BUY_SHIFT) & 1)] -= open;
    }
    this.#unlink(order);
  }
  // #endregion cancel

  replace(id: number, price: number, size: number): void {
    const order = this.#orderOfId.get(id);
    if (order === NONE) {
      this.#log.rejected(OP.replace, id, REJECT_REASON["unknown-order"]);
      return;
    }
    const words = this.#records.words;
    const level = words[order + LEVEL];
    const open = words[order + OPEN];
    const traits = words[order + TRAITS];
    const isHeld = (traits & HELD) !== 0;
    if (price === this.#records.words[level + PRICE] && size <= open) {
      if (isHeld) this.accounts.reduced(traits, open - size);
      words[order + OPEN] = size;
      this.#records.numbers[totalOf(level)] -= open - size;
      this.#log.replaced(id, price, size);
      return;
    }
    const wrong = isHeld ? this.accounts.wrongReplace(traits, price, size, open) : 0;
    if (wrong !== 0) {
      this.#log.rejected(OP.replace, id, wrong);
      return;
    }
    const owner = words[order + OWNER];
    if ((traits & POST_ONLY_TRAIT) !== 0 && this.crosses((traits & BUY_TRAIT) !== 0, price)) {
      this.#log.rejected(OP.replace, id, REJECT_REASON["would-cross"]);
      return;
    }
    if (isHeld) this.accounts.left(traits, open);
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

  // #region match
  /** @returns the lots that are left to rest or to cancel */
  #match(id: number, isBuy: boolean, limit: number, size: number, owner: number, traits: number): number {
    const stp = traits & STP_MASK;
    const prevents = stp !== STP.none && owner !== 0;
    let left = size;
    while (left > 0) {
      const price = isBuy ? this.#bestAsk : this.#bestBid;
      if (isBuy ? price > limit : price < limit) break;
      const level = this.#levelOfPrice.get(price);
      const maker = this.#records.words[level + FIRST];
      const words = this.#records.words;
      if (prevents && words[maker + OWNER] === owner) {
        if (stp !== STP["cancel-incoming"]) this.#cancelRested(maker, CANCEL_REASON["self-trade"]);
        if (stp === STP["cancel-resting"]) continue;
        this.#log.canceled(id, left, CANCEL_REASON["self-trade"]);
        if ((traits & HELD) !== 0) this.accounts.traded(traits, size - left);
        return NOTHING;
      }
      const makerId = words[maker + ID];
      const open = words[maker + OPEN];
      const makerTraits = words[maker + TRAITS];
      this.accounts.lastTradePrice = price;
      if (open > left) {
        this.#log.executed(id, makerId, price, left);
        words[maker + OPEN] = open - left;
        this.#records.numbers[totalOf(level)] -= left;
        if ((makerTraits & HELD) !== 0) this.accounts.gave(makerTraits, left);
        left = NOTHING;
        break;
      }
      this.#log.executed(id, makerId, price, open);
      if ((makerTraits & HELD) !== 0) this.accounts.gaveAll(makerTraits, open);
      left -= open;
      this.#orderOfId.take(makerId);
      this.#unlink(maker);
    }
    if ((traits & HELD) !== 0) this.accounts.traded(traits, size - left);
    return left;
  }
  // #endregion match

  #cancelRested(order: number, reason: (typeof CANCEL_REASON)["self-trade" | "kill"]): void {
    const words = this.#records.words;
    const id = words[order + ID];
    this.#log.canceled(id, words[order + OPEN], reason);
    if ((words[order + TRAITS] & HELD) !== 0) this.accounts.left(words[order + TRAITS], words[order + OPEN]);
    this.#orderOfId.take(id);
    this.#unlink(order);
  }

  // #region queue
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
    words[order + AGE] = words[AGE]++;
    words[last + NEXT] = order;
    words[level + LAST] = order;
    words[level + ORDERS]++;
    this.#records.numbers[totalOf(level)] += size;
    this.#orderOfId.add(id, order);
    if ((traits & HELD) !== 0) {
      const accounts = this.accounts.numbers;
      const at = (traits >>> ACCOUNT_SHIFT) << ACCOUNT_BITS;
      accounts[at + OPEN_ORDERS]++;
      accounts[at + SHORT + ((traits >>> BUY_SHIFT) & 1)] += size;
    }
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
  // #endregion queue

  /** The account of an owner; one that was never named has it from now on. */
  #accountNamed(owner: number): number {
    const known = this.accounts.of(owner);
    if (known !== 0) return known;
    const account = this.accounts.open(owner);
    this.#fillAccount(account, owner);
    return account;
  }

  /** Has the owner's orders carry the account, and the account count what they have open; its position is 0. */
  #fillAccount(account: number, owner: number): void {
    const words = this.#records.words;
    this.accounts.clear(account);
    for (const order of this.#ordersByAge(owner)) {
      const traits = this.accounts.traitsWith(account, words[order + TRAITS]);
      words[order + TRAITS] = traits;
      this.accounts.rested(traits, words[order + OPEN]);
    }
  }

  /** Orders that rest, of one owner or of all, the one that has rested longest first. It walks over the whole book. */
  #ordersByAge(owner?: number): number[] {
    const words = this.#records.words;
    const orders: number[] = [];
    for (let price = this.#prices.above(0); price !== PRICE_END; price = this.#prices.above(price)) {
      const level = this.#levelOfPrice.get(price);
      for (let order = words[level + FIRST]; order !== level; order = words[order + NEXT]) {
        if (owner === undefined || words[order + OWNER] === owner) orders.push(order);
      }
    }
    return orders.sort((one, other) => words[one + AGE] - words[other + AGE]);
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
