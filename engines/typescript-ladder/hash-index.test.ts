import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HashIndex } from "./hash-index.ts";

/** Keys that collide in a small table, neighbours, and any. */
const key = fc.oneof(
  fc.integer({ min: 1, max: 40 }),
  fc.integer({ min: 1, max: 40 }).map((n) => n << 25),
  fc.integer({ min: 1, max: 2 ** 31 - 1 }),
);

describe("HashIndex", () => {
  test("does what a Map does", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.boolean()), { maxLength: 400 }), (steps) => {
        const index = new HashIndex();
        const map = new Map<number, number>();
        steps.forEach(([each, adds], step) => {
          expect(index.get(each)).toBe(map.get(each) ?? 0);
          if (!adds || map.has(each)) {
            expect(index.take(each)).toBe(map.get(each) ?? 0);
            map.delete(each);
          } else {
            index.add(each, step + 1);
            map.set(each, step + 1);
          }
        });
        for (const [each, value] of map) expect(index.get(each)).toBe(value);
      }),
    );
  });

  test("keeps every key while it grows", () => {
    const index = new HashIndex();
    for (let i = 1; i <= 10_000; i++) index.add(i * 65_537, i);
    for (let i = 1; i <= 10_000; i++) expect(index.get(i * 65_537)).toBe(i);
  });
});
