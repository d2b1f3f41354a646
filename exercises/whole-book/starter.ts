/** What the caller hands over: any field may be left out, and may hold anything. */
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

/** An event of the contract, its keys in the contract's order. */
export type Event = { event: string; [field: string]: unknown };

export interface Book {
  addOrder(order: NewOrder): Event[];
  cancelOrder(id: unknown): Event[];
  replaceOrder(id: unknown, price: unknown, size: unknown): Event[];
  getBook(depth?: unknown): Event;
}

const MAX_INTEGER = 2 ** 31 - 1;
const MAX_PRICE = 2 ** 24 - 1;
const STPS: unknown[] = ["none", "cancel-resting", "cancel-incoming", "cancel-both"];

/** Knows what is valid, takes every order, and forgets it. */
export function createBook(): Book {
  function addOrder(order: NewOrder): Event[] {
    const reason = faultOf(order);
    if (reason !== undefined) return [rejected("add", order.id, reason)];
    return [{ event: "accepted", id: order.id }];
  }

  function cancelOrder(id: unknown): Event[] {
    if (!isInteger(id, 1)) return [rejected("cancel", id, "invalid-id")];
    return [rejected("cancel", id, "unknown-order")];
  }

  function replaceOrder(id: unknown, price: unknown, size: unknown): Event[] {
    if (!isInteger(id, 1)) return [rejected("replace", id, "invalid-id")];
    if (!isInteger(size, 1)) return [rejected("replace", id, "invalid-size")];
    if (!isInteger(price, 1, MAX_PRICE)) return [rejected("replace", id, "invalid-price")];
    return [rejected("replace", id, "unknown-order")];
  }

  function getBook(depth: unknown = 10): Event {
    if (!isInteger(depth, 1)) return { event: "rejected", op: "book", reason: "invalid-depth" };
    return { event: "book", bids: [], asks: [] };
  }

  return { addOrder, cancelOrder, replaceOrder, getBook };
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

/** The id is left out where it is the id that is invalid. */
function rejected(op: string, id: unknown, reason: string): Event {
  return isInteger(id, 1) ? { event: "rejected", op, id, reason } : { event: "rejected", op, reason };
}

function isInteger(value: unknown, low: number, high = MAX_INTEGER): value is number {
  return Number.isInteger(value) && (value as number) >= low && (value as number) <= high;
}
