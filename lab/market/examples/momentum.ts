import type { BookView, Market, Strategy } from "hotpath";

/** Books that the fast and the slow average look back on, about. */
const FAST_BOOKS = 50;
const SLOW_BOOKS = 800;
/** Ticks between the averages at which a move counts as one, and at which it is over. */
const ENTER_TICKS = 6;
const LEAVE_TICKS = 1;
/** Lots held while it goes on. */
const POSITION = 100;

/**
 * Follows the price: when its fast average has left the slow one behind, it buys (or sells), and holds until they meet. Two
 * exponentially weighted averages are the oldest form of it. It pays the spread twice, so it needs moves that last: try it
 * in the market with trends, and then in one without.
 */
export default class Momentum implements Strategy {
  private fast = 0;
  private slow = 0;
  private books = 0;
  private wanted = 0;
  private lastOrder = 0;

  onBook(book: BookView, market: Market): void {
    if (book.bids.length === 0 || book.asks.length === 0) return;
    const [bestBid] = book.bids[0];
    const [bestAsk] = book.asks[0];
    const middle = (bestBid + bestAsk) / 2;

    if (this.books++ === 0) {
      this.fast = middle;
      this.slow = middle;
    }
    this.fast += (middle - this.fast) / FAST_BOOKS;
    this.slow += (middle - this.slow) / SLOW_BOOKS;

    const move = this.fast - this.slow;
    if (move > ENTER_TICKS) this.wanted = POSITION;
    else if (move < -ENTER_TICKS) this.wanted = -POSITION;
    else if (Math.abs(move) < LEAVE_TICKS) this.wanted = 0;

    // What is still on its way will change the inventory: to send it again would be to hold it twice.
    if (market.order(this.lastOrder) !== undefined) return;
    // Immediate or cancel: a chase that comes too late shall leave no order behind. What is missing follows with the next book.
    const missing = this.wanted - market.inventory;
    if (missing > 0) this.lastOrder = market.buy(bestAsk, missing, "ioc");
    else if (missing < 0) this.lastOrder = market.sell(bestBid, -missing, "ioc");
  }
}
