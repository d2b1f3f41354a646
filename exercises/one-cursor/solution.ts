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

/** For every batch the same one. */
const cursor = new EventCursor();

/** What a batch of events comes to. */
export function account(events: Int32Array, words: number): Account {
  const sums: Account = { trades: 0, lots: 0, notional: 0, withdrawn: 0, rejected: 0, resting: 0, largest: null };
  let largestSize = 0;
  cursor.reset(events, words);
  while (cursor.next()) {
    switch (cursor.kind) {
      case KIND.executed: {
        const size = cursor.size;
        sums.trades++;
        sums.lots += size;
        sums.notional += cursor.price * size;
        if (size > largestSize) {
          largestSize = size;
          sums.largest = cursor.trade();
        }
        break;
      }
      case KIND.canceled:
        if (cursor.reason === USER) sums.withdrawn += cursor.size;
        break;
      case KIND.rejected:
        sums.rejected++;
        break;
      case KIND.level:
        sums.resting += cursor.size;
        break;
    }
  }
  return sums;
}
