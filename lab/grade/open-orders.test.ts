import { expect, test } from "vitest";
import { hostileCommands } from "../../engines/conformance/differential.ts";
import { OpenOrders } from "./open-orders.ts";
import { createReference } from "./reference.ts";

/** Prices of a side with the lots open at each, from the best. */
function levels(orders: OpenOrders, side: "buy" | "sell"): [number, number, number][] {
  const own = orders.list.filter((order) => order.side === side);
  const prices = [...new Set(own.map(({ price }) => price))].sort((a, b) => (side === "buy" ? b - a : a - b));
  return prices.map((price) => {
    const here = own.filter((order) => order.price === price);
    return [price, here.reduce((sum, { size }) => sum + size, 0), here.length];
  });
}

test.each([1, 2, 3])("what is open after hostile commands is what the book shows, seed %i", (seed) => {
  const reference = createReference("full");
  const orders = new OpenOrders();
  for (const command of hostileCommands(seed, 1_500)) orders.follow(command, reference.execute(command));
  const [book] = reference.execute({ op: "book", depth: 2_000 });
  expect(book).toEqual({ event: "book", bids: levels(orders, "buy"), asks: levels(orders, "sell") });
});

test("an order that was filled or canceled is gone, and one that rests is not", () => {
  const reference = createReference("full");
  const orders = new OpenOrders();
  const commands = [
    { op: "add", id: 1, side: "sell", price: 10, size: 3, owner: 7 },
    { op: "add", id: 2, side: "sell", price: 11, size: 3, postOnly: true },
    { op: "add", id: 3, side: "buy", price: 10, size: 5 },
    { op: "replace", id: 2, price: 12, size: 4 },
    { op: "cancel", id: 3 },
  ];
  for (const command of commands) orders.follow(command, reference.execute(command));
  expect(orders.gone).toEqual([1, 3]);
  expect(orders.list).toEqual([{ id: 2, side: "sell", price: 12, size: 4, owner: 0, postOnly: true }]);
});
