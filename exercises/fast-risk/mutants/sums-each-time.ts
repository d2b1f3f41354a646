// Caught by: no slower with more orders
// Right, and it adds up all orders of the owner for each new one: the more rest, the longer everybody waits.

type Side = "buy" | "sell";
export type Reason = "owner-killed" | "max-order-size" | "price-band" | "max-open-orders" | "position-limit";

export interface Limits {
  owner: number;
  maxOrderSize?: number;
  maxOpenOrders?: number;
  positionLimit?: number;
  priceBand?: number;
}

export type Command =
  | { op: "add"; id: number; side: Side; type: "limit"; price: number; size: number; tif: "gtc" | "ioc"; owner: number }
  | { op: "add"; id: number; side: Side; type: "market"; size: number; owner: number }
  | { op: "replace"; id: number; price: number; size: number }
  | { op: "cancel"; id: number }
  | { op: "kill"; owner: number };

export type Event =
  | { event: "accepted"; id: number }
  | { event: "executed"; taker: number; maker: number; price: number; size: number }
  | { event: "canceled"; id: number; size: number; reason: string }
  | { event: "replaced"; id: number; price: number; size: number }
  | { event: "rejected"; op: string; id: number; reason: string };

interface Order {
  id: number;
  account: Account;
  side: Side;
  price: number;
  /** Lots that are still open. */
  open: number;
}

/** What a check looks at, of an add and of a replace alike. */
interface Asked {
  side: Side;
  /** Undefined for a market order. */
  price: number | undefined;
  size: number;
  rests: boolean;
}

/** Sums that are kept as things happen, so that no check adds anything up. */
class Account {
  killed = false;
  limits: Limits | undefined;
  position = 0;
  /** Those in the book: a map keeps the order in which they came to rest. */
  readonly orders = new Map<number, Order>();

  rest(order: Order): void {
    this.orders.set(order.id, order);
  }

  leave(order: Order): void {
    this.orders.delete(order.id);
  }

  reduce(order: Order, lots: number): void {
    order.open -= lots;
    if (order.open === 0) this.orders.delete(order.id);
  }

  /** Lots towards `side`, if all that is open there were filled. */
  worst(side: Side): number {
    let open = 0;
    for (const order of this.orders.values()) if (order.side === side) open += order.open;
    return (side === "buy" ? this.position : -this.position) + open;
  }
}

export function createGate(): Gate {
  return new Gate();
}

class Gate {
  /** Of everybody, also of those who have no limits yet: their orders may rest when they get some. */
  readonly #accounts = new Map<number, Account>();
  readonly #orders = new Map<number, Order>();
  #lastPrice: number | undefined;

  setLimits(limits: Limits): void {
    const account = this.#account(limits.owner);
    if (account.limits === undefined) account.position = 0;
    account.limits = limits;
  }

  killOwner(owner: number): number[] {
    const account = this.#account(owner);
    account.killed = true;
    return [...account.orders.keys()];
  }

  liftOwner(owner: number): void {
    this.#account(owner).killed = false;
  }

  check(command: Command): Reason | null {
    if (command.op === "add") {
      const price = command.type === "limit" ? command.price : undefined;
      const rests = command.type === "limit" && command.tif === "gtc";
      return this.#firstReason(this.#account(command.owner), { ...command, price, rests }, 0);
    }
    const order = command.op === "replace" ? this.#orders.get(command.id) : undefined;
    if (command.op !== "replace" || order === undefined || keepsPlace(order, command)) return null;
    return this.#firstReason(order.account, { ...command, side: order.side, rests: false }, order.open);
  }

  heard(command: Command, events: Event[]): void {
    let taker: Order | undefined;
    for (const event of events) {
      if (event.event === "accepted" && command.op === "add") {
        const { id, owner, side, size } = command;
        taker = {
          id,
          account: this.#account(owner),
          side,
          price: command.type === "limit" ? command.price : 0,
          open: size,
        };
      } else if (event.event === "replaced") {
        taker = this.#replaced(event);
      } else if (event.event === "executed") {
        this.#executed(taker, event);
      } else if (event.event === "canceled") {
        if (event.id === taker?.id) taker = undefined;
        else this.#leave(event.id);
      }
    }
    if (taker === undefined || taker.open === 0) return;
    this.#orders.set(taker.id, taker);
    taker.account.rest(taker);
  }

  #account(owner: number): Account {
    const known = this.#accounts.get(owner) ?? new Account();
    this.#accounts.set(owner, known);
    return known;
  }

  /** @param price undefined for a market order @param before lots that the order has open already */
  #firstReason(account: Account, { side, price, size, rests }: Asked, before: number): Reason | null {
    const { limits } = account;
    if (account.killed) return "owner-killed";
    if (exceeds(size, limits?.maxOrderSize)) return "max-order-size";
    if (price !== undefined && exceeds(this.#distance(price), limits?.priceBand)) return "price-band";
    if (rests && exceeds(account.orders.size + 1, limits?.maxOpenOrders)) return "max-open-orders";
    if (exceeds(account.worst(side) - before + size, limits?.positionLimit)) return "position-limit";
    return null;
  }

  /** Ticks from the last trade; none before there was one. */
  #distance(price: number): number {
    return this.#lastPrice === undefined ? 0 : Math.abs(price - this.#lastPrice);
  }

  /** @returns the order where it gave up its place, and comes in again */
  #replaced({ id, price, size }: { id: number; price: number; size: number }): Order | undefined {
    const order = this.#orders.get(id);
    if (order === undefined) return undefined;
    if (keepsPlace(order, { price, size })) {
      order.account.reduce(order, order.open - size);
      return undefined;
    }
    this.#leave(id);
    return { ...order, price, open: size };
  }

  #executed(taker: Order | undefined, { maker, price, size }: { maker: number; price: number; size: number }): void {
    this.#lastPrice = price;
    const waiting = this.#orders.get(maker);
    if (taker === undefined || waiting === undefined) return;
    const bought = taker.side === "buy" ? size : -size;
    taker.open -= size;
    taker.account.position += bought;
    waiting.account.position -= bought;
    waiting.account.reduce(waiting, size);
    if (waiting.open === 0) this.#orders.delete(maker);
  }

  #leave(id: number): void {
    const order = this.#orders.get(id);
    order?.account.leave(order);
    this.#orders.delete(id);
  }
}

function keepsPlace(order: Order, { price, size }: { price: number; size: number }): boolean {
  return price === order.price && size <= order.open;
}

function exceeds(value: number, limit: number | undefined): boolean {
  return limit !== undefined && value > limit;
}
