import type { Verdict } from "../../lab/grade/verdict.ts";
import { type Database, inMemory, KEY_PATH, openIndexedDb } from "./database.ts";
import type { Attempt, Draft, Key, Progress, Snapshot, SnapshotReason } from "./records.ts";
import { type Transfer, transferOver } from "./transfer.ts";

/** Whether the reader's work outlives the page. */
export type Keeping = { kept: true } | { kept: false /** A sentence for the reader. */; why: string };

export interface Drafts {
  /** The draft that was last saved under a key (`exercise/<id>`, `lab/<chapter>`), or undefined. */
  load(key: string): Promise<Draft | undefined>;
  /** Saves what is in an editor. What another tab had written meanwhile is put aside in the history first. */
  save(key: string, text: { code: string; starterHash: string }): Promise<void>;
  /** Puts the draft aside with the reason and forgets it, so that the editor begins from the starter. */
  reset(key: string, reason?: SnapshotReason): Promise<Snapshot | undefined>;
  /** What was put aside under a key, newest first. */
  history(key: string): Promise<Snapshot[]>;
  /** Makes a version of the history the draft again; what stands in its place is put aside. @returns the draft */
  restore(key: string, snapshotId: number): Promise<Draft>;
}

export interface ProgressBook {
  /** Where the reader stands; an exercise never tried gives zeros. */
  load(exerciseId: string): Promise<Progress>;
  /** Every exercise that was ever tried. */
  all(): Promise<Progress[]>;
  /** Counts a grading. A worse one never lowers the best. */
  record(exerciseId: string, attempt: { code: string; verdict: Verdict }): Promise<Progress>;
  /** Notes that the first `count` hints were opened. */
  hintsShown(exerciseId: string, count: number): Promise<Progress>;
  solutionShown(exerciseId: string): Promise<Progress>;
  /** The gradings of one exercise, newest first; at most the last 50 are kept. */
  attempts(exerciseId: string): Promise<Attempt[]>;
}

export interface Store extends Transfer {
  drafts: Drafts;
  progress: ProgressBook;
  /** Tells whether what is saved outlives the page, and if not, why. Resolves once storage was tried. */
  keeping(): Promise<Keeping>;
  /** Calls back when storage fails from now on. @returns a function that ends it */
  onTrouble(listener: (keeping: Keeping) => void): () => void;
  close(): Promise<void>;
}

/** Versions put aside and attempts that are kept for each text; older ones go. */
const KEPT_SNAPSHOTS = 20;
const KEPT_ATTEMPTS = 50;

/**
 * Opens the reader's store. Nothing it offers throws because storage is missing, full or refused: it then goes on in
 * memory, and `keeping` and `onTrouble` say so.
 *
 * @param open how storage is opened; tests hand in their own
 */
export function openStore(name = "hotpath", open: typeof openIndexedDb = openIndexedDb): Store {
  const listeners = new Set<(keeping: Keeping) => void>();
  const memory = inMemory();
  let keeping: Keeping = { kept: true };
  const lose = (why: unknown): void => {
    const first = keeping.kept;
    keeping = { kept: false, why: sentence(why) };
    if (first) for (const listener of listeners) listener(keeping);
  };
  const opening = open(name, lose).catch((why: unknown) => {
    lose(why);
    return inMemory();
  });
  const database = resilient(opening, memory, lose);
  return {
    drafts: draftsOver(database),
    progress: progressOver(database),
    ...transferOver(database),
    async keeping() {
      await opening;
      return keeping;
    },
    onTrouble(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      (await opening).close();
    },
  };
}

function sentence(why: unknown): string {
  const full = why instanceof Error && why.name === "QuotaExceededError";
  const reason = why instanceof Error ? why.message || why.name : String(why);
  return `Your work can't be kept when you leave this page: ${full ? "this browser's storage is full" : reason}. Copy what you want to keep.`;
}

