/** What a trader sees after every tenth order. Prices are ticks, sizes are lots. */
export interface Book {
  /** The best levels of each side, the best first: price, size, orders. */
  readonly bids: readonly (readonly [price: number, size: number, orders: number])[];
  readonly asks: readonly (readonly [price: number, size: number, orders: number])[];
  /** Trades since the last book, anybody's, the oldest first. `buy`: the incoming order bought. */
  readonly trades: readonly { readonly price: number; readonly size: number; readonly side: "buy" | "sell" }[];
}

export interface Market {
  /** Each sends an order, which rests until it is filled or cancelled, and gives its id. `postOnly`: refused where it would trade at once. */
  buy(price: number, size: number, flag?: "ioc" | "fok" | "postOnly"): number;
  sell(price: number, size: number, flag?: "ioc" | "fok" | "postOnly"): number;
  cancel(orderId: number): void;
  /** Ids of this maker's orders that rest in the book. */
  readonly openOrders: readonly number[];
  /** Lots bought less lots sold. */
  readonly inventory: number;
  /** Ticks × lots received for sales less those paid for purchases. */
  readonly cash: number;
}

/** Stands at the best prices on both sides, whatever it holds. */
export function createStrategy() {
  return {
    onBook({ bids, asks }: Book, market: Market): void {
      for (const id of market.openOrders) market.cancel(id);
      if (bids.length === 0 || asks.length === 0) return;
      market.buy(bids[0][0], 10, "postOnly");
      market.sell(asks[0][0], 10, "postOnly");
    },
  };
}
