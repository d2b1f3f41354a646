import { describe, expect, test } from "vitest";
import { OrderBook } from "../typescript/engine.ts";
import { withBinaryDoor } from "./binary-adapter.ts";
import { encodeCommand, type UncheckedCommand } from "./encode.ts";
import type { MatchingEngine } from "./engine.ts";
import { decodeEvents } from "./event-records.ts";
import type { EngineEvent } from "./events.ts";
import { withObjectDoor } from "./object-adapter.ts";
import { execute } from "./text.ts";

function newEngine(): MatchingEngine {
  return withBinaryDoor(new OrderBook());
}

function submit(engine: MatchingEngine, ...words: number[]): EngineEvent[] {
  engine.reserve(Math.ceil(words.length / 6));
  engine.commands.set(words);
  const eventWords = engine.submit(words.length);
  return decodeEvents(engine.events, eventWords);
}

const unknownOp = { event: "rejected", op: null, reason: "unknown-op" };

describe("the binary door of an engine that takes objects", () => {
  test("executes the records in order", () => {
    const events = submit(newEngine(), 0x201, 1, 100, 5, 0, 0, 0x101, 2, 100, 7, 0, 0, 4, 0, 0, 10, 0, 0);
    expect(events).toEqual([
      { event: "accepted", id: 1 },
      { event: "accepted", id: 2 },
      { event: "executed", taker: 2, maker: 1, price: 100, size: 5 },
      { event: "book", bids: [[100, 2, 1]], asks: [] },
    ]);
  });

  test("takes words left over at the end as one command of unknown op", () => {
    for (let left = 1; left < 6; left++) {
      const words = [2, 7, 0, 0, 0, 0, ...Array(left).fill(2)];
      const unknownOrder = { event: "rejected", op: "cancel", id: 7, reason: "unknown-order" };
      expect(submit(newEngine(), ...words)).toEqual([unknownOrder, unknownOp]);
    }
  });

  test("rejects an op without a code, and an op under reserved bits", () => {
    expect(submit(newEngine(), 0, 7, 0, 0, 0, 0)).toEqual([unknownOp]);
    expect(submit(newEngine(), 255, 7, 0, 0, 0, 0)).toEqual([unknownOp]);
    expect(submit(newEngine(), 0x10000002, 7, 0, 0, 0, 0)).toEqual([unknownOp]);
  });

  test.each([
    ["invalid-side", 0x001],
    ["invalid-side", 0x301],
    ["invalid-type", 0x2101],
    ["invalid-tif", 0x40101],
    ["invalid-post-only", 0x200101],
    ["invalid-stp", 0x4000101],
  ])("rejects a code that there is not: %s", (reason, codes) => {
    expect(submit(newEngine(), codes, 7, 100, 5, 0, 0)).toEqual([{ event: "rejected", op: "add", id: 7, reason }]);
  });

  test("gives nothing for nothing", () => {
    expect(submit(newEngine())).toEqual([]);
  });

  test.each([-1, 0.5, Number.NaN, 2 ** 40])("throws and executes nothing where %s words are submitted", (words) => {
    const engine = newEngine();
    engine.commands.set([0x101, 7, 100, 5, 0, 0]);
    expect(() => engine.submit(words)).toThrow(RangeError);
    expect(engine.cancelOrder(7)).toEqual([{ event: "rejected", op: "cancel", id: 7, reason: "unknown-order" }]);
  });

  test("holds as many records as were reserved, and no fewer than before", () => {
    const engine = newEngine();
    engine.reserve(10_000);
    expect(engine.commands.length).toBeGreaterThanOrEqual(60_000);
    engine.reserve(1);
    expect(engine.commands.length).toBeGreaterThanOrEqual(60_000);
  });

  test("holds the events of a sweep that is larger than its buffer was", () => {
    const engine = newEngine();
    for (let id = 1; id <= 500; id++) engine.addOrder({ id, side: "sell", price: 100, size: 1 });
    expect(submit(engine, 0x1101, 501, 0, 500, 0, 0)).toHaveLength(501);
  });
});

describe("the object door of an engine that takes records", () => {
  test("gives the events that the engine gives, whatever the values", () => {
    // The plain engine behind both adapters takes records, and gives back the objects that it gives without them.
    const plain = new OrderBook();
    const adapted = withObjectDoor(newEngine());
    const commands: UncheckedCommand[] = [
      { op: "add", id: 1, side: "sell", price: 100, size: 5, owner: 3 },
      { op: "add", id: 1, side: "sell", price: 100, size: 5 },
      { op: "add", id: 2, side: "buy", type: "market", size: 3, price: null },
      { op: "add", id: 2, side: "buy", type: "market", size: 3 },
      { op: "add", id: 3, side: "buy", price: 100, size: 9, owner: 3, stp: "cancel-both" },
      { op: "add", id: 4, side: "buy", price: 99, size: 2 ** 31 - 1 },
      { op: "add", id: 5, side: "buy", price: 99, size: 2 ** 31 - 1 },
      { op: "add", id: 6, side: "buy", price: 99, size: 2 ** 31 - 1 },
      { op: "book", depth: 1 },
      { op: "book" },
      { op: "book", depth: 0.5 },
      { op: "replace", id: 4, price: 98, size: 7 },
      { op: "replace", id: 4, price: "98", size: 7 },
      { op: "cancel", id: 4 },
      { op: "cancel", id: 4 },
      { op: "cancel" },
      { op: "limits", owner: 3, maxOrderSize: 5 },
      { op: "limits", owner: 3, maxOrderSize: null },
      { op: "limits" },
      { op: "kill", owner: 3 },
      { op: "kill", owner: 0 },
      { op: "lift", owner: 3 },
      { op: "lift", owner: "3" },
      { op: "buy" },
    ];
    for (const command of commands) {
      expect(JSON.stringify(execute(adapted, command))).toBe(JSON.stringify(execute(plain, command)));
    }
  });

  test.each([undefined, null, 5, "order"])("rejects %s where an order must stand", (order) => {
    const events = [{ event: "rejected", op: "add", reason: "invalid-id" }];
    expect(newEngine().addOrder(order as never)).toEqual(events);
    expect(withObjectDoor(newEngine()).addOrder(order as never)).toEqual(events);
  });

  test.each([undefined, null, 5, "limits"])("rejects %s where limits must stand", (limits) => {
    const events = [{ event: "rejected", op: "limits", reason: "invalid-owner" }];
    expect(newEngine().setLimits(limits as never)).toEqual(events);
    expect(withObjectDoor(newEngine()).setLimits(limits as never)).toEqual(events);
  });

  test("shares its book with the binary door", () => {
    const engine = withObjectDoor(newEngine());
    engine.addOrder({ id: 1, side: "buy", price: 100, size: 5 });
    encodeCommand({ op: "cancel", id: 1 }, engine.commands, 0);
    const words = engine.submit(6);
    expect(decodeEvents(engine.events, words)).toEqual([{ event: "canceled", id: 1, size: 5, reason: "user" }]);
  });
});
