import type { EngineEvent } from "../../engines/contract/events.ts";

// #region own-orders
/** What of our orders is open, in lots, by id: told by events alone, whatever we hoped when we sent. */
export class OwnOrders {
  readonly #sent = new Map<number, number>();
  readonly open = new Map<number, number>();

  /** We sent an order. It is not open yet. */
  sent(id: number, size: number): void {
    this.#sent.set(id, size);
  }

  apply(event: EngineEvent): void {
    if (event.event === "accepted") this.open.set(event.id, this.#sent.get(event.id) ?? 0);
    else if (event.event === "canceled") this.open.delete(event.id);
    else if (event.event === "executed") for (const id of [event.taker, event.maker]) this.#fill(id, event.size);
  }

  #fill(id: number, size: number): void {
    const left = (this.open.get(id) ?? 0) - size;
    if (left > 0) this.open.set(id, left);
    else this.open.delete(id);
  }
}
// #endregion own-orders
