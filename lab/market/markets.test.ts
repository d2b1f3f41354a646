import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { COMMAND_WORDS } from "../../engines/contract/binary.ts";
import { withBinaryDoor } from "../../engines/contract/binary-adapter.ts";
import { EventHash } from "../../engines/contract/hash.ts";
import { Random } from "../../engines/flow/random.ts";
import { OrderBook } from "../../engines/typescript/engine.ts";
import { MARKET_MODELS, type MarketModel, type ModelName } from "./market-models.ts";
import { listMarkets, openBackground } from "./markets.ts";
import { OrderTimes } from "./order-times.ts";
import { Session } from "./session.ts";
import type { BookView, Strategy } from "./strategy.ts";
import { FlagTrader } from "./trial-strategies.ts";

/** Of the commands of 20,000 orders with seed 3, the strategy's among them. */
const HASHES: Record<ModelName, string> = {
  "zero-intelligence": "078d293636cf4d71",
  bursts: "02f7c1e367999433",
  trending: "c56ce4d1ccd33d44",
  thin: "f86267ac6ce37ef9",
  "cancel-storm": "978430ae63de2363",
};
const names = Object.keys(MARKET_MODELS) as ModelName[];

function open(
  profile: string,
  strategy: Strategy = {},
  { seed = 3, orders = 20_000, engine = new OrderBook() } = {},
): Session {
  return new Session({ engine: withBinaryDoor(engine), door: "objects", strategy, profile, seed, orders });
}

function runToEnd(session: Session): Session {
  while (session.ordersLeft > 0) session.step();
  return session;
}

/** The books that a strategy sees. */
function booksOf(profile: string, orders: number, seed = 3): BookView[] {
  const books: BookView[] = [];
  runToEnd(open(profile, { onBook: (book) => void books.push(book) }, { orders, seed }));
  return books;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const middle = ({ bids, asks }: BookView): number => (bids[0][0] + asks[0][0]) / 2;
const spread = ({ bids, asks }: BookView): number => asks[0][0] - bids[0][0];

describe.each(names)("the market %s", (name) => {
  test("gives the same bits everywhere", () => {
    const { log } = runToEnd(open(name, new FlagTrader()));
    const hash = new EventHash();
    hash.add(log.commands, log.commands.length);
    expect(hash.value).toBe(HASHES[name]);
  });

  test("has all its cancels find an order or come after its last trade, and none is refused for another reason", () => {
    const { log } = runToEnd(open(name, new FlagTrader()));
    const reasons = new Set<number>();
    for (let at = 0; at < log.events.length; at += 5) {
      if ((log.events[at] & 0xff) === 5 && log.events[at + 1] % 2 === 0) reasons.add((log.events[at] >>> 8) & 0xff);
    }
    // 27 is unknown-order: it traded between the choice and the cancel.
    expect([...reasons].filter((reason) => reason !== 27)).toEqual([]);
  });

  test("keeps both sides of its book, over a long run", () => {
    const books = booksOf(name, 60_000);
    expect(books.filter(({ bids, asks }) => bids.length > 0 && asks.length > 0).length).toBeGreaterThan(
      books.length * 0.99,
    );
    expect(books.at(-1)?.timeNs).toBeGreaterThan(books[0].timeNs);
  });
});

test("ids stay as dense as the orders that live", () => {
  const { log } = runToEnd(open("zero-intelligence", {}, { orders: 50_000 }));
  let highest = 0;
  for (let at = 1; at < log.commands.length; at += COMMAND_WORDS) highest = Math.max(highest, log.commands[at]);
  expect(highest).toBeLessThan(2 * 3500);
});

test("a market goes on, whatever a wrong engine answers", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(4), fc.nat(100), fc.nat(100), fc.nat(50)), { maxLength: 200 }), (answers) => {
      const background = openBackground("thin", 1, 1000);
      const log = { write: () => {}, place: () => 0 } as never;
      for (const [what, id, other, size] of answers) {
        expect(background.next(log).op).toMatch(/add|cancel/);
        if (what === 0) background.onAccepted(id);
        else if (what === 1) background.onExecuted(id, other, 1, size);
        else if (what === 2) background.onCanceled(id);
        else if (what === 3) background.onRefused(id);
        else background.onBook({ bids: [], asks: [[id + 1, size, 1]] });
      }
    }),
  );
});

