import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { COMMAND_WORDS } from "../../engines/contract/binary.ts";
import { withBinaryDoor } from "../../engines/contract/binary-adapter.ts";
import type { Command } from "../../engines/contract/commands.ts";
import { EventWriter } from "../../engines/contract/event-records.ts";
import { OrderBook } from "../../engines/typescript/engine.ts";
import { Backtest } from "./backtest.ts";
import { CommandLog } from "./command-log.ts";
import { executeObject } from "./gate.ts";
import { STRATEGY_OWNER } from "./ids.ts";
import { Session, type SessionLog } from "./session.ts";
import type { Strategy } from "./strategy.ts";
import { FlagTrader, RandomTrader } from "./trial-strategies.ts";

interface Options {
  profile: string;
  seed?: number;
  orders?: number;
  latencyNs?: number;
}

/** Runs a session, and hands its log over in stretches. */
function backtestOf(
  strategy: Strategy,
  backtest: Backtest,
  { profile, seed = 3, orders = 5000, latencyNs }: Options,
): Session {
  const engine = withBinaryDoor(new OrderBook());
  const session = new Session({ engine, door: "objects", strategy, profile, seed, orders, latencyNs });
  while (session.ordersLeft > 0) {
    session.step();
    if (session.ordersLeft % 70 !== 0) continue;
    backtest.add(session.log);
    session.forget();
  }
  backtest.add(session.log);
  return session;
}

const markets = ["std", "full", "zero-intelligence", "thin", "cancel-storm"];
const cases = fc.record({
  seed: fc.nat(),
  profile: fc.constantFrom(...markets),
  latencyNs: fc.constantFrom(0, 50_000),
  isFlagTrader: fc.boolean(),
});

describe("the parts of the profit", () => {
  test("add up: spread + inventory − fees is cash and inventory at the middle, to the last bit without fees", () => {
    fc.assert(
      fc.property(cases, ({ isFlagTrader, ...options }) => {
        const backtest = new Backtest();
        const session = backtestOf(isFlagTrader ? new FlagTrader() : new RandomTrader(), backtest, options);
        const { profit, inventory, lots } = backtest.result();
        expect(profit.total).toBe(profit.spread + profit.inventory);
        expect(inventory.end).toBe(session.account.inventory);
        expect(lots.filled).toBe(lots.maker + lots.taker);
        expect(lots.filled).toBeGreaterThan(0);
        expect(lots.filled).toBeLessThanOrEqual(lots.sent);
        // The middle may have moved by what was executed after the last book.
        const slack = 60 * (1 + Math.abs(inventory.end));
        expect(Math.abs(profit.total - session.profit)).toBeLessThanOrEqual(slack);
      }),
      { numRuns: 30 },
    );
  });

  test("take fees off: each lot in its role", () => {
    const fees = { makerTicks: -0.25, takerTicks: 0.5 };
    const [without, withFees] = [new Backtest(), new Backtest({ fees })];
    for (const backtest of [without, withFees]) backtestOf(new RandomTrader(), backtest, { profile: "std" });
    const { profit, lots } = withFees.result();
    expect(lots.maker).toBeGreaterThan(0);
    expect(profit.fees).toBe(lots.taker / 2 - lots.maker / 4);
    expect(profit.total).toBe(without.result().profit.total - profit.fees);
    expect(profit.total).toBe(profit.spread + profit.inventory - profit.fees);
  });
});

test("effective half spread is realized and impact together, at each horizon and in each role", () => {
  fc.assert(
    fc.property(cases, ({ isFlagTrader, ...options }) => {
      const backtest = new Backtest();
      backtestOf(isFlagTrader ? new FlagTrader() : new RandomTrader(), backtest, options);
      const { markOuts, lots } = backtest.result();
      expect(markOuts.length).toBe(6);
      for (const { role, effectiveTicks, realizedTicks, impactTicks, lots: marked } of markOuts) {
        expect(effectiveTicks).toBeCloseTo(realizedTicks + impactTicks, 9);
        expect(marked).toBeLessThanOrEqual(lots[role]);
      }
    }),
    { numRuns: 10 },
  );
});

test("the result does not depend on how the run is cut", () => {
  const whole = new Backtest();
  const engine = withBinaryDoor(new OrderBook());
  const strategy = new FlagTrader();
  const session = new Session({ engine, door: "objects", strategy, profile: "thin", seed: 3, orders: 5000 });
  while (session.ordersLeft > 0) session.step();
  whole.add(session.log);
  const cut = new Backtest();
  backtestOf(new FlagTrader(), cut, { profile: "thin" });
  expect(cut.result()).toEqual(whole.result());
});

