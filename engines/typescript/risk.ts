import type { OwnerLimits, Side } from "../contract/commands.ts";
import type { RejectReason } from "../contract/events.ts";
import type { Order } from "./price-level.ts";

/** What is kept of one owner that a command has named. */
class Account {
  killed = false;
  limits: OwnerLimits | undefined;
  /** Lots bought less lots sold since the first limits; exact up to 2^53. */
  position = 0;
  /** Those in the book, in the order in which they came to rest. */
  readonly orders = new Set<Order>();
  /** Lots of all orders on each side. */
  readonly openSize: Record<Side, number> = { buy: 0, sell: 0 };

  rest(order: Order): void {
    this.orders.add(order);
    this.openSize[order.side] += order.openSize;
  }

  /** Lots towards `side`, if all that is open there were filled. */
  worstPosition(side: Side): number {
    return (side === "buy" ? this.position : -this.position) + this.openSize[side];
  }
}

/**
 * The accounts of the owners that a command has named, and the checks of what they send. The book tells it of everything
 * that happens to an order; whose order it is, and whether anybody keeps account of it, is seen to here.
 */
export class RiskDesk {
  readonly #accounts = new Map<number, Account>();

  /** @param book all orders that rest, in the order in which they came to */
  setLimits(limits: OwnerLimits, book: Iterable<Order>): void {
    const account = this.#named(limits.owner, book);
    // The position counts from the first limits on, whatever was done to the owner before.
    if (account.limits === undefined) account.position = 0;
    account.limits = { ...limits };
  }

  /** Blocks an owner. @returns the owner's orders, the one that has rested longest first */
  kill(owner: number, book: Iterable<Order>): Order[] {
    const account = this.#named(owner, book);
    account.killed = true;
    return [...account.orders];
  }

  lift(owner: number, book: Iterable<Order>): void {
    this.#named(owner, book).killed = false;
  }

  /** The first check that a new order fails. @param lastTradePrice undefined before any trade */
  checkAdd(
    order: Order,
    type: "market" | "limit",
    rests: boolean,
    lastTradePrice: number | undefined,
  ): RejectReason | undefined {
    const account = this.#accounts.get(order.owner);
    if (account === undefined) return undefined;
    if (account.killed) return "owner-killed";
    if (exceeds(order.openSize, account.limits?.maxOrderSize)) return "max-order-size";
    if (type === "limit" && isOutOfBand(order.price, lastTradePrice, account.limits)) return "price-band";
    if (rests && exceeds(account.orders.size + 1, account.limits?.maxOpenOrders)) return "max-open-orders";
    const position = account.worstPosition(order.side) + order.openSize;
    return exceeds(position, account.limits?.positionLimit) ? "position-limit" : undefined;
  }

  /** The first check that an order fails which gives up its place for a new price and size. */
  checkReplace(
    order: Order,
    price: number,
    size: number,
    lastTradePrice: number | undefined,
  ): RejectReason | undefined {
    const account = this.#accounts.get(order.owner);
    if (account === undefined) return undefined;
    if (exceeds(size, account.limits?.maxOrderSize)) return "max-order-size";
    if (isOutOfBand(price, lastTradePrice, account.limits)) return "price-band";
    const position = account.worstPosition(order.side) - order.openSize + size;
    return exceeds(position, account.limits?.positionLimit) ? "position-limit" : undefined;
  }

  rested(order: Order): void {
    this.#accounts.get(order.owner)?.rest(order);
  }

  /** An order is about to leave the book with what is open of it. */
  left(order: Order): void {
    const account = this.#accounts.get(order.owner);
    account?.orders.delete(order);
    this.reduced(order, order.openSize);
  }

  /** An order in the book has that many lots less. */
  reduced({ owner, side }: Order, size: number): void {
    const account = this.#accounts.get(owner);
    if (account !== undefined) account.openSize[side] -= size;
  }

  traded(taker: Order, maker: Order, size: number): void {
    for (const { owner, side } of [taker, maker]) {
      const account = this.#accounts.get(owner);
      if (account !== undefined) account.position += side === "buy" ? size : -size;
    }
    this.reduced(maker, size);
  }

  /** The owner's account; where the owner was never named, one of what is in the book. */
  #named(owner: number, book: Iterable<Order>): Account {
    const known = this.#accounts.get(owner);
    if (known !== undefined) return known;
    const account = new Account();
    for (const order of book) if (order.owner === owner) account.rest(order);
    this.#accounts.set(owner, account);
    return account;
  }
}

function exceeds(value: number, limit: number | undefined): boolean {
  return limit !== undefined && value > limit;
}

function isOutOfBand(price: number, lastTradePrice: number | undefined, limits: OwnerLimits | undefined): boolean {
  return lastTradePrice !== undefined && exceeds(Math.abs(price - lastTradePrice), limits?.priceBand);
}
