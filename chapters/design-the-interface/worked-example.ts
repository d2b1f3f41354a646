import type { ObjectDoor } from "../../engines/contract/engine.ts";
import type { EngineEvent } from "../../engines/contract/events.ts";

// #region worked-example
/** The seam, used: an offer, a buyer who takes a part of it, the rest withdrawn, and a look at the book. */
export function tradeAndLook(engine: ObjectDoor): EngineEvent[] {
  return [
    ...engine.addOrder({ id: 1, side: "sell", price: 30, size: 10 }),
    ...engine.addOrder({ id: 2, side: "buy", price: 30, size: 4 }),
    ...engine.cancelOrder(1),
    engine.getBook(),
  ];
}
// #endregion worked-example
