import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RecordedOrders, referenceText } from "./recorded-orders.ts";

describe("recorded orders", () => {
  test("find, change and remove what a Map holds, under any 64-bit references", () => {
    const half = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.integer());
    const step = fc.record({ high: half, low: half, remove: fc.boolean(), size: fc.integer({ min: 1 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 3000, size: "max" }), (steps) => {
        const orders = new RecordedOrders();
        const model = new Map<string, { high: number; low: number; price: number; size: number }>();
        for (const { high, low, remove, size } of steps) {
          const key = `${high}:${low}`;
          const place = orders.find(high, low);
          expect(place >= 0).toBe(model.has(key));
          if (place < 0) {
            expect(orders.add(high, low, -size, size)).toBeGreaterThan(0);
            model.set(key, { high, low, price: -size, size });
          } else if (remove) {
            orders.remove(place);
            model.delete(key);
          } else {
            expect(orders.add(high, low, 1, 1)).toBe(0);
            orders.setOpen(place, size);
            model.set(key, { high, low, price: orders.priceOf(orders.idAt(place)), size });
          }
        }
        expect(orders.live).toBe(model.size);
        for (const { high, low, price, size } of model.values()) {
          const place = orders.find(high, low);
          expect([orders.openAt(place), orders.priceOf(orders.idAt(place))]).toEqual([size, price]);
        }
      }),
      { numRuns: 30 },
    );
  });

  test("keep every order while they grow past their first room, and while most leave", () => {
    const orders = new RecordedOrders();
    for (let low = 1; low <= 5000; low++) orders.add(0, low, low, low);
    for (let low = 1; low <= 5000; low++) if (low % 7 !== 0) orders.remove(orders.find(0, low));
    for (let low = 1; low <= 5000; low++) {
      const place = orders.find(0, low);
      expect(place >= 0).toBe(low % 7 === 0);
      if (place >= 0) expect(orders.openAt(place)).toBe(low);
    }
  });

  test("give an id again once its order is gone, so that ids stay as few as orders", () => {
    const orders = new RecordedOrders();
    const ids = new Set<number>();
    for (let low = 1; low <= 10_000; low++) {
      ids.add(orders.add(low % 3, low, 5, 1));
      if (low > 10) orders.remove(orders.find((low - 10) % 3, low - 10));
    }
    expect(Math.max(...ids)).toBe(11);
    expect(Math.min(...ids)).toBe(1);
  });
});

test("a reference is told as the unsigned number that it is", () => {
  expect(referenceText(-1, -1)).toBe("18446744073709551615");
  expect(referenceText(0, 4711)).toBe("4711");
});