describe("zero intelligence", () => {
  test("holds α / δ orders a tick, away from the touch", () => {
    const engine = new OrderBook();
    const session = runToEnd(open("zero-intelligence", {}, { orders: 150_000, engine }));
    expect(session.timeNs).toBeGreaterThan(1e9);
    const book = engine.getBook(1000);
    if (book.event !== "book") throw new Error("no book");
    const { limitRate, cancelRate } = MARKET_MODELS["zero-intelligence"];
    const orders: number[] = [];
    for (const [levels, best] of [[book.bids, book.asks[0][0]] as const, [book.asks, book.bids[0][0]] as const]) {
      for (const [price, , count] of levels) {
        const distance = Math.abs(price - best);
        if (distance > 20 && distance < 40) orders.push(count);
      }
    }
    expect(orders.length).toBeGreaterThan(30);
    expect(mean(orders) / (limitRate / cancelRate)).toBeGreaterThan(0.8);
    expect(mean(orders) / (limitRate / cancelRate)).toBeLessThan(1.2);
  });

  test("trades at the rate of its market orders", () => {
    const { log, timeNs } = runToEnd(open("zero-intelligence", {}, { orders: 100_000 }));
    let market = 0;
    for (let at = 0; at < log.commands.length; at += COMMAND_WORDS)
      if (((log.commands[at] >>> 12) & 0xf) === 1) market++;
    expect(market / (timeNs / 1e9) / 5000).toBeGreaterThan(0.95);
    expect(market / (timeNs / 1e9) / 5000).toBeLessThan(1.05);
  });
});

describe("bursts", () => {
  /** Market orders of one side in each window of 20 ms. */
  function counts(model: MarketModel): number[] {
    const times = new OrderTimes({ ...model, limitRate: 0, cancelRate: 0 }, new Random(5));
    const windows = new Array<number>(3000).fill(0);
    for (;;) {
      const kind = times.next(0);
      const window = Math.floor(times.timeNs / 2e7);
      if (window >= windows.length) return windows;
      if (kind === "buy") windows[window]++;
    }
  }
  const variance = (values: readonly number[]): number => mean(values.map((value) => (value - mean(values)) ** 2));

  test("come at the mean rate of a Hawkes process, μ / (1 − n)", () => {
    expect(mean(counts(MARKET_MODELS.bursts)) / (2500 * 0.02)).toBeCloseTo(1, 1);
  });

  test("spread as a Hawkes process does: variance over mean tends to 1 / (1 − n)², for Poisson to 1", () => {
    const clustered = counts(MARKET_MODELS.bursts);
    expect(variance(clustered) / mean(clustered)).toBeGreaterThan(5);
    expect(variance(clustered) / mean(clustered)).toBeLessThan(7.5);
    const even = counts(MARKET_MODELS["zero-intelligence"]);
    expect(variance(even) / mean(even)).toBeGreaterThan(0.85);
    expect(variance(even) / mean(even)).toBeLessThan(1.15);
  });
});

test("a trending market moves further than one without a trend", () => {
  const range = (name: string): number => {
    const middles = booksOf(name, 150_000).map(middle);
    return Math.max(...middles) - Math.min(...middles);
  };
  expect(range("trending")).toBeGreaterThan(2 * range("zero-intelligence"));
});

test("a thin market has a wide spread and little in its book", () => {
  const [thin, usual] = ["thin", "zero-intelligence"].map((name) => booksOf(name, 40_000).slice(500));
  expect(mean(thin.map(spread))).toBeGreaterThan(2 * mean(usual.map(spread)));
  const lots = (books: BookView[]): number => mean(books.map(({ bids }) => bids[0]?.[1] ?? 0));
  expect(lots(thin)).toBeLessThan(lots(usual));
});

test("a cancel storm empties most of the book, and it fills again", () => {
  const engine = new OrderBook();
  const session = open("cancel-storm", {}, { orders: 100_000, engine });
  const orders: number[] = [];
  while (session.ordersLeft > 0) {
    session.step();
    const book = engine.getBook(1000);
    if (book.event === "book") orders.push(book.bids.reduce((sum, [, , count]) => sum + count, 0));
  }
  const settled = orders.slice(1000);
  expect(Math.min(...settled)).toBeLessThan(400);
  expect(Math.max(...settled)).toBeGreaterThan(800);
});

test("every market of the list can be run, and none other", () => {
  for (const { name, level } of listMarkets()) {
    expect(runToEnd(open(name, {}, { orders: 100 })).commands).toBeGreaterThan(80);
    expect(["core", "full", "extended"]).toContain(level);
  }
  expect(() => open("calm")).toThrow(/no market is named "calm": choose one of zero-intelligence/);
});
