import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Side } from "../contract/commands.ts";
import { BookSide } from "./book-side.ts";
import type { Order } from "./price-level.ts";

let lastId = 0;

function order(side: Side, price: number, openSize = 1): Order {
  lastId += 1;
  const rest = { owner: 0, stp: "none", postOnly: false, previous: undefined, next: undefined } as const;
  return { id: lastId, side, price, openSize, ...rest };
}

function sideWith(side: Side, prices: readonly number[]): BookSide {
  const bookSide = new BookSide(side);
  for (const price of prices) bookSide.append(order(side, price));
  return bookSide;
}

describe("a side of the book", () => {
  test("lists bids from the highest price down, asks from the lowest up", () => {
    const prices = [101, 99, 100, 99];
    expect(sideWith("buy", prices).snapshot(10)).toEqual([
      [101, 1, 1],
      [100, 1, 1],
      [99, 2, 2],
    ]);
    expect(sideWith("sell", prices).snapshot(2)).toEqual([
      [99, 2, 2],
      [100, 1, 1],
    ]);
  });

  test("is crossed at its best price and beyond, and not short of it", () => {
    const bids = sideWith("buy", [100, 99]);
    expect(bids.bestCrossedBy(101)).toBe(undefined);
    expect(bids.bestCrossedBy(100)?.price).toBe(100);
    expect(bids.bestCrossedBy(0)?.price).toBe(100);
    const asks = sideWith("sell", [100, 101]);
    expect(asks.bestCrossedBy(99)).toBe(undefined);
    expect(asks.bestCrossedBy(100)?.price).toBe(100);
    expect(asks.bestCrossedBy(Number.POSITIVE_INFINITY)?.price).toBe(100);
  });

  test("tells of the levels that a price crosses, the best first", () => {
    const asks = sideWith("sell", [103, 100, 101, 102]);
    expect([...asks.levelsCrossedBy(102)].map((level) => level.price)).toEqual([100, 101, 102]);
    expect([...asks.levelsCrossedBy(99)]).toEqual([]);
  });

  test("forgets a level with its last order, and finds the next best", () => {
    const bids = sideWith("buy", [99]);
    const best = order("buy", 100);
    bids.append(best);
    bids.remove(best);
    expect(bids.snapshot(10)).toEqual([[99, 1, 1]]);
    expect(bids.bestCrossedBy(1)?.price).toBe(99);
  });

  test("has the levels of the orders that are left, sorted, whatever came and went", () => {
    const step = fc.record({ price: fc.integer({ min: 1, max: 12 }), leaves: fc.boolean() });
    fc.assert(
      fc.property(fc.constantFrom<Side>("buy", "sell"), fc.array(step), (side, steps) => {
        const bookSide = new BookSide(side);
        const live: Order[] = [];
        for (const { price, leaves } of steps) {
          const leaving = leaves ? live.splice(price % Math.max(live.length, 1), 1)[0] : undefined;
          if (leaving !== undefined) bookSide.remove(leaving);
          else bookSide.append(live[live.push(order(side, price, price)) - 1]);
        }
        const prices = [...new Set(live.map(({ price }) => price))].sort((a, b) => (side === "buy" ? b - a : a - b));
        const count = (price: number) => live.filter((other) => other.price === price).length;
        expect(bookSide.snapshot(100)).toEqual(prices.map((price) => [price, price * count(price), count(price)]));
      }),
    );
  });
});
