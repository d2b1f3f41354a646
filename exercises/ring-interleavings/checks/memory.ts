import type { Role } from "./end.ts";

export const ROLES: readonly Role[] = ["producer", "consumer"];

/** The counters' words; the slots follow. */
export const WRITTEN = 0;
export const READ = 1;
export const FIRST_SLOT = 2;

/** 0 is the producer, 1 the consumer. */
export type ThreadNumber = 0 | 1;

/** A store as it was done, or the value that a word begins with. */
export interface Store {
  id: number;
  /** −1: nobody's, there from the beginning. */
  thread: ThreadNumber | -1;
  /** Which of its thread's accesses it is, from 0. */
  index: number;
  word: number;
  value: number;
  atomic: boolean;
  /** How many accesses of the other thread are before it. */
  knew: number;
}

/** `newest`: each load gives the newest value. `javascript`: a load may give what JavaScript's memory model allows. */
export type Model = "newest" | "javascript";

/** What words hold before anybody stores. */
export function initialStores(words: readonly number[]): Store[] {
  return words.map((value, word) => ({ id: -1 - word, thread: -1, index: -1, word, value, atomic: false, knew: 0 }));
}

/** The words of an empty ring: both counters, and slots that hold what was there before. */
export function emptyRing(capacity: number, start: number): number[] {
  return [start, start, ...Array.from({ length: capacity }, (_, slot) => -1 - slot)];
}

/** Whether everybody who knows of the second knows of the first. */
function isBefore(first: Store, second: Store): boolean {
  if (first.thread === -1) return true;
  return first.index < (first.thread === second.thread ? second.index : second.knew);
}

/**
 * The stores whose value a load may give, the newest last: those that no other store stands behind, in the order that the loading thread is sure
 * of (https://tc39.es/ecma262/#sec-happens-before). Of Atomics' stores that is the newest alone, and an Atomics load gives nothing that is older.
 *
 * @param knows how many accesses of the other thread are before the load
 */
export function storesToLoad(
  stores: readonly Store[],
  load: { thread: ThreadNumber; word: number; atomic: boolean; knows: number },
  model: Model,
): Store[] {
  const all = stores.filter(({ word }) => word === load.word);
  if (model === "newest") return all.slice(-1);
  const newestAtomic = all.findLastIndex(({ atomic }) => atomic);
  const isKnown = ({ thread, index }: Store): boolean => thread === -1 || thread === load.thread || index < load.knows;
  return all.filter((store, at) => {
    if (at < newestAtomic && (load.atomic || store.atomic)) return false;
    return !all.slice(at + 1).some((newer) => isBefore(store, newer) && isKnown(newer));
  });
}
