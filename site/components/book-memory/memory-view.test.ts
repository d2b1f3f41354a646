import { expect, test } from "vitest";
import { BookMemory, pricesIn } from "./memory-view.ts";

function withQueue(orders: number): BookMemory {
  const memory = new BookMemory();
  for (let order = 0; order < orders; order++) memory.add(false, 96, 5);
  return memory;
}

test("an order in the middle of a queue leaves its two neighbours, its level and its own record written", () => {
  const memory = withQueue(20);
  memory.cancel(10);
  const { records, queues } = memory.look();
  const written = records.filter((record) => record.written).map(({ slot, kind }) => `${slot} ${kind}`);
  // Slot 1 is the level, and the order n is in slot n + 1.
  expect(written).toEqual(["1 level", "10 order", "11 free", "12 order"]);
  expect(queues[0].orders.map(({ id }) => id)).not.toContain(10);
});

test("the slot that was freed last is taken next", () => {
  const memory = withQueue(3);
  memory.cancel(1);
  memory.cancel(2);
  const id = memory.add(true, 70, 1);
  const { records } = memory.look();
  // The level of the new price takes the one, the order the other.
  expect(records[3]).toMatchObject({ kind: "level", text: "price 70, 1 order", links: "← 2 · 2 →" });
  expect(records[2]).toMatchObject({ kind: "order", text: `order ${id}, 1 lot`, links: "← 3 · 3 →" });
});

test("a price's bit, and its word's bit above, are set while it has orders", () => {
  const memory = withQueue(1);
  memory.add(true, 95, 2);
  const { leaves, above } = memory.look();
  expect([pricesIn(leaves[0], 2), pricesIn(leaves[1], 3)]).toEqual([[95], [96]]);
  expect(pricesIn(above, 0)).toEqual([2, 3]);
  memory.cancel(1);
  expect(memory.look().leaves[1]).toBe(0);
  expect(pricesIn(memory.look().above, 0)).toEqual([2]);
});

test("orders that trade leave the book", () => {
  const memory = withQueue(2);
  memory.add(true, 96, 7);
  expect(memory.look().queues).toMatchObject([{ price: 96, orders: [{ id: 2, size: 3, isBuy: false }] }]);
  expect(memory.has(1)).toBe(false);
});
