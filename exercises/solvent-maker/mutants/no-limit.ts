// Caught by: four markets without a trend, a market with trends
// "It will come back": holds whatever it was given.

/** The best levels of each side, the best first: price (ticks), size (lots), orders. */
export interface Book {
  readonly bids: readonly (readonly [price: number, size: number, orders: number])[];
  readonly asks: readonly (readonly [price: number, size: number, orders: number])[];
  readonly trades: readonly { readonly price: number; readonly size: number; readonly side: "buy" | "sell" }[];
}

export interface Market {
  buy(price: number, size: number, flag?: "ioc" | "fok" | "postOnly"): number;
  sell(price: number, size: number, flag?: "ioc" | "fok" | "postOnly"): number;
  cancel(orderId: number): void;
  readonly openOrders: readonly number[];
  readonly inventory: number;
  readonly cash: number;
}

const SIZE = 10;
/** From here on nothing is added to what is held, lots. */
const MOST_HELD = 1_000_000;
/** How far the quotes lean away from what is held, ticks a lot. */
const LEAN = 0;
/** The quotes' least distance from their centre: what each fill shall earn, ticks. */
const LEAST_HALF = 2;
/** What is left of an old trade's weight at the next book: about 70 books are looked back on. */
const FADE = 0.985;
/** Lots that a market shows no side with, however one-sided they are. */
const FEW_LOTS = 100;
/** How one-sided trades may be by chance, and how far the centre goes with what is beyond it, ticks. */
const CHANCE = 0.35;
const FOLLOW = 0;

export function createStrategy() {
  let bought = 0;
  let sold = 0;

  /** Who takes: −1 where all are sellers, 1 where all are buyers, 0 where it may be chance. */
  function trend(trades: Book["trades"]): number {
    bought *= FADE;
    sold *= FADE;
    for (const { side, size } of trades) {
      if (side === "buy") bought += size;
      else sold += size;
    }
    const share = (bought - sold) / (bought + sold + FEW_LOTS);
    return Math.sign(share) * Math.max(0, Math.abs(share) - CHANCE);
  }

  return {
    onBook({ bids, asks, trades }: Book, market: Market): void {
      for (const id of market.openOrders) market.cancel(id);
      const follow = FOLLOW * trend(trades);
      if (bids.length === 0 || asks.length === 0) return;
      const [bid] = bids[0];
      const [ask] = asks[0];
      const held = market.inventory;

      // Where this maker would like to trade either way: lower the more it holds, higher the more others buy.
      const centre = (bid + ask) / 2 - LEAN * held + follow;
      const half = Math.max(LEAST_HALF, (ask - bid) / 2 - 1);
      const buyAt = Math.min(Math.floor(centre - half), ask - 1);
      const sellAt = Math.max(Math.ceil(centre + half), bid + 1);
      if (held < MOST_HELD) market.buy(buyAt, SIZE, "postOnly");
      if (held > -MOST_HELD) market.sell(sellAt, SIZE, "postOnly");
    },
  };
}
