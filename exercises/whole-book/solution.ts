export interface NewOrder {
  id?: unknown;
  side?: unknown;
  type?: unknown;
  price?: unknown;
  size?: unknown;
  tif?: unknown;
  postOnly?: unknown;
  owner?: unknown;
  stp?: unknown;
}

export type Event = { event: string; [field: string]: unknown };

export interface Book {
  addOrder(order: NewOrder): Event[];
  cancelOrder(id: unknown): Event[];
  replaceOrder(id: unknown, price: unknown, size: unknown): Event[];
  getBook(depth?: unknown): Event;
}

type Side = "buy" | "sell";

interface Order {
  id: number;
  side: Side;
  price: number;
  /** Lots that are still open. */
  size: number;
  owner: number;
  stp: string;
  postOnly: boolean;
}

/** The orders of one price, the oldest first. */
interface Level {
  price: number;
  orders: Order[];
}

const MAX_INTEGER = 2 ** 31 - 1;
const MAX_PRICE = 2 ** 24 - 1;
const STPS: unknown[] = ["none", "cancel-resting", "cancel-incoming", "cancel-both"];

export function createBook(): Book {
  const live = new Map<number, Order>();
  /** Of each side, the best price first. */
  const levels: Record<Side, Level[]> = { buy: [], sell: [] };

  function addOrder(order: NewOrder): Event[] {
    const reason = faultOf(order);
    if (reason !== undefined) return [rejected("add", order.id, reason)];
    const taker = orderOf(order);
    const { id } = taker;
    if (live.has(id)) return [rejected("add", id, "duplicate-id")];
    if (taker.postOnly && bestCrossed(taker) !== undefined) return [rejected("add", id, "would-cross")];
    const accepted: Event = { event: "accepted", id };
    if (order.tif === "fok" && !canFillWhole(taker)) return [accepted, canceled(taker, "fok")];
    const events = [accepted, ...trade(taker)];
    if (taker.size === 0) return events;
    if (order.type === "market") events.push(canceled(taker, "no-liquidity"));
    else if (order.tif === "ioc") events.push(canceled(taker, "ioc"));
    else rest(taker);
    return events;
  }

  function cancelOrder(id: unknown): Event[] {
    if (!isInteger(id, 1)) return [rejected("cancel", id, "invalid-id")];
    const order = live.get(id);
    if (order === undefined) return [rejected("cancel", id, "unknown-order")];
    leave(order);
    return [canceled(order, "user")];
  }

  function replaceOrder(id: unknown, price: unknown, size: unknown): Event[] {
    if (!isInteger(id, 1)) return [rejected("replace", id, "invalid-id")];
    if (!isInteger(size, 1)) return [rejected("replace", id, "invalid-size")];
    if (!isInteger(price, 1, MAX_PRICE)) return [rejected("replace", id, "invalid-price")];
    const order = live.get(id);
    if (order === undefined) return [rejected("replace", id, "unknown-order")];
    const replaced: Event = { event: "replaced", id, price, size };
    if (price === order.price && size <= order.size) {
      // Nobody behind it is worse off, so it may stay where it stands.
      order.size = size;
      return [replaced];
    }
    const taker: Order = { ...order, price, size };
    if (taker.postOnly && bestCrossed(taker) !== undefined) return [rejected("replace", id, "would-cross")];
    leave(order);
    const events = [replaced, ...trade(taker)];
    if (taker.size > 0) rest(taker);
    return events;
  }

  function getBook(depth: unknown = 10): Event {
    if (!isInteger(depth, 1)) return { event: "rejected", op: "book", reason: "invalid-depth" };
    return { event: "book", bids: shown(levels.buy, depth), asks: shown(levels.sell, depth) };
  }

  /** Trades with the other side while prices cross. The taker keeps what is left; of one that was canceled that is nothing. */
  function trade(taker: Order): Event[] {
    const events: Event[] = [];
    while (taker.size > 0) {
      const maker = bestCrossed(taker)?.orders[0];
      if (maker === undefined) break;
      if (isSelfTrade(taker, maker)) {
        events.push(...preventSelfTrade(taker, maker));
        continue;
      }
      const size = Math.min(taker.size, maker.size);
      events.push({ event: "executed", taker: taker.id, maker: maker.id, price: maker.price, size });
      taker.size -= size;
      maker.size -= size;
      if (maker.size === 0) leave(maker);
    }
    return events;
  }

  function preventSelfTrade(taker: Order, maker: Order): Event[] {
    const events: Event[] = [];
    if (taker.stp !== "cancel-incoming") {
      leave(maker);
      events.push(canceled(maker, "self-trade"));
    }
    if (taker.stp !== "cancel-resting") {
      events.push(canceled(taker, "self-trade"));
      taker.size = 0;
    }
    return events;
  }

  /** Whether `trade` would fill all of the taker. It asks the same questions in the same order, and only reads. */
  function canFillWhole(taker: Order): boolean {
    let missing = taker.size;
    for (const { price, orders } of levels[otherSide(taker)]) {
      if (!reaches(taker, price)) return false;
      for (const maker of orders) {
        if (isSelfTrade(taker, maker)) {
          if (taker.stp === "cancel-resting") continue;
          return false;
        }
        missing -= maker.size;
        if (missing <= 0) return true;
      }
    }
    return false;
  }

  /** The other side's best level, where the order's price reaches it. */
  function bestCrossed(order: Order): Level | undefined {
    const best = levels[otherSide(order)].at(0);
    return best !== undefined && reaches(order, best.price) ? best : undefined;
  }

  function rest(order: Order): void {
    const own = levels[order.side];
    const at = placeOf(order, own);
    if (own.at(at)?.price === order.price) own[at].orders.push(order);
    else own.splice(at, 0, { price: order.price, orders: [order] });
    live.set(order.id, order);
  }

  function leave(order: Order): void {
    const own = levels[order.side];
    const at = placeOf(order, own);
    const { orders } = own[at];
    orders.splice(orders.indexOf(order), 1);
    if (orders.length === 0) own.splice(at, 1);
    live.delete(order.id);
  }

  return { addOrder, cancelOrder, replaceOrder, getBook };
}

