import { COMMAND_WORDS } from "../../engines/contract/binary.ts";
import type { MatchingEngine } from "../../engines/contract/engine.ts";
import { generate } from "../../engines/flow/flow.ts";
import { executeOne } from "./journal.ts";

/** A price of one side, and what is open there now, lots; 0 where nothing is left. */
export interface LevelUpdate {
  key: string;
  size: number;
}

// #region conflate
/** Holds, for a consumer that lags behind, only the last update of each price. It is never longer than the number of prices. */
export class ConflatedFeed {
  #waiting = new Map<string, number>();

  push({ key, size }: LevelUpdate): void {
    this.#waiting.set(key, size);
  }

  /** All that changed since the last call. */
  take(): LevelUpdate[] {
    const taken = [...this.#waiting].map(([key, size]) => ({ key, size }));
    this.#waiting.clear();
    return taken;
  }
}
// #endregion conflate

/** What changed between two books, each as open lots by side and price. */
export function updatesBetween(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): LevelUpdate[] {
  const gone = [...before.keys()].filter((key) => !after.has(key)).map((key) => ({ key, size: 0 }));
  const set = [...after].filter(([key, size]) => before.get(key) !== size);
  return [...gone, ...set.map(([key, size]) => ({ key, size }))];
}

function levelsOf(engine: MatchingEngine): Map<string, number> {
  const book = engine.getBook(2 ** 31 - 1);
  if (book.event === "rejected") throw new Error(`the engine gives no book: ${book.reason}`);
  return new Map([
    ...book.bids.map(([price, size]) => [`bid ${price}`, size] as const),
    ...book.asks.map(([price, size]) => [`ask ${price}`, size] as const),
  ]);
}

function apply(book: Map<string, number>, updates: readonly LevelUpdate[]): void {
  for (const { key, size } of updates) {
    if (size === 0) book.delete(key);
    else book.set(key, size);
  }
}

/** Plays a seeded day; the slow consumer looks once in `every` commands. */
export function playSlowConsumer(
  engine: MatchingEngine,
  commands: number,
  every: number,
): Record<"updates" | "taken" | "wrong", number> {
  const day = generate("std", 1, commands);
  const feed = new ConflatedFeed();
  const slow = new Map<string, number>();
  let [updates, taken] = [0, 0];
  let before = new Map<string, number>();
  for (let at = 0; at < day.length; at += COMMAND_WORDS) {
    executeOne(engine, day.subarray(at, at + COMMAND_WORDS));
    const after = levelsOf(engine);
    for (const update of updatesBetween(before, after)) {
      feed.push(update);
      updates++;
    }
    before = after;
    if ((at / COMMAND_WORDS + 1) % every !== 0) continue;
    const looked = feed.take();
    taken += looked.length;
    apply(slow, looked);
  }
  const left = feed.take();
  apply(slow, left);
  return { updates, taken: taken + left.length, wrong: updatesBetween(slow, before).length };
}
