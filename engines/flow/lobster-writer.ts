import type { FeedMessage, FeedOrder } from "./recorded-market.ts";

const FIRST_NS = 34_200_000_000_000n;

/**
 * Writes a feed of one stock as a LOBSTER message file has it: for tests and fixtures. A replace is a deletion and a new
 * order, and what has no line there is left out.
 *
 * Source: lobsterdata.com, "Data structure".
 */
export class LobsterWriter {
  readonly #lines: string[] = [];

  get text(): string {
    return this.#lines.map((line) => `${line}\n`).join("");
  }

  get lines(): number {
    return this.#lines.length;
  }

  write(message: FeedMessage): void {
    switch (message.kind) {
      case "add":
        this.#order(1, message.order, message.order.open);
        break;
      case "execute":
        this.#order(4, message.order, message.size);
        break;
      case "reduce":
        this.#order(2, message.order, message.size);
        break;
      case "delete":
        this.#order(3, message.order, message.order.open);
        break;
      case "replace":
        this.#order(3, message.order, message.order.open);
        this.#order(1, message.by, message.by.open);
        break;
      case "hidden":
        this.#line(5, 0, message.size, message.price, direction(message.side));
        break;
      case "other":
        this.#other(message.choice);
        break;
    }
  }

  /** An opening cross, a halt, or its end. */
  #other(choice: number): void {
    if (choice % 3 === 0) this.#line(6, -1, 1200, 1_000_000, -1);
    else this.#line(7, 0, 0, choice % 3 === 1 ? -1 : 1, -1);
  }

  #order(type: number, order: FeedOrder, size: number): void {
    this.#line(type, order.reference, size, order.price, direction(order.side));
  }

  #line(type: number, id: bigint | number, size: number, price: number, side: number): void {
    const ns = FIRST_NS + BigInt(this.#lines.length) * 1000n;
    const time = `${ns / 1_000_000_000n}.${(ns % 1_000_000_000n).toString().padStart(9, "0")}`;
    this.#lines.push([time, type, id, size, price, side].join(","));
  }
}

function direction(side: FeedOrder["side"]): number {
  return side === "buy" ? 1 : -1;
}