function otherSide({ side }: Order): Side {
  return side === "buy" ? "sell" : "buy";
}

/** Whether the order would trade at that price of the other side. */
function reaches({ side, price }: Order, other: number): boolean {
  return side === "buy" ? price >= other : price <= other;
}

/** Whether the two must not trade. What counts is what the taker asked for; owner 0 is nobody. */
function isSelfTrade(taker: Order, maker: Order): boolean {
  return taker.stp !== "none" && taker.owner !== 0 && taker.owner === maker.owner;
}

/** Index of the first level that isn't better than the order's price: its own, or where it would stand. By halving. */
function placeOf({ side, price }: Order, levels: Level[]): number {
  let [low, high] = [0, levels.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const isBetter = side === "buy" ? levels[middle].price > price : levels[middle].price < price;
    if (isBetter) low = middle + 1;
    else high = middle;
  }
  return low;
}

function shown(levels: Level[], depth: number): [price: number, size: number, orders: number][] {
  return levels
    .slice(0, depth)
    .map(({ price, orders }) => [price, orders.reduce((sum, { size }) => sum + size, 0), orders.length]);
}

/** A valid order with its defaults. A market order is one that reaches every price. */
function orderOf({ id, side, type, price, size, postOnly = false, owner = 0, stp = "none" }: NewOrder): Order {
  const limit = type === "market" ? (side === "buy" ? MAX_PRICE : 1) : price;
  return { id, side, price: limit, size, owner, stp, postOnly } as Order;
}

/** What is wrong with the order by itself: the first of the contract's checks that fails. */
function faultOf({ id, side, type = "limit", price, size, tif, postOnly, owner, stp }: NewOrder): string | undefined {
  const isMarket = type === "market";
  const isImmediate = isMarket || tif === "ioc" || tif === "fok";
  if (!isInteger(id, 1)) return "invalid-id";
  if (side !== "buy" && side !== "sell") return "invalid-side";
  if (type !== "limit" && !isMarket) return "invalid-type";
  if (!isInteger(size, 1)) return "invalid-size";
  if (isMarket ? price !== undefined : !isInteger(price, 1, MAX_PRICE)) return "invalid-price";
  if (tif !== undefined && tif !== "ioc" && (isMarket || (tif !== "gtc" && tif !== "fok"))) return "invalid-tif";
  if (postOnly !== undefined && postOnly !== false && (postOnly !== true || isImmediate)) return "invalid-post-only";
  if (owner !== undefined && !isInteger(owner, 0)) return "invalid-owner";
  if (stp !== undefined && !STPS.includes(stp)) return "invalid-stp";
  return undefined;
}

function canceled({ id, size }: Order, reason: string): Event {
  return { event: "canceled", id, size, reason };
}

/** The id is left out where it is the id that is invalid. */
function rejected(op: string, id: unknown, reason: string): Event {
  return isInteger(id, 1) ? { event: "rejected", op, id, reason } : { event: "rejected", op, reason };
}

function isInteger(value: unknown, low: number, high = MAX_INTEGER): value is number {
  return Number.isInteger(value) && (value as number) >= low && (value as number) <= high;
}
