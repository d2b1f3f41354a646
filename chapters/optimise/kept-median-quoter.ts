import type { BookView, Market, Strategy } from "hotpath";

/** Books that the median looks back on. */
const WINDOW = 400;
/** Lots of each quote. */
const SIZE = 5;

/** `MedianQuoter` with the same orders at each book: its window is kept in order, and one book changes two places of it. */
// #region kept
export default class KeptMedianQuoter implements Strategy {
  /** Twice the middle of each book, ticks: a ring, its oldest at `#next` once it is full. */
  readonly #ring = new Int32Array(WINDOW);
  /** The same values, ascending. */
  readonly #sorted = new Int32Array(WINDOW);
  #length = 0;
  #next = 0;

  onBook(book: BookView, market: Market): void {
    if (book.bids.length === 0 || book.asks.length === 0) return;
    this.#take(book.bids[0][0] + book.asks[0][0]);
    const median = Math.floor(this.#sorted[Math.floor(this.#length / 2)] / 2);

    for (const id of market.openOrders) market.cancel(id);
    market.buy(Math.max(1, median - 1), SIZE, "postOnly");
    market.sell(median + 1, SIZE, "postOnly");
  }

  #take(middle: number): void {
    const sorted = this.#sorted;
    if (this.#length === WINDOW) {
      const gone = this.#placeOf(this.#ring[this.#next]);
      sorted.copyWithin(gone, gone + 1);
      this.#length--;
    }
    const place = this.#placeOf(middle);
    sorted.copyWithin(place + 1, place, this.#length);
    sorted[place] = middle;
    this.#length++;
    this.#ring[this.#next] = middle;
    this.#next = (this.#next + 1) % WINDOW;
  }

  /** Where the first value stands that is not smaller. */
  #placeOf(value: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sorted[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
// #endregion kept
