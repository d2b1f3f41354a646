import { expect, test } from "vitest";
import { Draws, seedFor } from "./draws.ts";

test("the same seed draws the same values, another seed others", () => {
  const values = (seed: number) => {
    const draws = new Draws(seed);
    return draws.list(20, () => draws.integer(0, 1_000));
  };
  expect(values(1)).toEqual(values(1));
  expect(values(1)).not.toEqual(values(2));
});

test("integers reach both ends and nothing else", () => {
  const draws = new Draws(3);
  expect(new Set(draws.list(500, () => draws.integer(-1, 2)))).toEqual(new Set([-1, 0, 1, 2]));
});

test("log-uniform values are spread over the powers of two, ends included", () => {
  const draws = new Draws(4);
  const values = draws.list(20_000, () => draws.logUniform(1, 2 ** 20 - 1));
  const counts = new Array<number>(20).fill(0);
  for (const value of values) counts[Math.floor(Math.log2(value))]++;
  for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(200);
  expect(Math.min(...values)).toBe(1);
  expect(new Set(draws.list(50, () => draws.logUniform(10, 11)))).toEqual(new Set([10, 11]));
});

test("each name has a seed of its own under one seed", () => {
  const seeds = ["a", "b", "ab", "ba"].flatMap((name) => [seedFor(1, name), seedFor(2, name)]);
  expect(new Set(seeds).size).toBe(8);
  for (const seed of seeds) expect(() => new Draws(seed)).not.toThrow();
});
