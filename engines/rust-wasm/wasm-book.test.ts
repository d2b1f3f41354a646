import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { COMMAND_WORDS, EVENT_WORDS, KIND, OP, SIDE, SIDE_SHIFT } from "../contract/binary.ts";
import { EventHash } from "../contract/hash.ts";
import type { WasmBook } from "../contract/wasm-book.ts";
import { generate } from "../flow/flow.ts";
import { loadWasmBook } from "./wasm-book.ts";

let createBook: () => WasmBook;

beforeAll(async () => {
  createBook = await loadWasmBook(
    async (path) => new Uint8Array(await readFile(new URL(`../../${path}`, import.meta.url))),
  );
});

const BUY = OP.add | (SIDE.buy << SIDE_SHIFT);
const SELL = OP.add | (SIDE.sell << SIDE_SHIFT);

/** The kinds of the events in the first `words` words. */
function kindsOf(book: WasmBook, words: number): number[] {
  return Array.from({ length: words / EVENT_WORDS }, (_, i) => book.events[i * EVENT_WORDS] & 0xff);
}

function hashOfBatches(book: WasmBook, commands: Int32Array, batch: number): string {
  const hash = new EventHash();
  book.reserve(batch);
  for (let at = 0; at < commands.length; at += batch * COMMAND_WORDS) {
    const part = commands.subarray(at, at + batch * COMMAND_WORDS);
    book.commands.set(part);
    const words = book.submit(part.length);
    hash.add(book.events, words);
  }
  return hash.value;
}

/** One command by the call that it has; a record for what has none. */
function call(book: WasmBook, [codes, id, price, size, owner]: Int32Array): number {
  switch (codes & 0xf00000ff) {
    case OP.add:
      return book.add(codes, id, price, size, owner);
    case OP.cancel:
      return book.cancel(id);
    case OP.replace:
      return book.replace(id, price, size);
    case OP.book:
      return book.book(size);
    default:
      book.commands.set([codes, id, price, size, owner, 0]);
      return book.submit(COMMAND_WORDS);
  }
}

describe("the doors", () => {
  test.each(["std", "full"] as const)("a call per order gives the events of batches, on %s", (profile) => {
    const commands = generate(profile, 7, 20_000);
    const book = createBook();
    const hash = new EventHash();
    for (let at = 0; at < commands.length; at += COMMAND_WORDS) {
      const words = call(book, commands.subarray(at, at + COMMAND_WORDS));
      hash.add(book.events, words);
    }
    expect(hash.value).toBe(hashOfBatches(createBook(), commands, 512));
    expect(hash.value).toBe(hashOfBatches(createBook(), commands, 1));
  });

  test("an add by scalars is checked as a record is", () => {
    const book = createBook();
    expect(kindsOf(book, book.add(BUY, 1, 0, 5, 0))).toEqual([KIND.rejected]);
    expect(kindsOf(book, book.add(BUY, 1, 100, 5, 0))).toEqual([KIND.accepted]);
  });

  test.each([-1, 0.5, Number.NaN, 1e9])("submit(%s) is refused, and nothing executed", (words) => {
    const book = createBook();
    book.commands.set([BUY, 1, 100, 5, 0, 0]);
    expect(() => book.submit(words)).toThrow(RangeError);
    expect(kindsOf(book, book.cancel(1))).toEqual([KIND.rejected]);
  });
});

describe("the views", () => {
  test("survive a memory that grows under many orders", () => {
    const book = createBook();
    const [commands, before] = [book.commands, book.memoryBytes];
    for (let id = 1; id <= 100_000; id++) {
      const words = book.add(BUY, id, 1 + (id % 5000), 3, 0);
      expect(words === EVENT_WORDS && book.events[1] === id).toBe(true);
    }
    expect(book.memoryBytes).toBeGreaterThan(before);
    expect(commands.length).toBe(0);
    book.commands.set([OP.cancel, 77_777, 0, 0, 0, 0]);
    expect(kindsOf(book, book.submit(COMMAND_WORDS))).toEqual([KIND.canceled]);
    expect(book.events[1]).toBe(77_777);
  });

  test("survive an event buffer that grows, within one command", () => {
    const book = createBook();
    const makers = 50_000;
    for (let id = 1; id <= makers; id++) book.add(SELL, id, 100, 1, 0);
    const words = book.add(BUY, makers + 1, 100, makers, 0);
    expect(words).toBe((makers + 1) * EVENT_WORDS);
    const makersMet = Array.from({ length: makers }, (_, i) => book.events[(i + 1) * EVENT_WORDS + 2]);
    expect(makersMet).toEqual(Array.from({ length: makers }, (_, i) => i + 1));
  });

  test("hold what is reserved, and a smaller reserve changes nothing", () => {
    const book = createBook();
    book.reserve(100_000);
    expect(book.commands.length).toBeGreaterThanOrEqual(100_000 * COMMAND_WORDS);
    const { commands } = book;
    book.reserve(10);
    expect(book.commands).toBe(commands);
  });
});

describe("instances", () => {
  test("share no book", () => {
    const [one, other] = [createBook(), createBook()];
    one.add(BUY, 1, 100, 5, 0);
    expect(kindsOf(other, other.cancel(1))).toEqual([KIND.rejected]);
    expect(kindsOf(one, one.cancel(1))).toEqual([KIND.canceled]);
  });

  test("end with a trap, say so from then on, and take no other along", () => {
    const [broken, sound] = [createBook(), createBook()];
    broken.add(BUY, 1, 100, 5, 0);
    sound.add(BUY, 1, 100, 5, 0);
    const ended = /instance of this engine has ended: it trapped.*Its book is lost; make a new engine/;
    // More than 4 GiB.
    expect(() => broken.reserve(2 ** 28)).toThrow(ended);
    expect(() => broken.cancel(1)).toThrow(ended);
    expect(() => broken.submit(COMMAND_WORDS)).toThrow(ended);
    expect(() => broken.cancel(1)).toThrow(/^(?!.*trapped.*trapped)/);
    expect(broken.memoryBytes).toBeGreaterThan(0);
    expect(kindsOf(sound, sound.cancel(1))).toEqual([KIND.canceled]);
    const next = createBook();
    expect(kindsOf(next, next.add(BUY, 1, 100, 5, 0))).toEqual([KIND.accepted]);
  });

  test("begin small", () => expect(createBook().memoryBytes).toBeLessThanOrEqual(2 * 2 ** 20));

  test("hold a million live orders in 96 MiB, ids dense or scattered", () => {
    for (const step of [1, 2147]) {
      const book = createBook();
      for (let id = 1; id <= 1_000_000; id++) book.add(BUY, id * step, 1 + (id % 5000), 3, 0);
      expect(book.memoryBytes).toBeLessThanOrEqual(96 * 2 ** 20);
      expect(kindsOf(book, book.cancel(500_000 * step))).toEqual([KIND.canceled]);
    }
  });
});
