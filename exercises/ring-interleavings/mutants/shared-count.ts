// Caught by: every interleaving, what JavaScript allows, counters that wrap, looks only when it must
// One count that both ends change: a load and a store are two steps, however atomic each of them is.

export interface SharedWords {
  load(word: number): number;
  store(word: number, value: number): void;
  atomicLoad(word: number): number;
  atomicStore(word: number, value: number): void;
}

const COUNT = 0;
const SLOTS = 2;

export function createProducer(memory: SharedWords, capacity: number) {
  let next = 0;

  return {
    push(value: number): boolean {
      if (memory.atomicLoad(COUNT) === capacity) return false;
      memory.store(SLOTS + next, value);
      next = (next + 1) % capacity;
      memory.atomicStore(COUNT, memory.atomicLoad(COUNT) + 1);
      return true;
    },
  };
}

export function createConsumer(memory: SharedWords, capacity: number) {
  let next = 0;

  return {
    pop(): number | undefined {
      if (memory.atomicLoad(COUNT) === 0) return undefined;
      const value = memory.load(SLOTS + next);
      next = (next + 1) % capacity;
      memory.atomicStore(COUNT, memory.atomicLoad(COUNT) - 1);
      return value;
    },
  };
}
