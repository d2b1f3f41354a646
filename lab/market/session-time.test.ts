import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { COMMAND_WORDS } from "../../engines/contract/binary.ts";
import { withBinaryDoor } from "../../engines/contract/binary-adapter.ts";
import { OrderBook } from "../../engines/typescript/engine.ts";
import { Session, type SessionLog } from "./session.ts";
import type { BookView, Fill, Market, Strategy, Trade } from "./strategy.ts";
import { StrategyError } from "./strategy-error.ts";
import { FlagTrader, RandomTrader } from "./trial-strategies.ts";

interface Options {
  seed?: number;
  orders?: number;
  latencyNs?: number;
  level?: "core" | "full";
  door?: "objects" | "binary";
}

function open(
  strategy: Strategy,
  { seed = 7, orders = 2000, latencyNs, level, door = "objects" }: Options = {},
): Session {
  const engine = withBinaryDoor(new OrderBook());
  return new Session({ engine, door, strategy, profile: "std", seed, orders, latencyNs, level });
}

function runToEnd(session: Session): SessionLog {
  while (session.ordersLeft > 0) session.step();
  return session.log;
}

/** When each of the strategy's commands reached the book. */
function arrivals({ commands, times }: SessionLog): number[] {
  return [...times].filter((_, record) => commands[record * COMMAND_WORDS + 1] % 2 === 1);
}

describe("simulated time", () => {
  test("never goes back, and each command has its own", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 0, max: 300_000 }), (seed, latencyNs) => {
        const { commands, times } = runToEnd(open(new RandomTrader(), { seed, latencyNs }));
        expect(times.length).toBe(commands.length / COMMAND_WORDS);
        for (let at = 1; at < times.length; at++) expect(times[at]).toBeGreaterThanOrEqual(times[at - 1]);
      }),
      { numRuns: 10 },
    );
  });

  test("lets an order reach the book after the latency, to the nanosecond", () => {
    const sentAt: number[] = [];
    const strategy: Strategy = {
      onBook(book, market) {
        if (market.random() < 0.7) return;
        sentAt.push(book.timeNs);
        market.buy(90_000, 1);
      },
    };
    const arrived = arrivals(runToEnd(open(strategy, { latencyNs: 123_457 })));
    expect(arrived.length).toBeGreaterThan(20);
    expect(arrived).toEqual(sentAt.slice(0, arrived.length).map((time) => time + 123_457));
  });

  test("puts a late order behind the background's orders of that time", () => {
    const ids = (latencyNs: number): number[] => {
      let sent = false;
      const strategy: Strategy = {
        onBook(_, market) {
          if (!sent) market.buy(90_000, 1);
          sent = true;
        },
      };
      const { commands } = runToEnd(open(strategy, { orders: 100, latencyNs }));
      const place: number[] = [];
      for (let record = 0; record * COMMAND_WORDS < commands.length; record++) {
        if (commands[record * COMMAND_WORDS + 1] === 1) place.push(record);
      }
      return place;
    };
    // The first book is read after ten orders; the order of 35 µs later has three more of 10 µs each before it.
    expect(ids(0)).toEqual([11]);
    expect(ids(35_000)).toEqual([14]);
  });

  test.each([-1, 0.5, Number.NaN, 2e12])("refuses a latency of %d ns", (latencyNs) => {
    expect(() => open({}, { latencyNs })).toThrow(/latency is .* whole number/);
  });
});

describe("a timer", () => {
  test("rings at its time, once, in the order of time", () => {
    const rung: [number, number][] = [];
    const strategy: Strategy = {
      onStart(market) {
        expect([market.setTimer(1_000_000), market.setTimer(5_000), market.setTimer(5_000)]).toEqual([1, 2, 3]);
      },
      onTimer: (timer, market) => void rung.push([timer, market.timeNs]),
    };
    runToEnd(open(strategy));
    expect(rung).toEqual([
      [2, 5_000],
      [3, 5_000],
      [1, 1_000_000],
    ]);
  });

  test("can send orders and set the next timer", () => {
    const strategy: Strategy = {
      onStart: (market) => void market.setTimer(33_000),
      onTimer(_, market) {
        market.buy(90_000, 1);
        market.setTimer(33_000);
      },
    };
    const arrived = arrivals(runToEnd(open(strategy, { orders: 100 })));
    expect(arrived).toEqual(Array.from({ length: 30 }, (_, index) => 33_000 * (index + 1)));
  });

  test.each([0, 999, -5, Number.NaN, Number.POSITIVE_INFINITY])("can't wait for %d ns", (delayNs) => {
    const session = open({ onStart: (market) => void market.setTimer(delayNs) });
    expect(causeOf(() => session.step())).toMatch(/the delay must be 1,000 ns or more/);
  });
});

