import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SIDE, SIDE_SHIFT } from "../../engines/contract/binary.ts";
import { withBinaryDoor } from "../../engines/contract/binary-adapter.ts";
import { decodeEvents } from "../../engines/contract/event-records.ts";
import { OrderBook } from "../../engines/typescript/engine.ts";
import { Session, type SessionLog } from "./session.ts";
import type { Market, Strategy } from "./strategy.ts";
import { StrategyError } from "./strategy-error.ts";
import { RandomTrader } from "./trial-strategies.ts";

function open(
  strategy: Strategy,
  options: { seed?: number; orders?: number; door?: "objects" | "binary" } = {},
): Session {
  const { seed = 7, orders = 3000, door = "objects" } = options;
  return new Session({ engine: withBinaryDoor(new OrderBook()), door, strategy, profile: "std", seed, orders });
}

function runToEnd(session: Session): SessionLog {
  while (session.ordersLeft > 0) session.step();
  return session.log;
}

/** The strategy's cash and inventory, from the commands and events alone. */
function accountOf({ commands, events }: SessionLog): { cash: number; inventory: number; fills: number } {
  const sides = new Map<number, number>();
  for (let at = 0; at < commands.length; at += 6) {
    const isAdd = (commands[at] & 0xff) === 1;
    if (isAdd && commands[at + 1] % 2 === 1) sides.set(commands[at + 1], (commands[at] >>> SIDE_SHIFT) & 0xf);
  }
  const account = { cash: 0, inventory: 0, fills: 0 };
  for (const event of decodeEvents(events, events.length)) {
    if (event.event !== "executed") continue;
    for (const id of [event.taker, event.maker]) {
      const side = sides.get(id);
      if (side === undefined) continue;
      const signed = side === SIDE.buy ? event.size : -event.size;
      account.cash -= signed * event.price;
      account.inventory += signed;
      account.fills++;
    }
  }
  return account;
}

describe("a session", () => {
  test("gives the same commands and events for the same seed", () => {
    const [a, b] = [open(new RandomTrader()), open(new RandomTrader())].map(runToEnd);
    expect(a.commands).toEqual(b.commands);
    expect(a.events).toEqual(b.events);
  });

  test("gives other ones for another seed", () => {
    const [a, b] = [1, 2].map((seed) => runToEnd(open(new RandomTrader(), { seed })));
    expect(a.commands).not.toEqual(b.commands);
  });

  test("gives the same through either door of an engine", () => {
    const [a, b] = (["objects", "binary"] as const).map((door) => runToEnd(open(new RandomTrader(), { door })));
    expect(a.commands).toEqual(b.commands);
    expect(a.events).toEqual(b.events);
  });

  test("keeps an account that follows from the events", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (seed) => {
        const trader = new RandomTrader();
        const session = open(trader, { seed, orders: 2500 });
        const expected = accountOf(runToEnd(session));
        const { cash, inventory, fills } = session.account;
        expect({ cash, inventory, fills }).toEqual(expected);
        expect(trader.fills.length).toBe(fills);
        expect(fills).toBeGreaterThan(0);
      }),
      { numRuns: 10 },
    );
  });

  test("shows open orders that are live in the engine, and no others", () => {
    const engine = new OrderBook();
    const trader = new RandomTrader();
    const session = new Session({
      engine: withBinaryDoor(engine),
      door: "objects",
      strategy: trader,
      profile: "std",
      seed: 3,
      orders: 2500,
    });
    while (session.ordersLeft > 1000 || session.account.openOrders.length < 3) session.step();
    const open = session.account.openOrders;
    expect(open.map((id) => engine.cancelOrder(id)[0].event)).toEqual(open.map(() => "canceled"));
  });

  test("keeps the strategy's ids odd and the background's even", () => {
    const strategy = new RandomTrader();
    const { commands } = runToEnd(open(strategy));
    const owners = new Set<string>();
    for (let at = 0; at < commands.length; at += 6) {
      if ((commands[at] & 0xff) === 1) owners.add(`${commands[at + 1] % 2} ${commands[at + 4]}`);
    }
    expect([...owners].sort()).toEqual(["0 0", "1 2147483647"]);
  });

  test("calls onBook after each tenth order of the market", () => {
    const trader = new RandomTrader();
    runToEnd(open(trader, { orders: 1009 }));
    expect(trader.seen.length).toBe(100);
  });

  test("executes orders after the callback, in their order, and tells of the fills before the next book", () => {
    const calls: string[] = [];
    let resting = 0;
    const strategy: Strategy = {
      onBook(_, market) {
        calls.push(`book ${market.inventory}`);
        if (calls.length > 1) return;
        market.buy(100_500, 10_000);
        resting = market.sell(100_600, 30);
        expect(market.openOrders).toEqual([]);
        market.buy(100_600, 30);
      },
      onFill(fill, market) {
        if (fill.price === 100_600) calls.push(`${fill.role} ${fill.side} ${fill.openSize} ${market.inventory}`);
        expect(market.openOrders).not.toContain(fill.openSize === 0 ? fill.orderId : undefined);
      },
    };
    const session = open(strategy, { orders: 20 });
    session.step();
    const bought = session.account.inventory;
    expect(calls).toEqual(["book 0", `maker sell 0 ${bought - 30}`, `taker buy 0 ${bought}`]);
    expect(session.account.openOrders).not.toContain(resting);
    session.step();
    expect(calls.at(-1)).toMatch(/^book/);
  });
});

