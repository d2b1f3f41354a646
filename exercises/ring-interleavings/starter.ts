/** Memory that both threads share, as Int32 words; each access is a step in which the other thread may be anywhere. */
export interface SharedWords {
  /** A plain load, as `words[word]`. */
  load(word: number): number;
  /** A plain store, as `words[word] = value`. */
  store(word: number, value: number): void;
  /** As `Atomics.load(words, word)`. */
  atomicLoad(word: number): number;
  /** As `Atomics.store(words, word, value)`. */
  atomicStore(word: number, value: number): void;
}

/** How many words were ever pushed. */
const WRITTEN = 0;
/** How many words were ever popped. */
const READ = 1;
/** The first of the slots. */
const SLOTS = 2;

/** The end that writes. @param capacity slots, a power of two */
export function createProducer(memory: SharedWords, capacity: number) {
  return {
    /** Writes a word. Gives whether there was room for it. */
    push(value: number): boolean {
      const written = memory.load(WRITTEN);
      if (written - memory.load(READ) === capacity) return false;
      memory.store(WRITTEN, written + 1);
      memory.store(SLOTS + (written % capacity), value);
      return true;
    },
  };
}

/** The end that reads. @param capacity slots, a power of two */
export function createConsumer(memory: SharedWords, capacity: number) {
  return {
    /** Reads the oldest word, or gives `undefined` where there is none. */
    pop(): number | undefined {
      const read = memory.load(READ);
      if (memory.load(WRITTEN) === read) return undefined;
      memory.store(READ, read + 1);
      return memory.load(SLOTS + (read % capacity));
    },
  };
}
