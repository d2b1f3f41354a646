import type { NewOrder, Side } from "../../engines/contract/commands.ts";
import type { EngineEvent } from "../../engines/contract/events.ts";

/** A resting order as its events tell of it. */
export interface OpenOrder {
  id: number;
  side: Side;
  /** Ticks. */
  price: number;
  /** Lots that are still open. */
  size: number;
  owner: number;
  postOnly: boolean;
}

/** Which orders a right book has open, kept from commands and their events: who draws a flow needs it to name some of them. */
export class OpenOrders {
  readonly #orders = new Map<number, OpenOrder>();
  readonly #gone: number[] = [];

  /** In the order in which they came. */
  get list(): OpenOrder[] {
    return [...this.#orders.values()];
  }

  /** Ids whose order left, each as often as it did; some may be in use again. */
  get gone(): readonly number[] {
    return this.#gone;
  }

  has(id: number): boolean {
    return this.#orders.has(id);
  }

  /** @param events what the reference answered to the command */
  follow(command: object, events: readonly EngineEvent[]): void {
    for (const event of events) {
      if (event.event === "accepted") this.#open(command as NewOrder);
      if (event.event === "canceled") this.#close(event.id);
      if (event.event === "executed") {
        this.#fill(event.taker, event.size);
        this.#fill(event.maker, event.size);
      }
      const order = event.event === "replaced" ? this.#orders.get(event.id) : undefined;
      if (event.event === "replaced" && order !== undefined) {
        this.#orders.set(event.id, { ...order, price: event.price, size: event.size });
      }
    }
  }

  #open({ id, side, price = 0, size, owner = 0, postOnly = false }: NewOrder): void {
    this.#orders.set(id, { id, side, price, size, owner, postOnly });
  }

  #fill(id: number, size: number): void {
    const order = this.#orders.get(id);
    if (order === undefined) return;
    if (order.size > size) this.#orders.set(id, { ...order, size: order.size - size });
    else this.#close(id);
  }

  #close(id: number): void {
    if (this.#orders.delete(id)) this.#gone.push(id);
  }
}
