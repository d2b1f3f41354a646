import type { BookView, Fill, Market, Strategy } from "./strategy.ts";

/** Sends, cancels and crosses at random, answers some of its fills with orders, and trades with itself at times. */
export class RandomTrader implements Strategy {
  readonly fills: Fill[] = [];
  /** Account and order ids as the strategy saw them, at each book. */
  readonly seen: { inventory: number; cash: number; openOrders: readonly number[] }[] = [];

  onStart(market: Market): void {
    market.buy(99_000, 5);
  }

  onBook(book: BookView, market: Market): void {
    this.seen.push({ inventory: market.inventory, cash: market.cash, openOrders: market.openOrders });
    const [bid = 99_990] = book.bids[0] ?? [];
    const [ask = bid + 10] = book.asks[0] ?? [];
    const draw = market.random();
    const distance = Math.floor(market.random() * 8) - 3;
    if (draw < 0.4) market.buy(bid - distance, 1 + Math.floor(market.random() * 60));
    else if (draw < 0.8) market.sell(ask + distance, 1 + Math.floor(market.random() * 60));
    for (const id of market.openOrders) if (market.random() < 0.3) market.cancel(id);
  }

  onFill(fill: Fill, market: Market): void {
    this.fills.push(fill);
    if (market.random() < 0.2) {
      if (fill.side === "buy") market.sell(fill.price + 1, fill.size);
      else market.buy(fill.price - 1, fill.size);
    }
  }
}

/** Sends orders with each flag and market orders, replaces and cancels at random. */
export class FlagTrader implements Strategy {
  readonly fills: Fill[] = [];
  readonly rejects: string[] = [];
  /** Ids of orders that can't rest. */
  readonly immediate = new Set<number>();
  readonly postOnly = new Set<number>();

  onBook(book: BookView, market: Market): void {
    const [bid = 99_990] = book.bids[0] ?? [];
    const size = 1 + Math.floor(market.random() * 80);
    const price = bid + Math.floor(market.random() * 6) - 3;
    const draw = market.random();
    if (draw < 0.2) this.immediate.add(market.buy(price, size, "ioc"));
    else if (draw < 0.4) this.immediate.add(market.sell(price, size * 5, "fok"));
    else if (draw < 0.5) this.immediate.add(market.sell("market", size));
    else if (draw < 0.8) this.postOnly.add(market.buy(price, size, "postOnly"));
    else market.sell(price + 3, size);
    for (const id of market.openOrders) {
      if (market.random() < 0.3) market.replace(id, (market.order(id)?.price ?? price) + 1, size);
      else if (market.random() < 0.2) market.cancel(id);
    }
  }

  onFill(fill: Fill): void {
    this.fills.push(fill);
  }

  onReject(_: number, reason: string): void {
    this.rejects.push(reason);
  }
}
