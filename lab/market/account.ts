import type { Side } from "../../engines/contract/commands.ts";
import type { Fill, OwnOrder } from "./strategy.ts";

interface KeptOrder {
  readonly side: Side;
  price: number;
  openSize: number;
  resting: boolean;
  /** Whether what is left of it stays in the book. */
  readonly rests: boolean;
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
  readonly #orders = new Map<number, KeptOrder>();
  #openOrders: readonly number[] | undefined;

  /** An order is on its way to the book. @param price ticks, 0 for a market order @param rests whether what is left of it stays */
  sent(id: number, side: Side, price: number, size: number, rests: boolean): void {
    this.#orders.set(id, { side, price, openSize: size, resting: false, rests });
  }

  accepted(id: number): void {
    const order = this.#orders.get(id);
    if (order === undefined || !order.rests) return;
    order.resting = true;
    this.#openOrders = undefined;
  }

  replaced(id: number, price: number, size: number): void {
    const order = this.#orders.get(id);
    if (order === undefined) return;
    order.price = price;
    order.openSize = size;
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
    if (this.#orders.delete(id)) this.#openOrders = undefined;
  }

  /** A copy, or undefined where it is gone. */
  order(id: number): OwnOrder | undefined {
    const order = this.#orders.get(id);
    if (order === undefined) return undefined;
    const { side, price, openSize, resting } = order;
    return { side, price, openSize, resting };
  }

  /** Of an order that is not gone. */
  sideOf(id: number): Side | undefined {
    return this.#orders.get(id)?.side;
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
