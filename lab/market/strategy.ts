import type { BookLevel, RejectReason } from "../../engines/contract/events.ts";

/** What a reader writes. The editor completes these types; a strategy file imports them from "hotpath". */

/** The book as the strategy sees it. Prices are ticks, sizes are lots; the best level comes first. */
export interface BookView {
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
  /** Trades since the last `onBook`, the oldest first, of others and of the strategy itself; 100 at most, the latest. */
  readonly trades: readonly Trade[];
  /** Simulated time, ns from the start of the run. */
  readonly timeNs: number;
}

/** A trade in the market, whoever made it. */
export interface Trade {
  /** Ticks: the resting order's price. */
  readonly price: number;
  /** Lots. */
  readonly size: number;
  /** The side of the incoming order: `buy` took from the asks. */
  readonly side: "buy" | "sell";
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

/** One of the strategy's orders that is not gone. */
export interface OwnOrder {
  readonly side: "buy" | "sell";
  /** Ticks; 0 for a market order. */
  readonly price: number;
  /** Lots. */
  readonly openSize: number;
  /** Whether it rests in the book; else it is on its way there. */
  readonly resting: boolean;
}

/**
 * How an order behaves where good till cancelled is not wanted.
 *
 * - `ioc`, immediate or cancel: takes what it can at once, and what is left is cancelled.
 * - `fok`, fill or kill: all of it at once, or nothing.
 * - `postOnly`: rejected where it would trade at once, so that it never pays the spread.
 */
export type OrderFlag = "ioc" | "fok" | "postOnly";

/**
 * The strategy's way to the market. Orders leave when the callback returns, in the order they were sent, and reach the
 * book after the run's latency.
 */
export interface Market {
  /**
   * Sends an order, a limit order good till cancelled where nothing else is said.
   *
   * @param price ticks, or `"market"`: the best prices there are
   * @param size lots
   * @returns the order's id
   */
  buy(price: number | "market", size: number, flag?: OrderFlag): number;
  /**
   * Sends an order, a limit order good till cancelled where nothing else is said.
   *
   * @param price ticks, or `"market"`: the best prices there are
   * @param size lots
   * @returns the order's id
   */
  sell(price: number | "market", size: number, flag?: OrderFlag): number;
  /** Takes an order out of the book. Nothing happens where it is gone already. */
  cancel(orderId: number): void;
  /**
   * Gives a resting order another price and open size, under the same id. At the same price and with no larger a size it keeps its
   * place in the queue; else it goes to the end, or trades. Nothing happens where it is gone already.
   *
   * @param price ticks @param size lots, the new open size
   */
  replace(orderId: number, price: number, size: number): void;
  /** What is known of an order; undefined where it is gone. */
  order(orderId: number): OwnOrder | undefined;
  /** Calls `onTimer` once, that much later. @param delayNs simulated ns, at least 1,000 @returns the timer's number */
  setTimer(delayNs: number): number;
  /** Simulated time, ns from the start of the run. */
  readonly timeNs: number;
  /** Lots bought less lots sold. */
  readonly inventory: number;
  /** Ticks × lots received for sales less those paid for purchases. */
  readonly cash: number;
  /** Ids of the strategy's orders that rest in the book, oldest first. */
  readonly openOrders: readonly number[];
  /** A seeded random number from 0 (included) to 1 (excluded): the same run gives the same numbers. */
  random(): number;
  /** The natural logarithm, the same to the last bit everywhere, which `Math.log` is not. */
  log(x: number): number;
  /** e to the power of x, the same to the last bit everywhere, which `Math.exp` is not. */
  exp(x: number): number;
}

/** A trading strategy. Its state is its own; what it decides follows from its callbacks, the seed and simulated time alone. */
// #region strategy
export interface Strategy {
  /** Once, before the first order of the market. */
  onStart?(market: Market): void;
  /** After every tenth order of the market. */
  onBook?(book: BookView, market: Market): void;
  /** For each trade of the strategy's own orders, before the next `onBook`. */
  onFill?(fill: Fill, market: Market): void;
  /** When an order or a replace of the strategy was refused; mostly `would-cross`, for `postOnly`. */
  onReject?(orderId: number, reason: RejectReason, market: Market): void;
  /** When a timer's time has come. @param timer the number that `setTimer` returned */
  onTimer?(timer: number, market: Market): void;
}
// #endregion strategy
