import type { Side } from "../contract/commands.ts";
import type { BookLevel } from "../contract/events.ts";
import { type Order, PriceLevel } from "./price-level.ts";

/** All bids, or all asks: the price levels that have orders, sorted, the best one last. */
export class BookSide {
  readonly #levels: PriceLevel[] = [];
  /** What makes a better price the greater number: 1 for bids, −1 for asks. */
  readonly #sign: 1 | -1;

  constructor(side: Side) {
    this.#sign = side === "buy" ? 1 : -1;
  }

  /** The level traded with first; undefined where the side is empty. */
  get best(): PriceLevel | undefined {
    return this.#levels[this.#levels.length - 1];
  }

  /** Whether an order of the other side with this price would trade with a level of that price. */
  isCrossedBy(price: number, level: PriceLevel): boolean {
    return this.#sign * level.price >= this.#sign * price;
  }

  /** The levels from the best one on. */
  *fromBest(): Generator<PriceLevel> {
    for (let i = this.#levels.length - 1; i >= 0; i--) yield this.#levels[i];
  }

  append(order: Order): void {
    const index = this.#indexOf(order.price);
    if (this.#levels[index]?.price !== order.price) this.#levels.splice(index, 0, new PriceLevel(order.price));
    this.#levels[index].append(order);
  }

  remove(order: Order): void {
    const index = this.#indexOf(order.price);
    const level = this.#levels[index];
    level.remove(order);
    if (level.orders === 0) this.#levels.splice(index, 1);
  }

  reduce(order: Order, size: number): void {
    this.#levels[this.#indexOf(order.price)].reduce(order, size);
  }

  /** The best `depth` levels at most, from the best one on. */
  snapshot(depth: number): BookLevel[] {
    const best = this.#levels.slice(-depth).reverse();
    return best.map((level) => [level.price, level.size, level.orders]);
  }

  /** Where the level of this price is, or would have to be inserted. */
  #indexOf(price: number): number {
    let low = 0;
    let high = this.#levels.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#sign * this.#levels[middle].price < this.#sign * price) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
