import type { Side } from "../../engines/contract/commands.ts";
import type { BookEvent, ExecutedEvent } from "../../engines/contract/events.ts";

/** Trades of the short and the long average. */
const SHORT = 20;
const LONG = 200;
/** Lots that it buys or sells at once, and holds at most. */
const LOTS = 5;
const MAX_LOTS = 100;

export interface Decision {
  side: Side;
  /** Ticks. */
  price: number;
  /** Lots. */
  size: number;
}

const mean = (prices: readonly number[]): number => prices.reduce((sum, price) => sum + price, 0) / prices.length;

/** Buys where the last trades are dearer than those before them, and sells where they are cheaper. Prices as the book has them. */
export class TrendFollower {
  #lots = 0;

  /** @param trades all so far @returns an order to send at once, or nothing */
  decide({ bids, asks }: BookEvent, trades: readonly ExecutedEvent[]): Decision | undefined {
    if (trades.length < LONG || bids.length === 0 || asks.length === 0) return undefined;
    const prices = trades.slice(-LONG).map(({ price }) => price);
    const trend = mean(prices.slice(-SHORT)) - mean(prices);
    const waiting = (levels: BookEvent["bids"]): number => levels.reduce((sum, [, size]) => sum + size, 0);
    const imbalance = waiting(bids) / (waiting(bids) + waiting(asks)) - 0.5;
    if (trend > 1 && imbalance > 0 && this.#lots < MAX_LOTS) return this.#order("buy", asks[0][0]);
    if (trend < -1 && imbalance < 0 && this.#lots > -MAX_LOTS) return this.#order("sell", bids[0][0]);
    return undefined;
  }

  #order(side: Side, price: number): Decision {
    this.#lots += side === "buy" ? LOTS : -LOTS;
    return { side, price, size: LOTS };
  }
}
