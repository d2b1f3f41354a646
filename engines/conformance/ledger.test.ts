import { describe, expect, test } from "vitest";
import type { EngineEvent } from "../contract/events.ts";
import { Ledger } from "./ledger.ts";

const buy = (id: number, price: number, size: number, more: object = {}) => ({
  op: "add",
  id,
  side: "buy",
  price,
  size,
  ...more,
});
const sell = (id: number, price: number, size: number, owner = 0) => ({
  op: "add",
  id,
  side: "sell",
  price,
  size,
  owner,
});
const accepted = (id: number): EngineEvent => ({ event: "accepted", id });
const executed = (taker: number, maker: number, price: number, size: number): EngineEvent => ({
  event: "executed",
  taker,
  maker,
  price,
  size,
});
const canceled = (id: number, size: number, reason: "user" | "ioc" | "self-trade" = "user"): EngineEvent => ({
  event: "canceled",
  id,
  size,
  reason,
});

/** Asks 1 and 2, five lots each at 100, and 3 of owner 7 at 101. */
function withThreeAsks(): Ledger {
  const ledger = new Ledger();
  for (const [id, price, owner] of [
    [1, 100],
    [2, 100],
    [3, 101, 7],
  ])
    ledger.record(sell(id, price, 5, owner), [accepted(id)]);
  return ledger;
}

test("a flow that adds up is kept account of", () => {
  const ledger = withThreeAsks();
  ledger.record(buy(4, 101, 12), [accepted(4), executed(4, 1, 100, 5), executed(4, 2, 100, 5), executed(4, 3, 101, 2)]);
  expect(ledger.book()).toEqual({ event: "book", bids: [], asks: [[101, 3, 1]] });
  expect(ledger.liveIds).toEqual([3]);
});

describe("it finds", () => {
  test.each<[string, object, EngineEvent[]]>([
    ["a maker that is not the first in time", buy(4, 100, 5), [accepted(4), executed(4, 2, 100, 5)]],
    ["a maker that is not the best in price", buy(4, 101, 5), [accepted(4), executed(4, 3, 101, 5)]],
    ["a trade beyond the limit", buy(4, 99, 5), [accepted(4), executed(4, 1, 100, 5)]],
    ["a trade at another price than the maker's", buy(4, 101, 5), [accepted(4), executed(4, 1, 101, 5)]],
    ["a trade of too few lots", buy(4, 100, 5), [accepted(4), executed(4, 1, 100, 4), executed(4, 2, 100, 1)]],
    ["a trade of more lots than are open", buy(4, 100, 9), [accepted(4), executed(4, 1, 100, 9)]],
    ["a crossed book", buy(4, 100, 5), [accepted(4)]],
    ["a trade that ended too early", buy(4, 100, 10), [accepted(4), executed(4, 1, 100, 5)]],
    ["an ioc order that rests", buy(4, 99, 5, { tif: "ioc" }), [accepted(4)]],
    [
      "a residual of the wrong size",
      buy(4, 100, 12, { tif: "ioc" }),
      [accepted(4), executed(4, 1, 100, 5), executed(4, 2, 100, 5), canceled(4, 3, "ioc")],
    ],
    [
      "a self-trade that was not prevented",
      buy(4, 101, 15, { owner: 7, stp: "cancel-both" }),
      [accepted(4), executed(4, 1, 100, 5), executed(4, 2, 100, 5), executed(4, 3, 101, 5)],
    ],
    [
      "a self-trade prevented between two owners",
      buy(4, 100, 5, { owner: 8, stp: "cancel-resting" }),
      [accepted(4), canceled(1, 5, "self-trade"), executed(4, 2, 100, 5)],
    ],
    [
      "a taker that goes on after cancel-both",
      buy(4, 101, 11, { owner: 7, stp: "cancel-both" }),
      [accepted(4), executed(4, 1, 100, 5), executed(4, 2, 100, 5), canceled(3, 5, "self-trade")],
    ],
    [
      "a taker canceled where its own was not next",
      buy(4, 101, 11, { owner: 7, stp: "cancel-incoming" }),
      [accepted(4), canceled(4, 11, "self-trade")],
    ],
    ["a post-only order that trades", buy(4, 100, 5, { postOnly: true }), [accepted(4), executed(4, 1, 100, 5)]],
    [
      "events after the taker was canceled",
      buy(4, 99, 5),
      [accepted(4), canceled(4, 5, "self-trade"), canceled(1, 5, "self-trade")],
    ],
    ["a self-trade with one that is not next", buy(4, 100, 5), [accepted(4), canceled(2, 5, "self-trade")]],
    ["an id accepted twice", sell(1, 102, 5), [accepted(1)]],
    ["a cancel of the wrong size", { op: "cancel", id: 1 }, [canceled(1, 4)]],
    ["a cancel of nobody", { op: "cancel", id: 9 }, [canceled(9, 5)]],
    ["a replace of nobody", { op: "replace", id: 9 }, [{ event: "replaced", id: 9, price: 100, size: 1 }]],
    [
      "a reject that is not alone",
      buy(4, 100, 5),
      [{ event: "rejected", op: "add", id: 4, reason: "would-cross" }, accepted(4)],
    ],
    [
      "a book that does not add up",
      { op: "book" },
      [
        {
          event: "book",
          bids: [],
          asks: [
            [100, 9, 2],
            [101, 5, 1],
          ],
        },
      ],
    ],
    ["a book with a level too few", { op: "book" }, [{ event: "book", bids: [], asks: [[100, 10, 2]] }]],
    ["no event at all", { op: "book" }, []],
  ])("%s", (_, command, events) => {
    expect(() => withThreeAsks().record(command, events)).toThrow(Error);
  });
});
