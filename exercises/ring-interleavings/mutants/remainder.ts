// Caught by: counters that wrap
// A remainder of a negative counter is negative: there is no such slot.

export interface SharedWords {
  load(word: number): number;
  store(word: number, value: number): void;
  atomicLoad(word: number): number;
  atomicStore(word: number, value: number): void;
}

const WRITTEN = 0;
const READ = 1;
const SLOTS = 2;

export function createProducer(memory: SharedWords, capacity: number) {
  // Nobody else stores to it, so it needn't be loaded again.
  let written = memory.load(WRITTEN);
  /** The consumer's counter as it was last seen: it can only have grown since. */
  let seenRead = written;
  const room = (): number => capacity - ((written - seenRead) | 0);

  return {
    push(value: number): boolean {
      if (room() === 0) seenRead = memory.atomicLoad(READ);
      if (room() === 0) return false;
      memory.store(SLOTS + (written % capacity), value);
      // Whoever sees the counter sees the word before it.
      written = (written + 1) | 0;
      memory.atomicStore(WRITTEN, written);
      return true;
    },
  };
}

export function createConsumer(memory: SharedWords, capacity: number) {
  let read = memory.load(READ);
  /** The producer's counter as it was last seen. */
  let seenWritten = read;

  return {
    pop(): number | undefined {
      if (seenWritten === read) seenWritten = memory.atomicLoad(WRITTEN);
      if (seenWritten === read) return undefined;
      const value = memory.load(SLOTS + (read % capacity));
      // Whoever sees that there is room sees that the word was read.
      read = (read + 1) | 0;
      memory.atomicStore(READ, read);
      return value;
    },
  };
}
