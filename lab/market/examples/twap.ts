import type { BookView, Fill, Market, Strategy } from "hotpath";

/** What is to be bought, lots, and in how many slices. */
const LOTS = 1000;
const SLICES = 50;
/** From one slice to the next, simulated ns. */
const EVERY_NS = 2_000_000;
/** So long a slice may wait in the book for its price, before it takes what there is. */
const PATIENCE_NS = 1_000_000;

/**
 * Buys a large amount at about the time-weighted average price: in equal slices at equal intervals, so that it neither bets on
 * a moment nor pushes the price by itself. Each slice first waits at the best bid; what is not filled when its patience is over
 * is bought at the market. Simulated time and its own fills are all that it goes by.
 */
export default class TimeWeightedBuyer implements Strategy {
  private bought = 0;
  private slices = 0;
  private bestBid = 0;
  private orderId = 0;
  private isImpatient = false;
  /** The timer that ends the patience; the others begin a slice. */
  private patience = 0;

  onStart(market: Market): void {
    market.setTimer(EVERY_NS);
  }

  onTimer(timer: number, market: Market): void {
    if (timer !== this.patience) this.beginSlice(market);
    else {
      this.isImpatient = true;
      if (this.isOpen(market)) market.cancel(this.orderId);
    }
  }

  onBook(book: BookView, market: Market): void {
    if (book.bids.length > 0) this.bestBid = book.bids[0][0];
    // As long as the last order may still be filled, what is missing is not known: to buy it now could be to buy it twice.
    if (!this.isImpatient || this.isOpen(market)) return;
    const missing = (LOTS / SLICES) * this.slices - this.bought;
    if (missing > 0) this.orderId = market.buy("market", missing);
    else this.isImpatient = false;
  }

  onFill(fill: Fill): void {
    this.bought += fill.size;
  }

  private beginSlice(market: Market): void {
    this.slices++;
    if (this.slices < SLICES) market.setTimer(EVERY_NS);
    this.patience = market.setTimer(PATIENCE_NS);
    if (this.bestBid > 0 && !this.isImpatient && !this.isOpen(market)) {
      this.orderId = market.buy(this.bestBid, LOTS / SLICES, "postOnly");
    }
  }

  private isOpen(market: Market): boolean {
    return market.order(this.orderId) !== undefined;
  }
}
