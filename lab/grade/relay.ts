import type { BookView, Fill, Market, OrderFlag, OwnOrder, Strategy } from "../market/strategy.ts";
import { show } from "./show.ts";

/** What a learner's strategy is told at a book, as plain data. */
export interface News {
  first: boolean;
  book: BookView;
  /** Since the last news. */
  fills: Fill[];
  rejects: { orderId: number; reason: string }[];
  /** Its orders that are not gone. */
  orders: (OwnOrder & { id: number })[];
  inventory: number;
  cash: number;
}

interface Sent {
  op: "buy" | "sell" | "cancel" | "replace";
  id: number;
  price?: number | "market";
  size?: number;
  flag?: OrderFlag;
}

/** Simulated ns from a book to the orders that answer it. */
const ANSWER_NS = 1_000;

/** What the learner's code sent, and what is wrong with it. */
export class UnusableOrder extends Error {}

/**
 * A strategy that asks somebody who answers later: it takes down what it is told at a book, and a microsecond of simulated
 * time after it, when the answer is there, it sends what the answer says. The market waits between the two.
 */
export class Relay implements Strategy {
  /** What is to be answered before the next step; undefined where nothing is. */
  news: News | undefined;
  #answer: readonly Sent[] = [];
  #fills: Fill[] = [];
  #rejects: News["rejects"] = [];
  #isFirst = true;
  /** The learner's ids to the market's, and back. */
  readonly #ids = new Map<number, number>();
  readonly #learners = new Map<number, number>();

  onBook(book: BookView, market: Market): void {
    this.news = {
      first: this.#isFirst,
      book,
      fills: this.#fills,
      rejects: this.#rejects,
      orders: this.#orders(market),
      inventory: market.inventory,
      cash: market.cash,
    };
    this.#isFirst = false;
    this.#fills = [];
    this.#rejects = [];
    market.setTimer(ANSWER_NS);
  }

  onFill(fill: Fill): void {
    this.#fills.push({ ...fill, orderId: this.#learners.get(fill.orderId) ?? 0 });
  }

  onReject(orderId: number, reason: string): void {
    this.#rejects.push({ orderId: this.#learners.get(orderId) ?? 0, reason });
  }

  /** @param answer anything @throws UnusableOrder where it is no list of orders */
  answer(answer: unknown): void {
    if (!Array.isArray(answer))
      throw new UnusableOrder(`The strategy sent ${show(answer)}, which is no list of orders.`);
    this.#answer = answer.map(read);
    this.news = undefined;
  }

  onTimer(_timer: number, market: Market): void {
    for (const sent of this.#answer) this.#send(sent, market);
    this.#answer = [];
  }

  #send({ op, id, price = 0, size = 0, flag }: Sent, market: Market): void {
    const own = this.#ids.get(id) ?? 0;
    if (op === "cancel") market.cancel(own);
    else if (op === "replace") market.replace(own, price as number, size);
    else {
      const given = market[op](price, size, flag);
      this.#ids.set(id, given);
      this.#learners.set(given, id);
    }
  }

  #orders(market: Market): News["orders"] {
    const orders: News["orders"] = [];
    for (const [id, own] of this.#ids) {
      const order = market.order(own);
      if (order === undefined) this.#ids.delete(id);
      else orders.push({ id, ...order });
    }
    return orders;
  }
}

function read(value: unknown): Sent {
  const { op, id } = (typeof value === "object" && value !== null ? value : {}) as Partial<Sent>;
  const known = op === "buy" || op === "sell" || op === "cancel" || op === "replace";
  if (known && Number.isInteger(id)) return value as Sent;
  throw new UnusableOrder(
    `The strategy sent ${show(value)}, which is no order: use the market's buy, sell, cancel and replace.`,
  );
}