describe("orders with a flag", () => {
  test("leave nothing in the book where they are immediate, and are not among the open orders", () => {
    const engine = new OrderBook();
    const trader = new FlagTrader();
    const options = { engine: withBinaryDoor(engine), door: "objects", strategy: trader, profile: "std" } as const;
    const session = new Session({ ...options, seed: 5, orders: 4000 });
    while (session.ordersLeft > 0) session.step();
    for (const id of trader.immediate) {
      expect(engine.cancelOrder(id)).toEqual([{ event: "rejected", op: "cancel", id, reason: "unknown-order" }]);
    }
    expect(trader.immediate.size).toBeGreaterThan(100);
    expect(trader.rejects).toContain("would-cross");
    expect(trader.fills.filter(({ role, orderId }) => role === "taker" && trader.postOnly.has(orderId))).toEqual([]);
  });

  test("give the same through either door of an engine", () => {
    const [a, b] = (["objects", "binary"] as const).map((door) => runToEnd(open(new FlagTrader(), { door })));
    expect(a.commands).toEqual(b.commands);
    expect(a.events).toEqual(b.events);
  });

  test("are kept in the account as the engine has them, replaced ones too", () => {
    const engine = new OrderBook();
    const strategy = new FlagTrader();
    const options = {
      engine: withBinaryDoor(engine),
      door: "objects",
      strategy,
      profile: "std",
      latencyNs: 25_000,
    } as const;
    const session = new Session({ ...options, seed: 9, orders: 3000 });
    while (session.ordersLeft > 1000 || session.account.openOrders.length < 3) session.step();
    const open = session.account.openOrders;
    expect(open.length).toBeGreaterThan(2);
    for (const id of open) {
      const known = session.account.order(id);
      expect(engine.cancelOrder(id)).toEqual([{ event: "canceled", id, size: known?.openSize, reason: "user" }]);
    }
  });

  test.each<[string, (market: Market) => unknown, RegExp]>([
    ["a flag that there isn't", (m) => m.buy(1, 1, "gtd" as never), /buy\(1, 1, gtd\): the flag must be "ioc"/],
    ["a flag on a market order", (m) => m.sell("market", 1, "fok"), /a market order takes what it can at once/],
    ["a price in words", (m) => m.sell("best" as never, 1), /ticks from 1 to 16,777,215, or "market"/],
    ["a replace of an order of the background", (m) => m.replace(2, 1, 1), /no order of this strategy has that id/],
  ])("refuse %s", (_, attempt, message) => {
    const session = open({ onStart: (market) => void attempt(market) });
    expect(causeOf(() => session.step())).toMatch(message);
  });

  test.each<[string, (market: Market) => unknown]>([
    ["a flag", (m) => m.buy(1, 1, "postOnly")],
    ["replace", (m) => m.replace(m.buy(1, 1), 2, 1)],
  ])("are refused before they are sent where an engine is of level core: %s", (_, attempt) => {
    const session = open({ onStart: (market) => void attempt(market) }, { level: "core" });
    expect(causeOf(() => session.step())).toMatch(/needs level full/);
  });
});

test("the trades that a strategy sees are those of the market, each once and with the taker's side", () => {
  const seen: Trade[] = [];
  const own: Fill[] = [];
  const strategy: Strategy = {
    onBook(book: BookView, market) {
      seen.push(...book.trades);
      if (market.random() < 0.2) market.buy("market", 5);
    },
    onFill: (fill) => void own.push(fill),
  };
  const { commands, events } = runToEnd(open(strategy, { orders: 3000 }));
  const sides = new Map<number, "buy" | "sell">();
  for (let at = 0; at < commands.length; at += COMMAND_WORDS) {
    if ((commands[at] & 0xff) === 1) sides.set(commands[at + 1], ((commands[at] >>> 8) & 0xf) === 1 ? "buy" : "sell");
  }
  const expected: Trade[] = [];
  for (let at = 0; at < events.length; at += 5) {
    if ((events[at] & 0xff) !== 2) continue;
    expected.push({ price: events[at + 3], size: events[at + 4], side: sides.get(events[at + 1]) ?? "buy" });
  }
  expect(own.length).toBeGreaterThan(10);
  // The strategy's last trades come after the last book.
  expect(seen).toEqual(expected.slice(0, seen.length));
  expect(expected.length - seen.length).toBeLessThan(10);
});

function causeOf(action: () => void): string {
  try {
    action();
  } catch (error) {
    if (error instanceof StrategyError) return String(error.cause);
    throw error;
  }
  return "nothing was thrown";
}
