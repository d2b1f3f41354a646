import { describe, expect, test } from "vitest";
import { OrderBook } from "../../engines/typescript/engine.ts";
import { NO_SPANS, SpanRecorder } from "../../lab/measure/spans.ts";
import { analyse } from "./analytics.ts";
import { messagesOf, profileRun } from "./profile-run.ts";
import { TradingSystem } from "./trading-system.ts";

const OPTIONS = { messages: 6000, burst: 100, window: 500, each: false };

function events(spans = NO_SPANS, spansOfEach = NO_SPANS): string[] {
  const system = new TradingSystem({ engine: new OrderBook(), spans, spansOfEach, window: 500 });
  return messagesOf(OPTIONS).flatMap((lines) => system.receive(lines));
}

function clock(): () => number {
  let time = 0;
  return () => time++ / 1000;
}

describe("the trading system", () => {
  test("gives the same events with spans and without", () => {
    const spans = new SpanRecorder(100_000, clock());
    expect(events(spans, spans)).toEqual(events());
    expect(spans.dropped).toBe(0);
  });

  test("gives the engine's own events for each message, and sends orders of its own", () => {
    const told = events().map((event) => JSON.parse(event));
    const engine = new OrderBook();
    const [first] = messagesOf(OPTIONS);
    const expected = first.flatMap((line) => engine.addOrder(JSON.parse(line)));
    expect(told.slice(0, expected.length)).toEqual(expected);
    expect(told.some(({ event, taker }) => event === "executed" && taker >= 1_000_000_000)).toBe(true);
  });

  test("looks back on as many trades as it is told to, none included", () => {
    for (const window of [0, 3]) {
      const system = new TradingSystem({ engine: new OrderBook(), spans: NO_SPANS, spansOfEach: NO_SPANS, window });
      for (const lines of messagesOf(OPTIONS)) system.receive(lines);
      expect(system.analytics?.trades).toBe(window);
    }
  });

  test("refuses an order that is too large, before it reaches the book", () => {
    const system = new TradingSystem({ engine: new OrderBook(), spans: NO_SPANS, spansOfEach: NO_SPANS, window: 1 });
    const order = { op: "add", id: 1, side: "buy", type: "limit", price: 100, size: 100_001 };
    expect(system.receive([JSON.stringify(order)])).toEqual([]);
    expect(system.receive([JSON.stringify({ ...order, size: 100_000 })])).toEqual(['{"event":"accepted","id":1}']);
  });
});

describe("its analytics", () => {
  const trade = (price: number, size: number) => ({ event: "executed", taker: 1, maker: 2, price, size }) as const;

  test("are those of the trades they are given", () => {
    expect(analyse([trade(100, 1), trade(104, 3), trade(101, 1)])).toEqual({
      trades: 3,
      averagePrice: (100 + 3 * 104 + 101) / 5,
      volatility: Math.sqrt((16 + 9) / 2),
      medianPrice: 101,
      drawdown: 3,
    });
  });

  test("say nothing before the first trade", () => {
    expect(analyse([])).toEqual({ trades: 0, averagePrice: 0, volatility: 0, medianPrice: 0, drawdown: 0 });
  });
});

describe("its profile", () => {
  test("has a span for each burst and each stage of it", () => {
    const { spans, costs, messages } = profileRun({ ...OPTIONS, messages: 1000 }, clock(), true);
    const count = (name: string): number => spans.filter((span) => span.name === name).length;
    expect([count("burst"), count("decode"), count("analytics"), count("message")]).toEqual([10, 10, 10, 0]);
    expect(costs.map(({ what }) => what)).toEqual(["around each stage of a burst"]);
    expect(messages).toBe(1000);
  });

  test("has a span for each message where that was asked for, and its cost too", () => {
    const { spans, costs, dropped } = profileRun({ ...OPTIONS, messages: 300, each: true }, clock(), true);
    expect(spans.filter(({ name }) => name === "message").length).toBeGreaterThanOrEqual(4 * 300);
    expect(costs).toHaveLength(2);
    expect(dropped).toBe(0);
    expect(costs[1].ratio).toBeGreaterThan(costs[0].ratio);
  });
});
