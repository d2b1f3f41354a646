import type { BookView, Market, Strategy } from "hotpath";

/** Levels a side that are counted. */
const LEVELS = 3;
/** Share of the lots on one side from which the price is expected to go that way: 0.5 is balance. */
const ENTER = 0.8;
/** The widest spread that is worth paying, ticks. */
const MAX_SPREAD = 2;
/** Lots of an order, and the inventory at which it sends no more; what is on its way comes on top. */
const SIZE = 10;
const MAX_POSITION = 40;

/**
 * Where many more lots want to buy than to sell, the next move is more often up: it takes from the thin side before
 * that is gone. Such a signal lives for a few orders only, so this is the strategy that a latency hurts first.
 */
export default class Imbalance implements Strategy {
  onBook(book: BookView, market: Market): void {
    if (book.bids.length === 0 || book.asks.length === 0) return;
    const [bestBid] = book.bids[0];
    const [bestAsk] = book.asks[0];
    if (bestAsk - bestBid > MAX_SPREAD) return;

    let bidLots = 0;
    for (const [, size] of book.bids.slice(0, LEVELS)) bidLots += size;
    let askLots = 0;
    for (const [, size] of book.asks.slice(0, LEVELS)) askLots += size;

    const share = bidLots / (bidLots + askLots);
    if (share > ENTER && market.inventory < MAX_POSITION) market.buy(bestAsk, SIZE, "ioc");
    else if (share < 1 - ENTER && market.inventory > -MAX_POSITION) market.sell(bestBid, SIZE, "ioc");
  }
}