/** A script executed command by command, as a session's log. */
function logOf(script: readonly [timeNs: number, command: Command][]): SessionLog {
  const engine = withBinaryDoor(new OrderBook());
  const commands = new CommandLog();
  const events = new EventWriter();
  for (const [timeNs, command] of script) {
    commands.write(command, timeNs);
    for (const event of executeObject(engine, command)) events.write(event);
  }
  return {
    commands: commands.records.subarray(0, commands.count * COMMAND_WORDS),
    times: commands.times.subarray(0, commands.count),
    batchSizes: [commands.count],
    events: events.events.subarray(0, events.words),
  };
}

const add = (id: number, side: "buy" | "sell", price: number, size: number): Command => ({
  op: "add",
  id,
  side,
  price,
  size,
  ...(id % 2 === 1 && { owner: STRATEGY_OWNER }),
});

describe("a run by hand", () => {
  const ms = 1_000_000;
  const backtest = new Backtest({ fees: { makerTicks: 0, takerTicks: 0.1 }, latencyNs: 42 });
  backtest.add(
    logOf([
      [0, add(2, "buy", 98, 10)],
      [0, add(4, "sell", 104, 50)],
      [0, add(6, "buy", 100, 7)],
      // Middle 102. The strategy joins the bid of 100 behind 7 lots.
      [1 * ms, add(1, "buy", 100, 5)],
      // 7 of them go to the one before, 3 to the strategy: 3 × (102 − 100) of spread.
      [2 * ms, add(8, "sell", 100, 10)],
      [2 * ms, { op: "book", depth: 10 }],
      // The other 2: the middle is 102 still; then the bid is 98, and the middle 101.
      [3 * ms, add(10, "sell", 100, 2)],
      // 5 lots lose a tick each; the drawdown is seen at this book.
      [4 * ms, { op: "book", depth: 10 }],
      // The strategy sells its 5 lots into the bid of 98, 3 below the middle, and asks for 4 more at 97: nobody is there.
      [5 * ms, add(3, "sell", 97, 9)],
      [20 * ms, { op: "cancel", id: 3 }],
      [20 * ms, { op: "book", depth: 10 }],
    ]),
  );
  const result = backtest.result();

  test("has the profit that pencil and paper give", () => {
    // Sold: 9 lots at 98, of which the bid has 10.
    expect(result.inventory).toEqual({ end: -4, largest: 5, meanSize: (3 * 1 + 5 * 2 + 4 * 15) / 20 });
    expect(result.profit.spread).toBe(5 * 2 - 9 * 3);
    expect(result.profit.inventory).toBe(-5);
    expect(result.profit.fees).toBeCloseTo(0.9, 12);
    expect(result.profit.total).toBeCloseTo(-5 * 100 + 9 * 98 - 4 * 101 - 0.9, 9);
    expect(result.maxDrawdown).toBeCloseTo(6 - result.profit.total, 9);
  });

  test("has the lots before it in the queue, and how long it waited", () => {
    expect(result.queue).toEqual({ aheadLots: 7, aheadOfFilledLots: 7, waitNs: (3 * 1 + 2 * 2) * (ms / 5) });
    expect(result.orders).toEqual({ sent: 2, filled: 2 });
    expect(result.lots).toEqual({ sent: 14, filled: 14, maker: 5, taker: 9 });
    expect(result.fillRatio).toBe(1);
    expect(result).toMatchObject({ timeNs: 20 * ms, latencyNs: 42 });
  });

  test("marks the maker's fills at the middle after them", () => {
    const maker = result.markOuts.filter(({ role }) => role === "maker");
    // After 100 µs the first fill's middle is 102, the second's 101; after 1 ms and 10 ms the middle is 101.
    expect(maker.map(({ lots, effectiveTicks, realizedTicks }) => [lots, effectiveTicks, realizedTicks])).toEqual([
      [5, 2, (3 * 2 + 2 * 1) / 5],
      [5, 2, (3 * 2 + 2 * 1) / 5],
      [5, 2, 1],
    ]);
    expect(maker[2].impactTicks).toBe(1);
  });

  test("tells of each fill for the chart", () => {
    expect(backtest.takeFills()).toEqual([
      { commands: 5, side: "buy", price: 100, size: 3, role: "maker" },
      { commands: 6, side: "buy", price: 100, size: 2, role: "maker" },
      { commands: 7, side: "sell", price: 98, size: 9, role: "taker" },
    ]);
    expect(backtest.takeFills()).toEqual([]);
  });
});
