import { REJECT_REASON } from "../contract/binary.ts";
import { HashIndex } from "./hash-index.ts";

/** In an order's traits: the bits from here on are the number of its owner's account, 0 where the owner has none. */
const ACCOUNT_SHIFT = 6;
/** In an order's traits: whether it buys. */
const BUY_SHIFT = 5;

/** An account is 8 doubles, one cache line. Sizes and positions are lots. */
const ACCOUNT_BITS = 3;
const ACCOUNT_NUMBERS = 1 << ACCOUNT_BITS;
/** The largest order that is let in: `MAX_ORDER_SIZE`, and 0, which no order is as small as, while the owner is killed. */
const ADMITTED_SIZE = 0;
/** 0 before the owner's first limits. */
const MAX_ORDER_SIZE = 1;
const PRICE_BAND = 2;
const MAX_OPEN_ORDERS = 3;
const POSITION_LIMIT = 4;
const OPEN_ORDERS = 5;
/**
 * Open sells less position, and position plus open buys: what the position limit limits. Which of the two an order is part of
 * is a sum with its bit for buying: a branch on that would be guessed wrong half of the time, and cost more than all the rest.
 */
const SHORT = 6;
const LONG = 7;
const OTHER_SIDE = SHORT ^ LONG;

/** Where in `numbers` an order counts, for the book, which counts those that come to rest and those that are cancelled. */
export const ACCOUNT_LAYOUT = { ACCOUNT_SHIFT, ACCOUNT_BITS, BUY_SHIFT, OPEN_ORDERS, SHORT } as const;

/** The account of an owner that was never named. */
const NO_ACCOUNT = 0;
/** What a limit is that was left out. */
const NO_LIMIT = Number.POSITIVE_INFINITY;
/** Owners below this are found without the hash index. */
const DIRECT_OWNERS = 1024;

/** The traits of an order that is not let in: no order has them. */
export const REJECTED = -1;

/**
 * The accounts of the owners that a command has named, and the checks against them. An account is a number from 1, which an
 * order's traits carry: nothing has to be looked up where it trades or leaves. Only a new account allocates.
 */
export class RiskAccounts {
  /** Whether there is any account at all. */
  isOn = false;
  /** Of the last execution, ticks; 0 before any. */
  lastTradePrice = 0;
  /** Why `admit` did not let an order in. */
  reason: (typeof REJECT_REASON)[keyof typeof REJECT_REASON] = REJECT_REASON["owner-killed"];
  /** All accounts, one after the other. Replaced where a new one makes it grow. */
  numbers = new Float64Array(8 * ACCOUNT_NUMBERS);
  #count = 0;
  readonly #direct = new Int32Array(DIRECT_OWNERS);
  readonly #indirect = new HashIndex();

  /** @param owner 1 or more @returns the account's number, 0 where there is none */
  of(owner: number): number {
    return owner < DIRECT_OWNERS ? this.#direct[owner] : this.#indirect.get(owner);
  }

  /** Opens the account of an owner that has none: without limits, not killed, no open orders. */
  open(owner: number): number {
    const account = ++this.#count;
    if (placeOf(account) === this.numbers.length) this.#grow();
    if (owner < DIRECT_OWNERS) this.#direct[owner] = account;
    else this.#indirect.add(owner, account);
    const numbers = this.numbers;
    const at = placeOf(account);
    numbers.fill(NO_LIMIT, at, at + OPEN_ORDERS);
    numbers[at + MAX_ORDER_SIZE] = 0;
    this.isOn = true;
    return account;
  }

  /** Whether the owner was ever given limits. */
  isLimited(account: number): boolean {
    return this.numbers[placeOf(account) + MAX_ORDER_SIZE] !== 0;
  }

  /** Gives the owner limits, each of them 0 where it is left out. Who is killed stays killed. */
  limit(account: number, maxOrderSize: number, priceBand: number, maxOpenOrders: number, positionLimit: number): void {
    const numbers = this.numbers;
    const at = placeOf(account);
    numbers[at + MAX_ORDER_SIZE] = maxOrderSize || NO_LIMIT;
    numbers[at + PRICE_BAND] = priceBand || NO_LIMIT;
    numbers[at + MAX_OPEN_ORDERS] = maxOpenOrders || NO_LIMIT;
    numbers[at + POSITION_LIMIT] = positionLimit || NO_LIMIT;
    if (numbers[at + ADMITTED_SIZE] !== 0) this.lift(account);
  }

  /** No order is as small as what is let in from now on. */
  kill(account: number): void {
    this.numbers[placeOf(account) + ADMITTED_SIZE] = 0;
  }

  lift(account: number): void {
    const numbers = this.numbers;
    const at = placeOf(account);
    numbers[at + ADMITTED_SIZE] = numbers[at + MAX_ORDER_SIZE] || NO_LIMIT;
  }

