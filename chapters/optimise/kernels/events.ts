import { Random } from "../../../engines/flow/random.ts";
import type { MakePass } from "./kernel.ts";

/** Trades of a pass. */
const TRADES = 4096;

interface Executed {
  kind: "executed";
  taker: number;
  maker: number;
  price: number;
  size: number;
}

// #region allocate
/** An engine that answers each order with an object for each event: made, read, kept for a while, thrown away. */
function tradeByObjects(orders: Int32Array, events: Executed[][], depth: number): number {
  let notional = 0;
  for (let order = 0; order < orders.length; order++) {
    const price = orders[order];
    events[order % depth] = [
      { kind: "executed", taker: order, maker: order + 1, price, size: 2 },
      { kind: "executed", taker: order, maker: order + 2, price: price + 1, size: 1 },
    ];
    for (const event of events[order % depth]) notional = (notional + event.price * event.size) | 0;
  }
  return notional;
}
// #endregion allocate

// #region reuse
/** The same events as words, in a buffer that was made once and is written over. */
function tradeByRecords(orders: Int32Array, events: Int32Array, depth: number): number {
  let notional = 0;
  for (let order = 0; order < orders.length; order++) {
    const price = orders[order];
    const from = (order % depth) * 10;
    writeEvent(events, from, order, order + 1, price, 2);
    writeEvent(events, from + 5, order, order + 2, price + 1, 1);
    for (let at = from; at < from + 10; at += 5) notional = (notional + events[at + 3] * events[at + 4]) | 0;
  }
  return notional;
}

function writeEvent(events: Int32Array, at: number, taker: number, maker: number, price: number, size: number): void {
  events[at] = 2;
  events[at + 1] = taker;
  events[at + 2] = maker;
  events[at + 3] = price;
  events[at + 4] = size;
}
// #endregion reuse

/** An order's events as objects, or as words. The choice: of how many orders the events are kept. */
export const makeEvents: MakePass = (way, { choice, seed }) => {
  const random = new Random(seed);
  const orders = Int32Array.from({ length: TRADES }, () => 9_950 + random.below(100));
  if (way === "first") {
    const kept: Executed[][] = Array.from({ length: choice }, () => []);
    return () => tradeByObjects(orders, kept, choice);
  }
  const events = new Int32Array(choice * 10);
  return () => tradeByRecords(orders, events, choice);
};
