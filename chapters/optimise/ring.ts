/** Words between two counters that are each on a cache line of their own: 128 bytes, since some processors fetch lines in pairs. */
export const APART = 32;

/** A ring of words in shared memory, as both threads see it. */
export interface SharedRing {
  /** The two counters, and nothing else that is written. */
  counters: Int32Array<SharedArrayBuffer>;
  /** Where the consumer's counter is; the producer's is at 0. */
  readAt: number;
  slots: Int32Array<SharedArrayBuffer>;
}

/** An empty ring. @param words room, a power of two from 2 @param readAt 1 for counters side by side, `APART` for a line of its own each */
export function makeRing(words: number, readAt: number = APART): SharedRing {
  if (words < 2 || (words & (words - 1)) !== 0)
    throw new RangeError(`a ring of ${words} words: it must be a power of two`);
  const shared = (length: number) => new Int32Array(new SharedArrayBuffer(length * 4));
  return { counters: shared(readAt + APART), readAt, slots: shared(words) };
}

/** The end that writes; there may be one. */
export class Producer {
  readonly #ring: SharedRing;
  #written: number;
  /** `read` as it was last seen: it can only have grown since. */
  #seenRead: number;

  constructor(ring: SharedRing) {
    this.#ring = ring;
    this.#written = Atomics.load(ring.counters, 0);
    this.#seenRead = Atomics.load(ring.counters, ring.readAt);
  }

  // #region push
  /** Writes as many of `words` as there is room for, and publishes them as one. Returns how many: fewer when the ring is full. */
  push(words: Int32Array): number {
    const { counters, readAt, slots } = this.#ring;
    if (this.#room() < words.length) this.#seenRead = Atomics.load(counters, readAt);
    const taken = Math.min(words.length, this.#room());
    for (let word = 0; word < taken; word++) {
      slots[this.#written & (slots.length - 1)] = words[word];
      this.#written = (this.#written + 1) | 0;
    }
    if (taken > 0) Atomics.store(counters, 0, this.#written);
    return taken;
  }
  // #endregion push

  #room(): number {
    return this.#ring.slots.length - ((this.#written - this.#seenRead) | 0);
  }
}

/** The end that reads; there may be one. */
export class Consumer {
  readonly #ring: SharedRing;
  #read: number;
  /** `written` as it was last seen. */
  #seenWritten: number;

  constructor(ring: SharedRing) {
    this.#ring = ring;
    this.#read = Atomics.load(ring.counters, ring.readAt);
    this.#seenWritten = Atomics.load(ring.counters, 0);
  }

  // #region pop
  /** Reads what is there into `words`, at most as many as fit, and gives their room back as one. Returns how many: 0 when it is empty. */
  pop(words: Int32Array): number {
    const { counters, readAt, slots } = this.#ring;
    if (this.#there() === 0) this.#seenWritten = Atomics.load(counters, 0);
    const taken = Math.min(words.length, this.#there());
    for (let word = 0; word < taken; word++) {
      words[word] = slots[this.#read & (slots.length - 1)];
      this.#read = (this.#read + 1) | 0;
    }
    if (taken > 0) Atomics.store(counters, readAt, this.#read);
    return taken;
  }
  // #endregion pop

  #there(): number {
    return (this.#seenWritten - this.#read) | 0;
  }
}
