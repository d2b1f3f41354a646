import { type Command, MAX_PRICE, type Side } from "../../engines/contract/commands.ts";
import type { Random } from "../../engines/flow/random.ts";
import type { Account } from "./account.ts";
import { isStrategyId, MAX_STRATEGY_ORDERS, STRATEGY_OWNER, strategyId } from "./ids.ts";
import type { Market } from "./strategy.ts";

/** Orders and cancels that a strategy may send between two books. */
export const MAX_SENT_PER_STEP = 1000;
/** Lots of one of the strategy's orders; with it, cash stays an exact integer. */
export const MAX_STRATEGY_SIZE = 1_000_000;

/** Takes the strategy's orders while a callback runs, checks them, and keeps them until the callback is over. */
export class OrderDesk {
  /** What the strategy holds. Its methods need no `this`. */
  readonly market: Market;
  /** Whether a callback runs. */
  open = false;
  readonly #account: Account;
  #sent: Command[] = [];
  #sentInStep = 0;
  #orderCount = 0;

  constructor(account: Account, random: Random) {
    this.#account = account;
    this.market = Object.freeze({
      buy: (price: number, size: number) => this.#send("buy", price, size),
      sell: (price: number, size: number) => this.#send("sell", price, size),
      cancel: (orderId: number) => this.#cancel(orderId),
      random: () => (random.next() >>> 0) / 2 ** 32,
      get inventory() {
        return account.inventory;
      },
      get cash() {
        return account.cash;
      },
      get openOrders() {
        return account.openOrders;
      },
    });
  }

  /** A new step begins, with the whole allowance. */
  beginStep(): void {
    this.#sentInStep = 0;
  }

  /** What was sent since the last call, in its order. */
  collect(): Command[] {
    const sent = this.#sent;
    if (sent.length > 0) this.#sent = [];
    return sent;
  }

  #send(side: Side, price: number, size: number): number {
    this.#admit(side, price, size);
    if (!isWholeNumber(price, MAX_PRICE)) {
      const range = `a whole number of ticks from 1 to ${count(MAX_PRICE)}`;
      throw new RangeError(`${shown(side, price, size)}: the price must be ${range}.`);
    }
    if (!isWholeNumber(size, MAX_STRATEGY_SIZE)) {
      const range = `a whole number of lots from 1 to ${count(MAX_STRATEGY_SIZE)}`;
      throw new RangeError(`${shown(side, price, size)}: the size must be ${range}.`);
    }
    if (this.#orderCount === MAX_STRATEGY_ORDERS) {
      throw new RangeError(`${shown(side, price, size)}: no order ids are left in this run.`);
    }
    const id = strategyId(this.#orderCount++);
    this.#account.sent(id, side, size);
    this.#sent.push({ op: "add", id, side, type: "limit", price, size, owner: STRATEGY_OWNER });
    return id;
  }

  #cancel(orderId: number): void {
    this.#admit("cancel", orderId);
    if (!isWholeNumber(orderId, strategyId(this.#orderCount - 1)) || !isStrategyId(orderId)) {
      throw new RangeError(
        `${shown("cancel", orderId)}: no order of this strategy has that id. Give an id that buy or sell returned.`,
      );
    }
    this.#sent.push({ op: "cancel", id: orderId });
  }

  #admit(method: string, ...args: unknown[]): void {
    if (!this.open) {
      throw new Error(`${shown(method, ...args)}: orders can be sent only while onStart, onBook or onFill runs.`);
    }
    if (++this.#sentInStep > MAX_SENT_PER_STEP) {
      throw new RangeError(
        `${shown(method, ...args)}: more than ${count(MAX_SENT_PER_STEP)} orders and cancels between two books.`,
      );
    }
  }
}

function isWholeNumber(value: unknown, max: number): boolean {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= max;
}

/** A reader's call in a message: short, and never running a method of a value. */
function shown(method: string, ...args: unknown[]): string {
  const values = args.map((value) =>
    (typeof value === "object" && value !== null) || typeof value === "function" || typeof value === "symbol"
      ? typeof value
      : String(value).slice(0, 30),
  );
  return `${method}(${values.join(", ")})`;
}

function count(value: number): string {
  return value.toLocaleString("en");
}
