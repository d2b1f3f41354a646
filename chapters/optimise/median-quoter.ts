import type { BookView, Market, Strategy } from "hotpath";

/** Books that the median looks back on. */
const WINDOW = 400;
/** Lots of each quote. */
const SIZE = 5;

/**
 * Quotes around the median of the last middles. Right, short, and slow: for each book it copies the window, sorts the copy, and throws it
 * away. What one book changes, one value that comes and one that goes, is never made use of.
 */
export default class MedianQuoter implements Strategy {
  /** Twice the middle of each book, ticks, so that it is an integer; the oldest first. */
  #middles: number[] = [];

  onBook(book: BookView, market: Market): void {
    if (book.bids.length === 0 || book.asks.length === 0) return;
    this.#middles = [...this.#middles, book.bids[0][0] + book.asks[0][0]].slice(-WINDOW);
    const sorted = [...this.#middles].sort((a, b) => a - b);
    const median = Math.floor(sorted[Math.floor(sorted.length / 2)] / 2);

    for (const id of market.openOrders) market.cancel(id);
    market.buy(Math.max(1, median - 1), SIZE, "postOnly");
    market.sell(median + 1, SIZE, "postOnly");
  }
}
