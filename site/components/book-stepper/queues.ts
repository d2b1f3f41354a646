import type { Side } from "../../../engines/contract/commands.ts";
import type { EngineEvent } from "../../../engines/contract/events.ts";
import type { ShownCommand } from "./scenario.ts";

/** An order and what is open of it. */
export interface QueuedOrder {
  id: number;
  side: Side;
  /** Ticks; undefined for a market order, which never rests. */
  price: number | undefined;
  /** Lots. */
  size: number;
}

export interface QueueLevel {
  price: number;
  /** From the first in line to the last. */
  orders: QueuedOrder[];
}

/** Where an order stands in its queue. */
export interface QueuePlace {
  order: QueuedOrder;
  /** From 1. */
  position: number;
  /** Lots in front of it at the same price. */
  lotsAhead: number;
}

/** Every order of the book with its place, told from the engine's events alone: an engine's own view has only levels. */
export class Queues {
  readonly #resting = new Map<number, QueuedOrder>();
  #incoming: QueuedOrder | undefined;
  #command: ShownCommand | undefined;

  get incoming(): QueuedOrder | undefined {
    return this.#incoming && { ...this.#incoming };
  }

  begin(command: ShownCommand): void {
    this.#command = command;
  }

  apply(event: EngineEvent): void {
    if (event.event === "accepted") this.#accept();
    else if (event.event === "executed") {
      if (this.#incoming) this.#incoming.size -= event.size;
      const maker = this.#resting.get(event.maker) as QueuedOrder;
      maker.size -= event.size;
      if (maker.size === 0) this.#resting.delete(event.maker);
    } else if (event.event === "canceled") {
      if (this.#incoming?.id === event.id) this.#incoming = undefined;
      else this.#resting.delete(event.id);
    } else if (event.event === "replaced") this.#replace(event.id, event.price, event.size);
  }

  /** The command is over: what is left of its order rests. @returns that order */
  end(): QueuePlace | undefined {
    const order = this.#incoming;
    this.#incoming = undefined;
    if (order === undefined || order.size === 0) return undefined;
    this.#resting.set(order.id, order);
    return this.placeOf(order.id);
  }

  placeOf(id: number): QueuePlace | undefined {
    const order = this.#resting.get(id);
    if (order === undefined) return undefined;
    const queue = [...this.#resting.values()].filter(({ side, price }) => side === order.side && price === order.price);
    const index = queue.indexOf(order);
    const lotsAhead = queue.slice(0, index).reduce((sum, { size }) => sum + size, 0);
    return { order: { ...order }, position: index + 1, lotsAhead };
  }

  /** Best first. */
  levels(side: Side): QueueLevel[] {
    const byPrice = new Map<number, QueuedOrder[]>();
    for (const order of this.#resting.values()) {
      if (order.side !== side) continue;
      const price = order.price as number;
      byPrice.set(price, [...(byPrice.get(price) ?? []), { ...order }]);
    }
    const sign = side === "buy" ? -1 : 1;
    return [...byPrice].sort(([a], [b]) => sign * (a - b)).map(([price, orders]) => ({ price, orders }));
  }

  #accept(): void {
    if (this.#command?.op !== "add") return;
    const { id, side, price, size } = this.#command;
    this.#incoming = { id, side, price, size };
  }

  #replace(id: number, price: number, size: number): void {
    const order = this.#resting.get(id) as QueuedOrder;
    if (order.price === price && size <= order.size) {
      order.size = size;
      return;
    }
    this.#resting.delete(id);
    this.#incoming = { ...order, price, size };
  }
}
