import type { BookLevel } from "../../engines/contract/events.ts";

/** What a reader writes. The editor completes these types; a strategy file imports them from "hotpath". */

/** The book as the strategy sees it. Prices are ticks, sizes are lots; the best level comes first. */
export interface BookView {
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
}

/** A trade of one of the strategy's own orders. */
export interface Fill {
  readonly orderId: number;
  readonly side: "buy" | "sell";
  /** Ticks. */
  readonly price: number;
  /** Lots. */
  readonly size: number;
  /** Lots of the order that are still open after this fill. */
  readonly openSize: number;
  /** Whether the order was resting (maker) or incoming (taker). */
  readonly role: "maker" | "taker";
}

/** The strategy's way to the market. Orders take effect after the callback returns, in the order they were sent. */
export interface Market {
  /** Sends a limit order, good till cancelled. @param price ticks @param size lots @returns the order's id */
  buy(price: number, size: number): number;
  /** Sends a limit order, good till cancelled. @param price ticks @param size lots @returns the order's id */
  sell(price: number, size: number): number;
  cancel(orderId: number): void;
  /** Lots bought less lots sold. */
  readonly inventory: number;
  /** Ticks × lots received for sales less those paid for purchases. */
  readonly cash: number;
  /** Ids of the strategy's orders that rest in the book, oldest first. */
  readonly openOrders: readonly number[];
  /** A seeded random number from 0 (included) to 1 (excluded): the same run gives the same numbers. */
  random(): number;
}

// #region strategy
export interface Strategy {
  /** Once, before the first order of the market. */
  onStart?(market: Market): void;
  /** After every tenth order of the market. */
  onBook?(book: BookView, market: Market): void;
  /** For each trade of the strategy's own orders, before the next `onBook`. */
  onFill?(fill: Fill, market: Market): void;
}
// #endregion strategy
