import type { Side } from "../contract/commands.ts";
import type { BookLevel } from "../contract/events.ts";
import { type Order, PriceLevel } from "./price-level.ts";

/** All bids, or all asks: the price levels that have orders, sorted, the best one last. */
export class BookSide {
  readonly #levels: PriceLevel[] = [];
  readonly #byPrice = new Map<number, PriceLevel>();
  /** What makes a better price the greater number: 1 for bids, −1 for asks. */
  readonly #sign: 1 | -1;

  constructor(side: Side) {
    this.#sign = side === "buy" ? 1 : -1;
  }

  /** The level that an order of the other side with this price trades with first; undefined where it trades with none. */
  bestCrossedBy(price: number): PriceLevel | undefined {
    const best = this.#levels.at(-1);
    return best !== undefined && this.#isCrossed(best, price) ? best : undefined;
  }

  /** All levels that an order of the other side with this price could trade with, in that order. */
  *levelsCrossedBy(price: number): Generator<PriceLevel> {
    for (let i = this.#levels.length - 1; i >= 0 && this.#isCrossed(this.#levels[i], price); i--) {
      yield this.#levels[i];
    }
  }

  /** The level of an order that is in the book. */
  levelOf(order: Order): PriceLevel {
    return this.#byPrice.get(order.price) as PriceLevel;
  }

  append(order: Order): void {
    const level = this.#byPrice.get(order.price) ?? this.#insertLevel(order.price);
    level.append(order);
  }

  remove(order: Order): void {
    const level = this.levelOf(order);
    level.remove(order);
    if (level.orders === 0) this.#deleteLevel(level);
  }

  /** The best `depth` levels at most, from the best one on. */
  snapshot(depth: number): BookLevel[] {
    const best = this.#levels.slice(-depth).reverse();
    return best.map((level) => [level.price, level.size, level.orders]);
  }

  #isCrossed(level: PriceLevel, price: number): boolean {
    return this.#sign * level.price >= this.#sign * price;
  }

  // #region levels
  #insertLevel(price: number): PriceLevel {
    const level = new PriceLevel(price);
    this.#levels.splice(this.#indexOf(price), 0, level);
    this.#byPrice.set(price, level);
    return level;
  }

  #deleteLevel(level: PriceLevel): void {
    this.#levels.splice(this.#indexOf(level.price), 1);
    this.#byPrice.delete(level.price);
  }
  // #endregion levels

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
