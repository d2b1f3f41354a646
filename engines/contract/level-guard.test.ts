import { describe, expect, test } from "vitest";
import { OrderBook } from "../typescript/engine.ts";
import type { UncheckedCommand } from "./encode.ts";
import type { ObjectDoor } from "./engine.ts";
import { withLevelGuard, withRiskGuard } from "./level-guard.ts";
import { execute } from "./text.ts";

/** An engine that could do more, with order 1 in its book. */
function guarded(): ObjectDoor {
  const live = new Set<number>([1]);
  const engine = new OrderBook();
  engine.addOrder({ id: 1, side: "sell", price: 100, size: 5 });
  return withLevelGuard({
    addOrder: (order) => engine.addOrder(order),
    cancelOrder: (id) => engine.cancelOrder(id),
    getBook: (depth) => engine.getBook(depth),
    isLive: (id) => live.has(id),
  });
}

const add = { op: "add", id: 7, side: "buy", price: 90, size: 10 } as const;

describe("at level full", () => {
  const full = () => withRiskGuard(new OrderBook());

  test.each<[UncheckedCommand, string]>([
    [{ op: "limits", owner: 7, maxOrderSize: 5 }, "unsupported"],
    [{ op: "kill", owner: 7 }, "unsupported"],
    [{ op: "lift", owner: 7 }, "unsupported"],
    [{ op: "limits", owner: 7, maxOrderSize: 0 }, "invalid-limit"],
    [{ op: "limits", owner: 0, maxOrderSize: 0 }, "invalid-owner"],
    [{ op: "kill" }, "invalid-owner"],
    [{ op: "lift", owner: null }, "invalid-owner"],
  ])("%j is rejected as %s", (command, reason) => {
    expect(execute(full(), command)).toEqual([{ event: "rejected", op: command.op, reason }]);
    expect(execute(guarded(), command)).toEqual([{ event: "rejected", op: command.op, reason }]);
  });

  test("all else is the engine's", () => {
    const engine = full();
    expect(execute(engine, { ...add, tif: "ioc" })).toHaveLength(2);
    expect(execute(engine, { ...add, postOnly: true })).toEqual([{ event: "accepted", id: 7 }]);
    expect(execute(engine, { op: "replace", id: 7, price: 90, size: 4 })).toHaveLength(1);
    expect(execute(engine, { op: "book" })).toEqual([{ event: "book", bids: [[90, 4, 1]], asks: [] }]);
    expect(execute(engine, { op: "cancel", id: 7 })).toHaveLength(1);
  });
});

describe("at level core", () => {
  test.each<[string, UncheckedCommand]>([
    ["immediate-or-cancel", { ...add, tif: "ioc" }],
    ["fill-or-kill", { ...add, tif: "fok" }],
    ["post-only", { ...add, postOnly: true }],
    ["post-only that would cross", { ...add, price: 100, postOnly: true }],
    ["self-trade prevention, even of nobody", { ...add, stp: "cancel-both" }],
    [
      "self-trade prevention on a market order",
      { op: "add", id: 7, side: "buy", type: "market", size: 1, stp: "cancel-resting" },
    ],
    ["a replace", { op: "replace", id: 1, price: 100, size: 5 }],
  ])("%s is unsupported", (_name, command) => {
    const { op, id } = command;
    expect(execute(guarded(), command)).toEqual([{ event: "rejected", op, id, reason: "unsupported" }]);
  });

  test.each<[string, UncheckedCommand, string]>([
    ["an invalid price", { ...add, price: 0, tif: "ioc" }, "invalid-price"],
    ["a bad word for stp", { ...add, postOnly: true, stp: "all" }, "invalid-stp"],
    ["a duplicate id", { ...add, id: 1, tif: "fok" }, "duplicate-id"],
    ["a replace of an unknown order", { op: "replace", id: 7, price: 100, size: 5 }, "unknown-order"],
    ["a replace with a bad size", { op: "replace", id: 1, price: 100, size: 0 }, "invalid-size"],
  ])("%s comes before what is unsupported", (_name, command, reason) => {
    expect(execute(guarded(), command)).toMatchObject([{ event: "rejected", reason }]);
  });

  test("all else is the engine's", () => {
    const engine = guarded();
    expect(execute(engine, { ...add, tif: "gtc", postOnly: false, stp: "none", owner: 4 })).toEqual([
      { event: "accepted", id: 7 },
    ]);
    expect(execute(engine, { op: "add", id: 8, side: "buy", type: "market", tif: "ioc", size: 5 })).toHaveLength(2);
    expect(execute(engine, { op: "cancel", id: 7 })).toEqual([{ event: "canceled", id: 7, size: 10, reason: "user" }]);
    expect(execute(engine, { op: "book" })).toEqual([{ event: "book", bids: [], asks: [] }]);
  });
});
