import fc from "fast-check";
import { expect, test } from "vitest";
import { shrinkInteger, shrinkList } from "./shrink.ts";

/** Takes the first smaller value that still fails, until none does. */
function smallest<T>(value: T, shrink: (value: T) => Iterable<T>, fails: (value: T) => boolean): T {
  for (const smaller of shrink(value)) if (fails(smaller)) return smallest(smaller, shrink, fails);
  return value;
}

test("an integer shrinks to the one nearest to its target that still fails", () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.nat(1e9), (limit, more) => {
      const found = smallest(
        limit + more,
        (value) => shrinkInteger(value, limit - 100),
        (value) => value >= limit,
      );
      expect(found).toBe(limit);
    }),
  );
});

test("a list shrinks to the elements that matter", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1000)), fc.array(fc.nat(1000)), (before, after) => {
      const fails = (list: number[]): boolean => list.some((value) => value >= 1001);
      const shrink = (list: number[]) => shrinkList(list, shrinkInteger);
      expect(smallest([...before, 5000, ...after], shrink, fails)).toEqual([1001]);
    }),
  );
});

test("no list is shorter than it may be, and none is longer than before", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(9), { minLength: 2, maxLength: 40 }), (list) => {
      for (const smaller of shrinkList(list, shrinkInteger, 2)) {
        expect(smaller.length).toBeGreaterThanOrEqual(2);
        expect(smaller.length).toBeLessThanOrEqual(list.length);
        expect(smaller).not.toEqual(list);
      }
    }),
  );
});
