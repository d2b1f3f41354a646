import type { End, Step } from "./end.ts";
import type { Store, ThreadNumber } from "./memory.ts";

/** What both ends do at the same time. Then the consumer, who knows that the producer is done, pops until nothing is left. */
export interface Scenario {
  capacity: number;
  /** What both counters begin with. */
  start: number;
  /** Words that are pushed, in this order. */
  values: readonly number[];
  /** Calls of `push`: a word that isn't taken is pushed again. */
  pushes: number;
  /** Calls of `pop` before the producer is known to be done. */
  pops: number;
}

/** A load or a store, without what it gave. */
export type Access = Exclude<Step, { kind: "return" | "waits" | "end" }> & { word: number };

interface Load {
  index: number;
  word: number;
  atomic: boolean;
}

/** How far a thread is. */
export interface Thread {
  accesses: readonly Access[];
  loads: readonly Load[];
  /** What each load gave, and from which store. */
  given: readonly number[];
  sources: readonly number[];
  answers: readonly unknown[];
  /** Steps since its last load. */
  done: number;
  /** How many accesses of the other thread are before its next. */
  knows: number;
  ended: boolean;
}

/** The order in which things were done; what they were is told by the threads. */
export interface Trail {
  previous: Trail | undefined;
  thread: ThreadNumber;
  what: "access" | "answer";
}

export interface State {
  threads: readonly [Thread, Thread];
  stores: readonly Store[];
  trail: Trail | undefined;
  /** In how many ways it is come to. */
  ways: number;
}

/** A thread before its first access. */
export const NEW: Thread = {
  accesses: [],
  loads: [],
  given: [],
  sources: [],
  answers: [],
  done: 0,
  knows: 0,
  ended: false,
};

/** The state with one thread changed. */
export function changed(state: State, t: ThreadNumber, thread: Thread): State {
  const [producer, consumer] = state.threads;
  return { ...state, threads: t === 0 ? [thread, consumer] : [producer, thread] };
}

/** What a thread would have done by its so many accesses; undefined where the code must be asked first. */
export function retold(end: End, given: readonly number[], count: number) {
  const accesses: Step[] = [];
  const answers: unknown[] = [];
  for (let loads = 0; ; loads++) {
    const steps = end.stepsAfter(given.slice(0, loads));
    if (steps === undefined) return undefined;
    for (const [at, step] of steps.entries()) {
      if (loads === given.length && accesses.length === count) return { accesses, answers, done: at };
      if (step.kind === "return") answers.push(step.value);
      else accesses.push(step);
    }
    if (loads === given.length || accesses.length > count) return { accesses, answers, done: steps.length };
  }
}

/** Whether two accesses are the same, whatever they gave. */
export function isSameAccess(a: Step, b: Access | undefined): boolean {
  if (a.kind !== b?.kind || !("word" in a) || a.word !== b.word) return false;
  return !("value" in a) || ("value" in b && a.value === b.value);
}

/** The same for states that nobody can tell apart: what each thread knows, and what it was given. */
export function keyOf({ threads, stores }: State): string {
  const own = threads.map(({ accesses, loads, given, sources, knows }) => {
    const loaded = given.map((value, at) => (loads[at].atomic ? `@${sources[at]}` : value));
    return `${accesses.length};${knows};${loaded.join()}`;
  });
  return `${own.join("|")}|${sharedOrder(stores)}`;
}

/** The order of stores to words that both threads store to; of others, each thread's own order says it all. */
function sharedOrder(stores: readonly Store[]): string {
  const writers = new Map<number, Set<number>>();
  for (const { word, thread } of stores) {
    if (thread !== -1) writers.set(word, (writers.get(word) ?? new Set()).add(thread));
  }
  return stores
    .filter(({ word }) => writers.get(word)?.size === 2)
    .map(({ id }) => id)
    .join();
}
