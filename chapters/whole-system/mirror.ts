import type { BookView, Fill, Market, Strategy } from "hotpath";

/** Books between two lines on the console. */
const BOOKS_A_LINE = 2000;
/** Lots of each order. */
const SIZE = 5;
/** No side is bought or sold beyond this. */
const MAX_LOTS = 200;

/**
 * Keeps its own count of what it holds, from the events that reach it. It never asks the account, except to compare: who
 * has heard every event knows as much as the account does.
 */
export default class FillMirror implements Strategy {
  private lots = 0;
  private books = 0;

  onBook(book: BookView, market: Market): void {
    this.books += 1;
    if (this.books % BOOKS_A_LINE === 0) {
      console.log(`book ${this.books}: counted ${this.lots} lots, the account holds ${market.inventory}`);
    }
    if (book.bids.length === 0 || book.asks.length === 0) return;
    for (const id of market.openOrders) market.cancel(id);
    if (this.lots < MAX_LOTS) market.buy(book.bids[0][0], SIZE);
    if (this.lots > -MAX_LOTS) market.sell(book.asks[0][0], SIZE);
  }

  onFill(fill: Fill): void {
    this.lots += fill.side === "buy" ? fill.size : -fill.size;
  }
}