describe("what a strategy may not do", () => {
  const attempts: [string, (market: Market) => unknown, string][] = [
    ["a price between ticks", (m) => m.buy(100.5, 1), "buy(100.5, 1): the price must be a whole number of ticks"],
    ["a price of 0", (m) => m.sell(0, 1), "sell(0, 1): the price must be"],
    ["no size", (m) => m.buy(100, undefined as never), "buy(100, undefined): the size must be a whole number of lots"],
    ["too large a size", (m) => m.buy(100, 1_000_001), "the size must be a whole number of lots from 1 to 1,000,000"],
    ["an object for a price", (m) => m.buy({} as never, 1), "buy(object, 1): the price"],
    ["cancelling an order of the background", (m) => m.cancel(2), "cancel(2): no order of this strategy has that id"],
    ["cancelling what was never sent", (m) => m.cancel(1), "cancel(1): no order of this strategy has that id"],
  ];

  test.each(attempts)("%s", (_, attempt, message) => {
    const session = open({ onBook: (_book, market) => void attempt(market) });
    expect(causeOf(() => session.step())).toContain(message);
  });

  test("sending more than 1,000 orders between two books", () => {
    const flood: Strategy = {
      onBook: (_, market) => {
        for (;;) market.buy(1, 1);
      },
    };
    expect(causeOf(() => open(flood).step())).toContain("more than 1,000 orders, cancels and timers between two books");
  });

  test("answering its own fills for ever", () => {
    const churn: Strategy = {
      onBook: (_, market) => {
        market.buy(99_000, 1);
        market.sell(99_000, 1);
      },
      onFill: (fill, market) => {
        if (fill.role === "maker") market.buy(99_000, 1);
        else market.sell(99_000, 1);
      },
    };
    expect(causeOf(() => open(churn).step())).toContain("more than 1,000 orders");
  });

  test("sending orders when no callback runs", () => {
    let kept: Market | undefined;
    const session = open({
      onStart: (market) => {
        kept = market;
      },
    });
    session.step();
    expect(() => kept?.buy(1, 1)).toThrow("only while a callback runs");
  });

  test("waiting in a callback", () => {
    expect(causeOf(() => open({ onBook: (async () => {}) as never }).step())).toContain("onBook is async");
  });

  test("changing the market that it is handed", () => {
    const strategy: Strategy = { onStart: (market) => void Object.assign(market, { buy: () => 1 }) };
    expect(causeOf(() => open(strategy).step())).toMatch(/read only|not extensible/);
  });
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
