import { expect, test } from "vitest";
import { withBinaryDoor } from "../../engines/contract/binary-adapter.ts";
import { OrderBook } from "../../engines/typescript/engine.ts";
import { Session } from "../../lab/market/session.ts";
import MarketMaker from "./market-maker.ts";

function run(seed: number, orders: number): { session: Session; largest: number } {
  const engine = withBinaryDoor(new OrderBook());
  const session = new Session({ engine, door: "objects", strategy: new MarketMaker(), profile: "std", seed, orders });
  let largest = 0;
  while (session.ordersLeft > 0) {
    session.step();
    largest = Math.max(largest, Math.abs(session.account.inventory));
  }
  return { session, largest };
}

test.each([1, 7, 42])("the market maker trades on both sides and keeps its inventory bounded, seed %i", (seed) => {
  const { session, largest } = run(seed, 20_000);
  expect(session.account.fills).toBeGreaterThan(100);
  expect(largest).toBeLessThanOrEqual(440);
  expect(session.account.openOrders.length).toBeLessThanOrEqual(2);
});

test("the market maker never crosses the book by itself", () => {
  const { session } = run(7, 20_000);
  // Its orders are the only ones with an owner: whoever takes in a trade of its is somebody else.
  const { events } = session.log;
  let taken = 0;
  for (let at = 0; at < events.length; at += 5) if ((events[at] & 0xff) === 2 && events[at + 1] % 2 === 1) taken++;
  expect(taken).toBe(0);
});
