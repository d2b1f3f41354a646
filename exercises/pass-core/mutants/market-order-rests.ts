// Caught by: orders trade in price-time order, orders are canceled and ids used again, long sweeps and ends of the ladder, agrees on random flow
// What is left of a market order waits for the next seller.
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
    const reason = faultOf(order) ?? (live.has(order.id as number) ? "duplicate-id" : beyondCore(order));
    if (reason !== undefined) return [rejected("add", order.id, reason)];
    const isMarket = order.type === "market";
    const side = order.side as Side;
    // A market order is one that reaches every price.
    const price = isMarket ? (side === "buy" ? MAX_PRICE : 1) : (order.price as number);
    const taker: Order = { id: order.id as number, side, price, size: order.size as number };
    const events: Event[] = [{ event: "accepted", id: taker.id }, ...trade(taker)];
    if (taker.size === 0) return events;
    rest(taker);
    return events;
  }

  function trade(taker: Order): Event[] {
    const events: Event[] = [];
    const others = levels[taker.side === "buy" ? "sell" : "buy"];
    while (taker.size > 0 && others.length > 0 && !isBetter(others[0].price, taker.price, taker.side)) {
      const [{ orders, price }] = others;
      const [maker] = orders;
      const size = Math.min(taker.size, maker.size);
      events.push({ event: "executed", taker: taker.id, maker: maker.id, price, size });
      taker.size -= size;
      maker.size -= size;
      if (maker.size === 0) leave(maker);
    }
    return events;
  }

  function rest(order: Order): void {
    const own = levels[order.side];
    const at = placeOf(order.price, own, order.side);
    if (own[at]?.price !== order.price) own.splice(at, 0, { price: order.price, orders: [] });
    own[at].orders.push(order);
    live.set(order.id, order);
  }

  function leave(order: Order): void {
    const own = levels[order.side];
    const at = placeOf(order.price, own, order.side);
    const { orders } = own[at];
    orders.splice(orders.indexOf(order), 1);
    if (orders.length === 0) own.splice(at, 1);
    live.delete(order.id);
  }

  function cancelOrder(id: unknown): Event[] {
    if (!isInteger(id, 1)) return [rejected("cancel", id, "invalid-id")];
    const order = live.get(id);
    if (order === undefined) return [rejected("cancel", id, "unknown-order")];
    leave(order);
    return [{ event: "canceled", id, size: order.size, reason: "user" }];
  }

  function replaceOrder(id: unknown, price: unknown, size: unknown): Event[] {
    const reason = replaceFault(id, price, size) ?? (live.has(id as number) ? "unsupported" : "unknown-order");
    return [rejected("replace", id, reason)];
  }

  function getBook(depth: unknown = 10): Event {
    if (!isInteger(depth, 1)) return { event: "rejected", op: "book", reason: "invalid-depth" };
    return { event: "book", bids: shown(levels.buy, depth), asks: shown(levels.sell, depth) };
  }

  return { addOrder, cancelOrder, replaceOrder, getBook };
}

/** Whether a price comes before another on a side: bids from the highest, asks from the lowest. */
function isBetter(price: number, other: number, side: Side): boolean {
  return side === "buy" ? price > other : price < other;
}

/** Index of the first level whose price isn't better: the price's own level, or where it would stand. By halving. */
function placeOf(price: number, levels: Level[], side: Side): number {
  let [low, high] = [0, levels.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBetter(levels[middle].price, price, side)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function shown(levels: Level[], depth: number): [price: number, size: number, orders: number][] {
  return levels
    .slice(0, depth)
    .map(({ price, orders }) => [price, orders.reduce((sum, { size }) => sum + size, 0), orders.length]);
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

/** Of a valid order. */
function beyondCore({ type, tif, postOnly, stp = "none" }: NewOrder): string | undefined {
  const isImmediateLimit = type !== "market" && (tif === "ioc" || tif === "fok");
  return isImmediateLimit || postOnly === true || stp !== "none" ? "unsupported" : undefined;
}

function replaceFault(id: unknown, price: unknown, size: unknown): string | undefined {
  if (!isInteger(id, 1)) return "invalid-id";
  if (!isInteger(size, 1)) return "invalid-size";
  return isInteger(price, 1, MAX_PRICE) ? undefined : "invalid-price";
}

/** The id is left out where it is the id that is invalid. */
function rejected(op: string, id: unknown, reason: string): Event {
  return isInteger(id, 1) ? { event: "rejected", op, id, reason } : { event: "rejected", op, reason };
}

function isInteger(value: unknown, low: number, high = MAX_INTEGER): value is number {
  return Number.isInteger(value) && (value as number) >= low && (value as number) <= high;
}
