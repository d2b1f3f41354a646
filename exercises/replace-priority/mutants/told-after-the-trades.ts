// Caught by: trades where it crosses
// The trades come before the event that says why.

import type { NewOrder, Side } from "../../../engines/contract/commands.ts";
import type { BookEvent, BookLevel, EngineEvent, RejectReason } from "../../../engines/contract/events.ts";

export interface Book {
  addOrder(order: NewOrder): EngineEvent[];
  cancelOrder(id: number): EngineEvent[];
  replaceOrder(id: number, price: number, size: number): EngineEvent[];
  getBook(depth?: number): BookEvent;
}

interface Order {
  id: number;
  side: Side;
  price: number;
  /** Lots that are still open. */
  size: number;
  postOnly: boolean;
}

/** The orders of one price, the oldest first. */
interface Level {
  price: number;
  orders: Order[];
}

export function createBook(): Book {
  const live = new Map<number, Order>();
  /** Of each side, the best price first. */
  const levels: Record<Side, Level[]> = { buy: [], sell: [] };

  function addOrder({ id, side, type, price, size, postOnly = false }: NewOrder): EngineEvent[] {
    if (live.has(id)) return [rejected("add", id, "duplicate-id")];
    // A market order is one that reaches every price.
    const taker: Order = { id, side, price: price ?? (side === "buy" ? Infinity : 0), size, postOnly };
    if (postOnly && bestCrossed(taker) !== undefined) return [rejected("add", id, "would-cross")];
    const events: EngineEvent[] = [{ event: "accepted", id }, ...trade(taker)];
    if (taker.size === 0) return events;
    if (type === "market") events.push({ event: "canceled", id, size: taker.size, reason: "no-liquidity" });
    else rest(taker);
    return events;
  }

  function cancelOrder(id: number): EngineEvent[] {
    const order = live.get(id);
    if (order === undefined) return [rejected("cancel", id, "unknown-order")];
    leave(order);
    return [{ event: "canceled", id, size: order.size, reason: "user" }];
  }

  function replaceOrder(id: number, price: number, size: number): EngineEvent[] {
    const order = live.get(id);
    if (order === undefined) return [rejected("replace", id, "unknown-order")];
    const replaced: EngineEvent = { event: "replaced", id, price, size };
    if (price === order.price && size <= order.size) {
      // Nobody behind it is worse off, so it may stay where it stands.
      order.size = size;
      return [replaced];
    }
    const taker: Order = { ...order, price, size };
    // Asked before anything changes: an order that is refused stays as it was.
    if (taker.postOnly && bestCrossed(taker) !== undefined) return [rejected("replace", id, "would-cross")];
    leave(order);
    const events = [...trade(taker), replaced];
    if (taker.size > 0) rest(taker);
    return events;
  }

  /** Trades with the other side while prices cross; the taker keeps what is left. */
  function trade(taker: Order): EngineEvent[] {
    const events: EngineEvent[] = [];
    while (taker.size > 0) {
      const maker = bestCrossed(taker)?.orders[0];
      if (maker === undefined) break;
      const size = Math.min(taker.size, maker.size);
      events.push({ event: "executed", taker: taker.id, maker: maker.id, price: maker.price, size });
      taker.size -= size;
      maker.size -= size;
      if (maker.size === 0) leave(maker);
    }
    return events;
  }

  /** The other side's best level, where the order's price reaches it. */
  function bestCrossed({ side, price }: Order): Level | undefined {
    const best = levels[side === "buy" ? "sell" : "buy"].at(0);
    if (best === undefined) return undefined;
    return (side === "buy" ? price >= best.price : price <= best.price) ? best : undefined;
  }

  function rest(order: Order): void {
    const own = levels[order.side];
    const at = placeOf(own, order);
    if (own.at(at)?.price === order.price) own[at].orders.push(order);
    else own.splice(at, 0, { price: order.price, orders: [order] });
    live.set(order.id, order);
  }

  function leave(order: Order): void {
    const own = levels[order.side];
    const at = placeOf(own, order);
    const { orders } = own[at];
    orders.splice(orders.indexOf(order), 1);
    if (orders.length === 0) own.splice(at, 1);
    live.delete(order.id);
  }

  function getBook(depth = 10): BookEvent {
    return { event: "book", bids: shown(levels.buy, depth), asks: shown(levels.sell, depth) };
  }

  return { addOrder, cancelOrder, replaceOrder, getBook };
}

/** Index of the first level that isn't better than the order's price: its own, or where it would stand. */
function placeOf(levels: Level[], { side, price }: Order): number {
  const index = levels.findIndex((level) => (side === "buy" ? level.price <= price : level.price >= price));
  return index === -1 ? levels.length : index;
}

function shown(levels: Level[], depth: number): BookLevel[] {
  return levels
    .slice(0, depth)
    .map(({ price, orders }) => [price, orders.reduce((sum, { size }) => sum + size, 0), orders.length]);
}

function rejected(op: "add" | "cancel" | "replace", id: number, reason: RejectReason): EngineEvent {
  return { event: "rejected", op, id, reason };
}
