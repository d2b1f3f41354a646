import type { BookView, Market, Strategy } from "hotpath";

/** Books that the average looks back on, about. */
const BOOKS = 200;
/** How many usual deviations away from its average the price must be. */
const ENTER = 1.5;
/** Books that are only watched, until average and deviation mean something. */
const WARM_UP = 400;
/** Lots of an order, and the most that is held. */
const SIZE = 10;
const MAX_POSITION = 100;

/**
 * Bets that the price comes back: far below its average it offers to buy, far above to sell, and near it to get rid of
 * what it holds. Its orders wait in the book, so it earns the spread where it is right; where a trend begins, it holds the wrong side of it.
 */
export default class MeanReversion implements Strategy {
  private average = 0;
  /** Exponentially weighted, like the average. */
  private variance = 0;
  private books = 0;

  onBook(book: BookView, market: Market): void {
    for (const id of market.openOrders) market.cancel(id);
    if (book.bids.length === 0 || book.asks.length === 0) return;
    const [bestBid] = book.bids[0];
    const [bestAsk] = book.asks[0];
    const middle = (bestBid + bestAsk) / 2;

    if (this.books++ === 0) this.average = middle;
    const away = middle - this.average;
    this.average += away / BOOKS;
    this.variance += (away * away - this.variance) / BOOKS;
    if (this.books < WARM_UP) return;

    // Squares are compared, so no square root is needed.
    const isFar = away * away > ENTER * ENTER * this.variance;
    const held = market.inventory;
    if (isFar && away < 0 && held < MAX_POSITION) market.buy(bestBid, SIZE, "postOnly");
    else if (isFar && away > 0 && held > -MAX_POSITION) market.sell(bestAsk, SIZE, "postOnly");
    else if (away >= 0 && held > 0) market.sell(bestAsk, Math.min(SIZE, held), "postOnly");
    else if (away <= 0 && held < 0) market.buy(bestBid, Math.min(SIZE, -held), "postOnly");
  }
}
