import { describe, expect, test } from "vitest";
import { Random } from "./random.ts";

describe("Random", () => {
  test("gives the documented numbers", () => {
    const random = new Random(1);
    expect([random.next(), random.next(), random.next(), random.next()]).toEqual([
      942367711, -1592480147, 1435577371, 1897460643,
    ]);
  });

  test("below is the upper word of the 64-bit product, for every bound", () => {
    const draws = new Random(7);
    const same = new Random(7);
    const bounds = new Random(8);
    for (let i = 0; i < 20_000; i++) {
      const bound = (bounds.next() >>> (1 + (i % 31))) | 1;
      const product = BigInt(same.next() >>> 0) * BigInt(bound);
      expect(draws.below(bound)).toBe(Number(product >> 32n));
    }
  });

  test("below spreads its values evenly", () => {
    const random = new Random(3);
    const counts = new Int32Array(10);
    for (let i = 0; i < 100_000; i++) counts[random.below(10)]++;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  test.each([-1, 1.5, Number.NaN, 2 ** 32])("refuses the seed %s", (seed) => {
    expect(() => new Random(seed)).toThrow(/seed is .* integer from 0 to 4294967295/);
  });
});
