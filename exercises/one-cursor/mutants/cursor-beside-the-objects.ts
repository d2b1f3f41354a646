// Caught by: three times as fast
// The cursor is there, and the account still makes an object of each event.
/** What the first eight bits of an event say. */
const KIND = { accepted: 1, executed: 2, canceled: 3, replaced: 4, rejected: 5, book: 6, level: 7 } as const;
/** The reason of an order that its user took back. */
const USER = 1;
/** Words of an event. */
const WORDS = 5;

export interface Trade {
  taker: number;
  maker: number;
  price: number;
  size: number;
}

export interface Account {
  trades: number;
  lots: number;
  notional: number;
  withdrawn: number;
  rejected: number;
  resting: number;
  /** The first of the largest. */
  largest: Trade | null;
}

interface EngineEvent {
  event: string;
  reason: number;
  id: number;
  maker: number;
  price: number;
  size: number;
}

const NAMES = ["", "accepted", "executed", "canceled", "replaced", "rejected", "book", "level"];

/** An object for each event. */
function decode(events: Int32Array, words: number): EngineEvent[] {
  const decoded: EngineEvent[] = [];
  for (let at = 0; at < words; at += WORDS) {
    const kind = events[at] & 0xff;
    const low = events[at + 4];
    decoded.push({
      event: NAMES[kind],
      reason: (events[at] >>> 8) & 0xff,
      id: events[at + 1],
      maker: events[at + 2],
      price: events[at + 3],
      size: kind === KIND.level ? events[at + 2] * 2 ** 32 + (low >>> 0) : low,
    });
  }
  return decoded;
}

/** What a batch of events comes to. */
export function account(events: Int32Array, words: number): Account {
  const sums: Account = { trades: 0, lots: 0, notional: 0, withdrawn: 0, rejected: 0, resting: 0, largest: null };
  for (const { event, reason, id, maker, price, size } of decode(events, words)) {
    if (event === "executed") {
      sums.trades++;
      sums.lots += size;
      sums.notional += price * size;
      if (sums.largest === null || size > sums.largest.size) sums.largest = { taker: id, maker, price, size };
    } else if (event === "canceled" && reason === USER) sums.withdrawn += size;
    else if (event === "rejected") sums.rejected++;
    else if (event === "level") sums.resting += size;
  }
  return sums;
}

/** One object that stands at one event after the other, and reads it where it lies. */
export class EventCursor {
  #events: Int32Array = new Int32Array(0);
  #words = 0;
  #at = -WORDS;

  /** Stands before the first event in the first `words` words. */
  reset(events: Int32Array, words: number): void {
    this.#events = events;
    this.#words = words;
    this.#at = -WORDS;
  }

  /** Goes to the next event; false where there is none. */
  next(): boolean {
    this.#at += WORDS;
    return this.#at < this.#words;
  }

  get kind(): number {
    return this.#events[this.#at] & 0xff;
  }

  get reason(): number {
    return (this.#events[this.#at] >>> 8) & 0xff;
  }

  /** Of a trade, the taker. */
  get id(): number {
    return this.#events[this.#at + 1];
  }

  get maker(): number {
    return this.#events[this.#at + 2];
  }

  get price(): number {
    return this.#events[this.#at + 3];
  }

  /** Of a level, up to 2^53. */
  get size(): number {
    const low = this.#events[this.#at + 4];
    // The lower word has no sign: its highest bit is a part of the number.
    return this.kind === KIND.level ? this.#events[this.#at + 2] * 2 ** 32 + (low >>> 0) : low;
  }

  /** What outlives the event must be copied: the cursor goes on. */
  trade(): Trade {
    return { taker: this.id, maker: this.maker, price: this.price, size: this.size };
  }
}
