import type { Side } from "../../engines/contract/commands.ts";
import type { Fill } from "./strategy.ts";

interface OwnOrder {
  readonly side: Side;
  openSize: number;
  resting: boolean;
}

/** The strategy's cash, inventory and orders, kept from the events of its own orders alone. All numbers are exact integers. */
export class Account {
  /** Ticks × lots received for sales less those paid for purchases. */
  cash = 0;
  /** Lots bought less lots sold. */
  inventory = 0;
  /** Trades so far. */
  fills = 0;
  /** By id, in the order they were sent. */
  readonly #orders = new Map<number, OwnOrder>();
  #openOrders: readonly number[] | undefined;

  /** An order is on its way to the book. */
  sent(id: number, side: Side, size: number): void {
    this.#orders.set(id, { side, openSize: size, resting: false });
  }

  accepted(id: number): void {
    const order = this.#orders.get(id);
    if (order === undefined) return;
    order.resting = true;
    this.#openOrders = undefined;
  }

  /** @returns the fill, or undefined where no such order is known */
  executed(id: number, price: number, size: number, role: Fill["role"]): Fill | undefined {
    const order = this.#orders.get(id);
    if (order === undefined) return undefined;
    const signed = order.side === "buy" ? size : -size;
    this.inventory += signed;
    this.cash -= signed * price;
    this.fills++;
    order.openSize -= size;
    if (order.openSize === 0) this.gone(id);
    return { orderId: id, side: order.side, price, size, openSize: order.openSize, role };
  }

  /** An order left the book, or never reached it. */
  gone(id: number): void {
    this.#orders.delete(id);
    this.#openOrders = undefined;
  }

  /** Ids of the orders that rest in the book, oldest first. */
  get openOrders(): readonly number[] {
    if (this.#openOrders === undefined) {
      const ids: number[] = [];
      for (const [id, order] of this.#orders) if (order.resting) ids.push(id);
      this.#openOrders = Object.freeze(ids);
    }
    return this.#openOrders;
  }
}
