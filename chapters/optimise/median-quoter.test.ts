import { expect, test } from "vitest";
import { withBinaryDoor } from "../../engines/contract/binary-adapter.ts";
import { OrderBook } from "../../engines/typescript/engine.ts";
import { Session } from "../../lab/market/session.ts";
import type { Strategy } from "../../lab/market/strategy.ts";
import KeptMedianQuoter from "./kept-median-quoter.ts";
import MedianQuoter from "./median-quoter.ts";

function run(strategy: Strategy) {
  const engine = withBinaryDoor(new OrderBook());
  const session = new Session({ engine, door: "objects", strategy, profile: "std", seed: 7, orders: 20_000 });
  const books: unknown[] = [];
  while (session.ordersLeft > 0) {
    session.step();
    const { inventory, cash, fills } = session.account;
    books.push([inventory, cash, fills]);
  }
  return books;
}

test("the quoter that keeps its window in order does what the one that sorts it does, book by book", () => {
  const sorting = run(new MedianQuoter());
  expect(run(new KeptMedianQuoter())).toEqual(sorting);
  expect((sorting.at(-1) as number[])[2]).toBeGreaterThan(100);
});
