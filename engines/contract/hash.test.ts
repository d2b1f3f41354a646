import { expect, test } from "vitest";
import { EventHash } from "./hash.ts";

function hashOf(...batches: number[][]): string {
  const hash = new EventHash();
  for (const words of batches) hash.add(Int32Array.from(words), words.length);
  return hash.value;
}

test("no records have the hash of no records", () => {
  expect(hashOf()).toBe("0000000000000000");
});

test("the hash is the same everywhere: these are its digits for these words", () => {
  // Worked out by hand for one word: 1 × m in each lane; -1 must count as 0xffffffff.
  expect(hashOf([1])).toBe("9e3779b185ebca6b");
  expect(hashOf([-1])).toBe("61c8864f7a143595");
});

test("batch boundaries don't matter", () => {
  expect(hashOf([1, 7, 0, 0, 0], [2, 9, 7, 100, 4])).toBe(hashOf([1, 7, 0, 0, 0, 2, 9, 7, 100, 4]));
});

test("words after those that count don't matter", () => {
  const hash = new EventHash();
  hash.add(Int32Array.of(1, 7, 0, 0, 0, 99, 99), 5);
  expect(hash.value).toBe(hashOf([1, 7, 0, 0, 0]));
});

test("order matters, and so does every word and how many there are", () => {
  const base = hashOf([1, 7, 0, 0, 0, 1, 8, 0, 0, 0]);
  expect(hashOf([1, 8, 0, 0, 0, 1, 7, 0, 0, 0])).not.toBe(base);
  expect(hashOf([1, 7, 0, 0, 0])).not.toBe(base);
  for (let word = 0; word < 10; word++) {
    for (let bit = 0; bit < 32; bit++) {
      const words = [1, 7, 0, 0, 0, 1, 8, 0, 0, 0];
      words[word] ^= 1 << bit;
      expect(hashOf(words)).not.toBe(base);
    }
  }
});
