/** Events between their two forms: records (`binary.ts`) and objects (`events.ts`). */

import {
  CANCEL_REASON,
  EVENT_OP_SHIFT,
  EVENT_SIDE_SHIFT,
  EVENT_WORDS,
  KIND,
  OP,
  REASON_SHIFT,
  REJECT_REASON,
  SIDE,
} from "./binary.ts";
import type { Op } from "./commands.ts";
import type { BookEvent, BookLevel, CancelReason, EngineEvent, RejectReason } from "./events.ts";

const TWO_32 = 2 ** 32;
const BYTE = 0xff;

const UNKNOWN_OP_BITS = BYTE | (BYTE << REASON_SHIFT);
const UNKNOWN_OP_REJECT = KIND.rejected | (REJECT_REASON["unknown-op"] << REASON_SHIFT);

function namesByCode<T extends string>(codes: Readonly<Record<T, number>>): readonly T[] {
  const names: T[] = [];
  for (const name of Object.keys(codes) as T[]) names[codes[name]] = name;
  return names;
}

const OPS: readonly Op[] = namesByCode(OP);
const CANCEL_REASONS: readonly CancelReason[] = namesByCode(CANCEL_REASON);
const REJECT_REASONS: readonly RejectReason[] = namesByCode(REJECT_REASON);

/** One for all cursors: to make an array costs as much as to read many records. */
const NO_EVENTS: Int32Array = new Int32Array(0);

/**
 * Walks event records one by one, and reads their fields where they lie: nothing is allocated per event. A book gives
 * one `KIND.book`, then each of its levels as a `KIND.level`.
 *
 * A field means something only for the kinds that have it (the table in `binary.ts`).
 */
export class EventCursor {
  #events = NO_EVENTS;
  #words = 0;
  #at = -EVENT_WORDS;

  /** Starts over, before the first of the records in the first `words` words of `events`. */
  reset(events: Int32Array, words: number): void {
    this.#events = events;
    this.#words = words;
    this.#at = -EVENT_WORDS;
  }

  /** Goes to the next record; false where there is none. */
  next(): boolean {
    this.#at += EVENT_WORDS;
    return this.#at + EVENT_WORDS <= this.#words;
  }

  /** One of `KIND`. */
  get kind(): number {
    return this.#events[this.#at] & BYTE;
  }

