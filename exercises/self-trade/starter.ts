import type { NewOrder, SelfTradePrevention, Side } from "../../engines/contract/commands.ts";
import type { BookEvent, BookLevel, EngineEvent } from "../../engines/contract/events.ts";

export interface Book {
  addOrder(order: NewOrder): EngineEvent[];
  cancelOrder(id: number): EngineEvent[];
  getBook(depth?: number): BookEvent;
}

interface Order {
  id: number;
  side: Side;
  price: number;
  /** Lots that are still open. */
  size: number;
  owner: number;
  stp: SelfTradePrevention;
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

  function addOrder({ id, side, type, price, size, owner = 0, stp = "none" }: NewOrder): EngineEvent[] {
    if (live.has(id)) return [{ event: "rejected", op: "add", id, reason: "duplicate-id" }];
    // A market order is one that reaches every price.
    const taker: Order = { id, side, price: price ?? (side === "buy" ? Infinity : 0), size, owner, stp };
    const events: EngineEvent[] = [{ event: "accepted", id }, ...trade(taker)];
    if (taker.size === 0) return events;
    if (type === "market") events.push({ event: "canceled", id, size: taker.size, reason: "no-liquidity" });
    else rest(taker);
    return events;
  }

  function cancelOrder(id: number): EngineEvent[] {
    const order = live.get(id);
    if (order === undefined) return [{ event: "rejected", op: "cancel", id, reason: "unknown-order" }];
    leave(order);
    return [{ event: "canceled", id, size: order.size, reason: "user" }];
  }

  /** Trades with the other side while prices cross; the taker keeps what is left. */
  function trade(taker: Order): EngineEvent[] {
    const events: EngineEvent[] = [];
    while (taker.size > 0) {
      const best = levels[otherSide(taker)].at(0);
      if (best === undefined || !reaches(taker, best.price)) break;
      const [maker] = best.orders;
      const size = Math.min(taker.size, maker.size);
      events.push({ event: "executed", taker: taker.id, maker: maker.id, price: maker.price, size });
      taker.size -= size;
      maker.size -= size;
      if (maker.size === 0) leave(maker);
    }
    return events;
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

  return { addOrder, cancelOrder, getBook };
}

function otherSide({ side }: Order): Side {
  return side === "buy" ? "sell" : "buy";
}

/** Whether the order would trade at that price of the other side. */
function reaches(order: Order, price: number): boolean {
  return order.side === "buy" ? order.price >= price : order.price <= price;
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