  /** Starts over with position 0 and no open orders. */
  clear(account: number): void {
    const at = placeOf(account);
    this.numbers.fill(0, at + OPEN_ORDERS, at + LONG + 1);
  }

  /** The traits of an order of that account. */
  traitsWith(account: number, traits: number): number {
    return (traits & ~(-1 << ACCOUNT_SHIFT)) | (account << ACCOUNT_SHIFT);
  }

  /**
   * Checks a valid order, and gives its traits the account that it is part of.
   *
   * @param price 0 of a market order, which no band holds
   * @param mayRest whether it could come to rest
   * @returns `REJECTED` where it is not let in, for `reason`
   */
  admit(traits: number, owner: number, price: number, size: number, mayRest: boolean): number {
    const account = this.of(owner);
    if (account === NO_ACCOUNT) return traits;
    const numbers = this.numbers;
    const at = placeOf(account);
    if (size > numbers[at + ADMITTED_SIZE]) return this.#reject(account, "max-order-size");
    if (price !== 0 && this.#distance(price) > numbers[at + PRICE_BAND]) return this.#reject(account, "price-band");
    if (mayRest && numbers[at + OPEN_ORDERS] >= numbers[at + MAX_OPEN_ORDERS]) {
      return this.#reject(account, "max-open-orders");
    }
    if (numbers[at + sideOf(traits)] + size > numbers[at + POSITION_LIMIT]) {
      return this.#reject(account, "position-limit");
    }
    return traits | (account << ACCOUNT_SHIFT);
  }

  /** Why an order may not give up its place for a new price and size; 0 where it may. @param open lots that it has */
  wrongReplace(traits: number, price: number, size: number, open: number) {
    const numbers = this.numbers;
    const at = placeOf(traits >>> ACCOUNT_SHIFT);
    if (size > numbers[at + ADMITTED_SIZE]) return REJECT_REASON["max-order-size"];
    if (this.#distance(price) > numbers[at + PRICE_BAND]) return REJECT_REASON["price-band"];
    const position = numbers[at + sideOf(traits)] - open + size;
    return position > numbers[at + POSITION_LIMIT] ? REJECT_REASON["position-limit"] : 0;
  }

  /** An order rests. */
  rested(traits: number, size: number): void {
    const at = placeOf(traits >>> ACCOUNT_SHIFT);
    this.numbers[at + OPEN_ORDERS]++;
    this.numbers[at + sideOf(traits)] += size;
  }

  /** An order leaves with that many lots open. */
  left(traits: number, size: number): void {
    const at = placeOf(traits >>> ACCOUNT_SHIFT);
    this.numbers[at + OPEN_ORDERS]--;
    this.numbers[at + sideOf(traits)] -= size;
  }

  /** An order in the book traded so many lots: what its position has more, it has open less, so only the other side's sum moves. */
  gave(traits: number, size: number): void {
    this.numbers[(placeOf(traits >>> ACCOUNT_SHIFT) + sideOf(traits)) ^ OTHER_SIDE] -= size;
  }

  /** The same, and the order leaves. */
  gaveAll(traits: number, size: number): void {
    this.gave(traits, size);
    this.numbers[placeOf(traits >>> ACCOUNT_SHIFT) + OPEN_ORDERS]--;
  }

  /** An order in the book has that many lots less. */
  reduced(traits: number, size: number): void {
    this.numbers[placeOf(traits >>> ACCOUNT_SHIFT) + sideOf(traits)] -= size;
  }

  /** An order has traded so many lots: its owner's position moves. */
  traded(traits: number, size: number): void {
    const numbers = this.numbers;
    const own = placeOf(traits >>> ACCOUNT_SHIFT) + sideOf(traits);
    numbers[own] += size;
    numbers[own ^ OTHER_SIDE] -= size;
  }

  #grow(): void {
    const larger = new Float64Array(this.numbers.length * 2);
    larger.set(this.numbers);
    this.numbers = larger;
  }

  #reject(account: number, reason: "max-order-size" | "price-band" | "max-open-orders" | "position-limit"): number {
    const killed = this.numbers[placeOf(account) + ADMITTED_SIZE] === 0;
    this.reason = REJECT_REASON[killed ? "owner-killed" : reason];
    return REJECTED;
  }

  /** Ticks between a price and the last trade's; 0 where there was none. */
  #distance(price: number): number {
    return this.lastTradePrice === 0 ? 0 : Math.abs(price - this.lastTradePrice);
  }
}

/** Where the numbers of an account begin. */
function placeOf(account: number): number {
  return account << ACCOUNT_BITS;
}

/** Which of them the open lots of an order are part of. */
function sideOf(traits: number): number {
  return SHORT + ((traits >>> BUY_SHIFT) & 1);
}