/** Tries storage first; from the first failure on, writes go to memory, which then is read first. */
function resilient(opening: Promise<Database>, memory: Database, lose: (why: unknown) => void): Database {
  const reading = async <R>(read: (database: Database) => Promise<R>): Promise<R> => {
    try {
      return await read(await opening);
    } catch (why) {
      lose(why);
      return read(memory);
    }
  };
  return {
    get: async (table, key) => (await memory.get(table, key)) ?? reading((database) => database.get(table, key)),
    async put(table, row) {
      try {
        await (await opening).put(table, row);
        await memory.remove(table, (row as unknown as Record<string, Key>)[KEY_PATH[table]]);
      } catch (why) {
        lose(why);
        await memory.put(table, row);
      }
    },
    async remove(table, key) {
      await memory.remove(table, key);
      await reading((database) => database.remove(table, key));
    },
    async list(table, of) {
      const name = (row: object): Key => (row as Record<string, Key>)[KEY_PATH[table]];
      const held = await memory.list(table, of);
      const kept = await reading((database) => database.list(table, of));
      return [...kept.filter((row) => !held.some((other) => name(other) === name(row))), ...held];
    },
    close: () => memory.close(),
  };
}

function draftsOver(database: Database): Drafts {
  // When this page last saw each draft: one that was saved since is another tab's, and is not lost to ours.
  const seen = new Map<string, number>();
  const put = async (key: string, text: { code: string; starterHash: string }): Promise<Draft> => {
    const draft: Draft = { key, code: text.code, starterHash: text.starterHash, savedAt: Date.now() };
    await database.put("drafts", draft);
    seen.set(key, draft.savedAt);
    return draft;
  };
  const putAside = async (draft: Draft, reason: SnapshotReason): Promise<void> => {
    const { key, code, starterHash, savedAt } = draft;
    await database.put("snapshots", { key, code, starterHash, savedAt, reason });
    const kept = await database.list("snapshots", key);
    for (const old of kept.slice(0, -KEPT_SNAPSHOTS)) await database.remove("snapshots", old.id);
  };
  const history = async (key: string): Promise<Snapshot[]> => (await database.list("snapshots", key)).reverse();
  return {
    history,
    async load(key) {
      const draft = await database.get("drafts", key);
      if (draft !== undefined) seen.set(key, draft.savedAt);
      return draft;
    },
    async save(key, text) {
      const before = await database.get("drafts", key);
      const others = before !== undefined && before.savedAt !== seen.get(key) && before.code !== text.code;
      if (others) await putAside(before, "other-tab");
      await put(key, text);
    },
    async reset(key, reason = "reset") {
      const draft = await database.get("drafts", key);
      if (draft === undefined) return undefined;
      await putAside(draft, reason);
      await database.remove("drafts", key);
      return (await history(key))[0];
    },
    async restore(key, snapshotId) {
      const found = (await history(key)).find((snapshot) => snapshot.id === snapshotId);
      if (found === undefined) throw new RangeError(`There is no version ${snapshotId} of ${key} in its history.`);
      const current = await database.get("drafts", key);
      if (current !== undefined && current.code !== found.code) await putAside(current, "restore");
      return put(key, found);
    },
  };
}

function progressOver(database: Database): ProgressBook {
  const load = async (exerciseId: string): Promise<Progress> =>
    (await database.get("progress", exerciseId)) ?? {
      exerciseId,
      attempts: 0,
      bestPoints: 0,
      of: 0,
      hintsShown: 0,
      solutionShown: false,
      updatedAt: 0,
    };
  const change = async (exerciseId: string, with_: (before: Progress) => Partial<Progress>): Promise<Progress> => {
    const before = await load(exerciseId);
    const after: Progress = { ...before, ...with_(before), updatedAt: Date.now() };
    await database.put("progress", after);
    return after;
  };
  return {
    load,
    all: () => database.list("progress"),
    async record(exerciseId, { code, verdict }) {
      await database.put("attempts", { exerciseId, code, verdict, at: Date.now() });
      const kept = await database.list("attempts", exerciseId);
      for (const old of kept.slice(0, -KEPT_ATTEMPTS)) await database.remove("attempts", old.id);
      return change(exerciseId, (before) => ({
        attempts: before.attempts + 1,
        bestPoints: Math.max(before.bestPoints, verdict.points),
        of: verdict.of,
        last: verdict,
      }));
    },
    hintsShown: (exerciseId, count) =>
      change(exerciseId, (before) => ({ hintsShown: Math.max(before.hintsShown, count) })),
    solutionShown: (exerciseId) => change(exerciseId, () => ({ solutionShown: true })),
    attempts: async (exerciseId) => (await database.list("attempts", exerciseId)).reverse(),
  };
}
