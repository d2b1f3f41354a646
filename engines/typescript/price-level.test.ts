import { expect, test } from "vitest";
import { type Order, PriceLevel } from "./price-level.ts";

function order(id: number, openSize = 1): Order {
  const rest = { owner: 0, stp: "none", postOnly: false, previous: undefined, next: undefined } as const;
  return { id, side: "buy", price: 100, openSize, ...rest };
}

function queue(level: PriceLevel): number[] {
  const ids: number[] = [];
  for (let each = level.first; each !== undefined; each = each.next) ids.push(each.id);
  return ids;
}

function levelOf(...orders: Order[]): PriceLevel {
  const level = new PriceLevel(100);
  for (const each of orders) level.append(each);
  return level;
}

test.each([
  ["the head", 1, [2, 3]],
  ["the middle", 2, [1, 3]],
  ["the last", 3, [1, 2]],
])("an order leaves from %s, and the others keep their places", (_name, id, left) => {
  const orders = [order(1), order(2), order(3)];
  const level = levelOf(...orders);
  level.remove(orders[id - 1]);
  expect(queue(level)).toEqual(left);
  level.append(order(4));
  expect(queue(level)).toEqual([...left, 4]);
});

test("a level that was emptied takes orders again", () => {
  const only = order(1);
  const level = levelOf(only);
  level.remove(only);
  expect([level.orders, level.size, level.first]).toEqual([0, 0, undefined]);
  level.append(order(2));
  expect(queue(level)).toEqual([2]);
});

test("an order that is reduced keeps its place, and the level's total follows", () => {
  const first = order(1, 10);
  const level = levelOf(first, order(2, 5));
  level.reduce(first, 4);
  expect([first.openSize, level.size, level.orders]).toEqual([6, 11, 2]);
  expect(queue(level)).toEqual([1, 2]);
});

test("totals stay exact past 2^32", () => {
  const level = levelOf(order(1, 2 ** 31 - 1), order(2, 2 ** 31 - 1), order(3, 2 ** 31 - 1));
  expect(level.size).toBe(3 * (2 ** 31 - 1));
});
