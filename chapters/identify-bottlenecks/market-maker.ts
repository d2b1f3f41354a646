import type { BookView, Fill, Market, Strategy } from "hotpath";

/** Lots offered on each side. */
const SIZE = 20;
/** How far from the middle of the book each quote stands, in ticks. */
const HALF_SPREAD = 3;
/** Lots of inventory that move both quotes by one tick. */
const LOTS_PER_TICK = 40;
/** With so much inventory, only the side that reduces it is quoted. */
const MAX_INVENTORY = 400;

/**
 * A market maker offers to buy a little below the middle of the book and to sell a little above it, and lives on the
 * difference. Its danger is inventory: lots that it holds while the price moves. So it leans: the more it holds, the lower
 * it sets both prices, which makes others buy from it and not sell to it; and the other way round.
 */
export default class MarketMaker implements Strategy {
  /** Who was hit last knows that the price may go on that way: that side stands a tick further off for one book. */
  private hit: Fill["side"] | undefined;

  onBook(book: BookView, market: Market): void {
    // The last quotes stand where the middle was then.
    for (const id of market.openOrders) market.cancel(id);

    if (book.bids.length === 0 || book.asks.length === 0) return;
    const [bestBid] = book.bids[0];
    const [bestAsk] = book.asks[0];

    const middle = (bestBid + bestAsk) / 2;
    const lean = market.inventory / LOTS_PER_TICK;
    const below = HALF_SPREAD + lean + (this.hit === "buy" ? 1 : 0);
    const above = HALF_SPREAD - lean + (this.hit === "sell" ? 1 : 0);
    this.hit = undefined;

    // Prices are whole ticks, and a quote that reaches the other side would pay the spread instead of earning it.
    const bid = Math.min(Math.floor(middle - below), bestAsk - 1);
    const ask = Math.max(Math.ceil(middle + above), bestBid + 1);

    if (market.inventory < MAX_INVENTORY) market.buy(bid, SIZE);
    if (market.inventory > -MAX_INVENTORY) market.sell(ask, SIZE);
  }

  onFill(fill: Fill): void {
    this.hit = fill.side;
  }
}
