import { expect, test } from "vitest";
import { withBinaryDoor } from "../../engines/contract/binary-adapter.ts";
import { OrderBook } from "../../engines/typescript/engine.ts";
import { Session } from "../../lab/market/session.ts";
import QuickQuoter from "./quick-quoter.ts";

test("the quoter has eight orders at most, and cancels most of what it sends", () => {
  const engine = withBinaryDoor(new OrderBook());
  const session = new Session({
    engine,
    door: "objects",
    strategy: new QuickQuoter(),
    profile: "std",
    seed: 7,
    orders: 20_000,
  });
  while (session.ordersLeft > 0) {
    session.step();
    expect(session.account.openOrders.length).toBeLessThanOrEqual(8);
  }
  expect(session.account.fills).toBeGreaterThan(100);
});