  get cancelReason(): CancelReason {
    return CANCEL_REASONS[(this.#events[this.#at] >>> REASON_SHIFT) & BYTE];
  }

  get rejectReason(): RejectReason {
    return REJECT_REASONS[(this.#events[this.#at] >>> REASON_SHIFT) & BYTE];
  }

  /** Of a rejected command; null where the op is unknown. */
  get op(): Op | null {
    return OPS[(this.#events[this.#at] >>> EVENT_OP_SHIFT) & BYTE] ?? null;
  }

  /** Whether this is the reject of a command whose op is unknown. */
  get isUnknownOp(): boolean {
    return (this.#events[this.#at] & UNKNOWN_OP_BITS) === UNKNOWN_OP_REJECT;
  }

  /** The order's id, or the taker's; of a rejected command 0 where it is left out. */
  get id(): number {
    return this.#events[this.#at + 1];
  }

  /** Of limits, killed and lifted. */
  get owner(): number {
    return this.#events[this.#at + 1];
  }

  get maker(): number {
    return this.#events[this.#at + 2];
  }

  /** Ticks. */
  get price(): number {
    return this.#events[this.#at + 3];
  }

  /** Lots. */
  get size(): number {
    return this.#events[this.#at + 4];
  }

  /** Levels of the book that are bids: the first so many that follow. */
  get bidLevels(): number {
    return this.#events[this.#at + 1];
  }

  /** Levels of the book that are asks; they follow the bids. */
  get askLevels(): number {
    return this.#events[this.#at + 2];
  }

  /** Orders of a level. */
  get orders(): number {
    return this.#events[this.#at + 1];
  }

  /** Lots of all orders of a level, exact up to 2^53. */
  get levelSize(): number {
    return this.#events[this.#at + 2] * TWO_32 + (this.#events[this.#at + 4] >>> 0);
  }
}

/** The events in the first `words` words of `events`, as objects; a book and its levels are one. */
export function decodeEvents(events: Int32Array, words: number): EngineEvent[] {
  const cursor = new EventCursor();
  cursor.reset(events, words);
  const decoded: EngineEvent[] = [];
  while (cursor.next()) decoded.push(decodeEvent(cursor));
  return decoded;
}

function decodeEvent(at: EventCursor): EngineEvent {
  switch (at.kind) {
    case KIND.accepted:
      return { event: "accepted", id: at.id };
    case KIND.executed:
      return { event: "executed", taker: at.id, maker: at.maker, price: at.price, size: at.size };
    case KIND.canceled:
      return { event: "canceled", id: at.id, size: at.size, reason: at.cancelReason };
    case KIND.replaced:
      return { event: "replaced", id: at.id, price: at.price, size: at.size };
    case KIND.rejected:
      return at.id === 0
        ? { event: "rejected", op: at.op, reason: at.rejectReason }
        : { event: "rejected", op: at.op, id: at.id, reason: at.rejectReason };
    case KIND.book:
      return decodeBook(at);
    case KIND.limits:
      return { event: "limits", owner: at.owner };
    case KIND.killed:
      return { event: "killed", owner: at.owner };
    case KIND.lifted:
      return { event: "lifted", owner: at.owner };
    default:
      throw misplacedKind(at.kind);
  }
}

/** What is wrong with a record of that kind where an event must begin. */
export function misplacedKind(kind: number): Error {
  const kinds = `one of ${KIND.accepted} to ${KIND.book} or ${KIND.limits} to ${KIND.lifted} must stand`;
  return new Error(`an event record of kind ${kind}, where ${kinds}: the engine wrote a wrong one`);
}

function decodeBook(at: EventCursor): BookEvent {
  const bidLevels = at.bidLevels;
  const askLevels = at.askLevels;
  return { event: "book", bids: decodeLevels(at, bidLevels), asks: decodeLevels(at, askLevels) };
}

function decodeLevels(at: EventCursor, count: number): BookLevel[] {
  const levels: BookLevel[] = [];
  for (let i = 0; i < count && at.next(); i++) levels.push([at.price, at.levelSize, at.orders]);
  return levels;
}

/** Event records, one after another, in a buffer that grows and is used again. */
export class EventWriter {
  /** The records, from index 0. Replaced where it grows. */
  events = new Int32Array(64 * EVENT_WORDS);
  /** How many words of `events` are written. */
  words = 0;

  /** Starts over at index 0. */
  clear(): void {
    this.words = 0;
  }

  /** Appends an event given as an object; a rejected op without a code becomes one of unknown op. */
  write(event: EngineEvent): void {
    switch (event.event) {
      case "accepted":
        this.#record(KIND.accepted, event.id, 0, 0, 0);
        break;
      case "executed":
        this.#record(KIND.executed, event.taker, event.maker, event.price, event.size);
        break;
      case "canceled":
        this.#record(KIND.canceled | (CANCEL_REASON[event.reason] << REASON_SHIFT), event.id, 0, 0, event.size);
        break;
      case "replaced":
        this.#record(KIND.replaced, event.id, 0, event.price, event.size);
        break;
      case "rejected":
        this.reject(OPS.indexOf(event.op as Op), event.id ?? 0, event.reason);
        break;
      case "book":
        this.#book(event);
        break;
      default:
        this.#record(KIND[event.event], event.owner, 0, 0, 0);
    }
  }

  /**
   * Appends a reject.
   *
   * @param op one of `OP`; any other number is an unknown op
   * @param id 0 where it is left out
   */
  reject(op: number, id: number, reason: RejectReason): void {
    const code = Math.max(op, 0) << EVENT_OP_SHIFT;
    this.#record(KIND.rejected | (REJECT_REASON[reason] << REASON_SHIFT) | code, id, 0, 0, 0);
  }

  #book(book: BookEvent): void {
    this.#record(KIND.book, book.bids.length, book.asks.length, 0, 0);
    for (const level of book.bids) this.#level(SIDE.buy, level);
    for (const level of book.asks) this.#level(SIDE.sell, level);
  }

  #level(side: number, [price, size, orders]: BookLevel): void {
    this.#record(KIND.level | (side << EVENT_SIDE_SHIFT), orders, Math.floor(size / TWO_32), price, size | 0);
  }

  #record(first: number, second: number, third: number, fourth: number, fifth: number): void {
    const at = this.words;
    if (at + EVENT_WORDS > this.events.length) this.#grow();
    const events = this.events;
    events[at] = first;
    events[at + 1] = second;
    events[at + 2] = third;
    events[at + 3] = fourth;
    events[at + 4] = fifth;
    this.words = at + EVENT_WORDS;
  }

  #grow(): void {
    const grown = new Int32Array(this.events.length * 2);
    grown.set(this.events);
    this.events = grown;
  }
}
