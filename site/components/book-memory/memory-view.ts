import { EventLog } from "../../../engines/typescript-ladder/event-log.ts";
import { BUY_TRAIT, LadderBook } from "../../../engines/typescript-ladder/ladder-book.ts";
import { PRICE_END } from "../../../engines/typescript-ladder/price-bits.ts";
import { NONE, RECORD_WORDS } from "../../../engines/typescript-ladder/record-slab.ts";

/** The prices that the reader can choose: both sides of the edge between two words of bits. */
export const LEAST_PRICE = 64;
export const GREATEST_PRICE = 127;
/** Words of 32 bits that hold these prices. */
export const LEAF_WORDS = [2, 3];

/** Words of a record, as `ladder-book.ts` lays them out. */
const [ID, LEVEL, OPEN, PREVIOUS, NEXT, , TRAITS] = [0, 1, 2, 3, 4, 5, 6];

/** One record of the slab, by its slot: its reference divided by a record's words. */
export interface RecordView {
  slot: number;
  kind: "none" | "order" | "level" | "free";
  /** What stands in it, for the reader. */
  text: string;
  /** The slots before it and behind it in its queue; empty where it is in none. */
  links: string;
  /** Whether the last command wrote to it. */
  written: boolean;
}

/** The queue of one price, from its first order on. */
export interface QueueView {
  price: number;
  slot: number;
  orders: { id: number; slot: number; size: number; isBuy: boolean }[];
}

/** The book's memory after a command. */
export interface MemoryView {
  records: RecordView[];
  /** From the highest price down. */
  queues: QueueView[];
  /** The prices' own words, and the word above them. */
  leaves: number[];
  above: number;
  writtenWords: number;
}

/** The book on typed arrays, and what its commands write. */
export class BookMemory {
  readonly #log = new EventLog();
  readonly #book = new LadderBook(this.#log);
  #before = new Int32Array();
  #lastId = 0;

  /** @returns the new order's id */
  add(isBuy: boolean, price: number, size: number): number {
    this.#remember();
    this.#lastId += 1;
    this.#book.addLimit(this.#lastId, price, size, 0, isBuy ? BUY_TRAIT : 0);
    return this.#lastId;
  }

  cancel(id: number): void {
    this.#remember();
    this.#book.cancel(id);
  }

  has(id: number): boolean {
    return this.#book.has(id);
  }

  look(): MemoryView {
    const { records, prices } = this.#book.memory;
    const queues = this.#queues();
    return {
      records: Array.from({ length: records.used / RECORD_WORDS }, (_, slot) => this.#record(slot, queues)),
      queues,
      leaves: LEAF_WORDS.map((index) => prices.word(0, index)),
      above: prices.word(1, 0),
      writtenWords: records.words.slice(0, records.used).filter((word, at) => word !== (this.#before[at] ?? 0)).length,
    };
  }

  #remember(): void {
    this.#log.clear();
    this.#before = this.#book.memory.records.words.slice();
  }

  #queues(): QueueView[] {
    const { records, prices, levelOfPrice } = this.#book.memory;
    const { words } = records;
    const queues: QueueView[] = [];
    for (let price = prices.above(0); price !== PRICE_END; price = prices.above(price)) {
      const level = levelOfPrice.get(price);
      const orders: QueueView["orders"] = [];
      for (let at = words[level + NEXT]; at !== level; at = words[at + NEXT]) {
        const isBuy = (words[at + TRAITS] & BUY_TRAIT) !== 0;
        orders.push({ id: words[at + ID], slot: at / RECORD_WORDS, size: words[at + OPEN], isBuy });
      }
      queues.unshift({ price, slot: level / RECORD_WORDS, orders });
    }
    return queues;
  }

  #record(slot: number, queues: readonly QueueView[]): RecordView {
    const { words } = this.#book.memory.records;
    const at = slot * RECORD_WORDS;
    const own = words.subarray(at, at + RECORD_WORDS);
    const written = own.some((word, index) => word !== (this.#before[at + index] ?? 0));
    const links = `← ${own[PREVIOUS] / RECORD_WORDS} · ${own[NEXT] / RECORD_WORDS} →`;
    if (slot === NONE) return { slot, kind: "none", text: "no order", links: "", written };
    if (queues.some((queue) => queue.slot === slot)) {
      return { slot, kind: "level", text: `price ${own[ID]}, ${count(own[LEVEL], "order")}`, links, written };
    }
    if (queues.some(({ orders }) => orders.some((order) => order.slot === slot))) {
      return { slot, kind: "order", text: `order ${own[ID]}, ${count(own[OPEN], "lot")}`, links, written };
    }
    const next = own[ID] / RECORD_WORDS;
    return {
      slot,
      kind: "free",
      text: next === NONE ? "the last that is free" : `next free: ${next}`,
      links: "",
      written,
    };
  }
}

export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

/** Which prices have their bit set in a word of them. */
export function pricesIn(word: number, index: number): number[] {
  return Array.from({ length: 32 }, (_, bit) => bit)
    .filter((bit) => (word & (1 << bit)) !== 0)
    .map((bit) => index * 32 + bit);
}
