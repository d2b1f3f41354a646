import type { BookView, Market, Strategy } from "hotpath";

/** Lots of each quote. */
const SIZE = 5;
/** Quotes on each side, a tick apart. */
const DEPTH = 4;

/**
 * Quotes several prices behind the best of each side, and takes all of them back at the next book: a strategy that thinks little and
 * sends much, so that most of the time is the engine's, and most of what the engine does is to let orders join queues and leave them.
 */
export default class QuickQuoter implements Strategy {
  onBook(book: BookView, market: Market): void {
    for (const id of market.openOrders) market.cancel(id);
    if (book.bids.length === 0 || book.asks.length === 0) return;
    const [bestBid] = book.bids[0];
    const [bestAsk] = book.asks[0];
    for (let away = 0; away < DEPTH; away++) {
      if (bestBid > away) market.buy(bestBid - away, SIZE, "postOnly");
      market.sell(bestAsk + away, SIZE, "postOnly");
    }
  }
}
