import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PRICE_END, PriceBits } from "./price-bits.ts";

const edges = [1, 31, 32, 33, 1023, 1024, 1025, 2 ** 15, 2 ** 20 - 1, 2 ** 20, 2 ** 23, PRICE_END - 1];
const price = fc.oneof(
  fc.constantFrom(...edges),
  fc.integer({ min: 1, max: 200 }),
  fc.integer({ min: 1, max: PRICE_END - 1 }),
);

describe("PriceBits", () => {
  test("finds the next price both ways, as a sorted list does", () => {
    fc.assert(
      fc.property(fc.array(price), fc.array(price), fc.array(price), (added, deleted, asked) => {
        const bits = new PriceBits();
        for (const each of added) bits.add(each);
        for (const each of deleted) bits.delete(each);
        const left = [...new Set(added)].filter((each) => !deleted.includes(each)).sort((a, b) => a - b);
        for (const each of [...asked, ...added]) {
          expect(bits.above(each)).toBe(left.find((other) => other > each) ?? PRICE_END);
          expect(bits.below(each)).toBe(left.findLast((other) => other < each) ?? 0);
        }
      }),
    );
  });

  test("an empty set has no next price", () => {
    const bits = new PriceBits();
    expect(bits.above(0)).toBe(PRICE_END);
    expect(bits.below(PRICE_END - 1)).toBe(0);
  });
});
