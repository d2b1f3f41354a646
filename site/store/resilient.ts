import { type Database, inMemory, KEY_PATH } from "./database.ts";
import type { Key, Rows, Table } from "./records.ts";

/** Whether the reader's work outlives the page. */
export type Keeping =
  | { kept: true }
  | { kept: false /** A sentence for the reader. */; why: string /** Whether room would help. */; full: boolean };

/** Storage that never fails: what the browser's own refuses is held in memory, and is moved there once it takes it. */
export interface ResilientDatabase extends Database {
  /** Resolves once storage was tried. */
  keeping(): Promise<Keeping>;
  /** Calls back when storage begins to fail, and when it works again. @returns a function that ends it */
  onKeeping(listener: (keeping: Keeping) => void): () => void;
  /** Tries once more to store what memory holds. */
  retry(): Promise<Keeping>;
}

const TABLES = Object.keys(KEY_PATH) as Table[];
const nameOf = (table: Table, row: object): Key => (row as Record<string, Key>)[KEY_PATH[table]];

/** @param open opens storage; it is given what to call when storage is lost later */
export function resilient(open: (onLost: (why: unknown) => void) => Promise<Database>): ResilientDatabase {
  const listeners = new Set<(keeping: Keeping) => void>();
  const memory = inMemory();
  let keeping: Keeping = { kept: true };
  let refused = false;
  const tell = (now: Keeping): void => {
    const news = keeping.kept !== now.kept || (!keeping.kept && !now.kept && keeping.full !== now.full);
    keeping = now;
    if (news) for (const listener of listeners) listener(now);
  };
  const lose = (why: unknown): void => tell(loss(why));
  const opening = open(lose).catch((why: unknown) => {
    refused = true;
    lose(why);
    return inMemory();
  });
  const reading = async <R>(read: (database: Database) => Promise<R>): Promise<R> => {
    try {
      return await read(await opening);
    } catch (why) {
      lose(why);
      return read(memory);
    }
  };
  /** Moves what memory holds to storage. @throws what storage throws */
  const move = async (): Promise<void> => {
    const database = await opening;
    for (const table of TABLES) {
      for (const row of await memory.list(table)) {
        const name = nameOf(table, row);
        await database.put(table, typeof name === "number" ? withoutId(row) : row);
        await memory.remove(table, name);
      }
    }
    tell({ kept: true });
  };
  return {
    get: async (table, key) => (await memory.get(table, key)) ?? reading((database) => database.get(table, key)),
    async put(table, row) {
      try {
        const key = await (await opening).put(table, row);
        await memory.remove(table, nameOf(table, row));
        if (!keeping.kept && !refused) await move();
        return key;
      } catch (why) {
        lose(why);
        return memory.put(table, row);
      }
    },
    async remove(table, key) {
      await memory.remove(table, key);
      await reading((database) => database.remove(table, key));
    },
    async list<T extends Table>(table: T, of?: string): Promise<Rows[T][]> {
      const held = await memory.list(table, of);
      const kept = await reading((database) => database.list(table, of));
      const names = new Set(held.map((row) => nameOf(table, row)));
      return [...kept.filter((row) => !names.has(nameOf(table, row))), ...held];
    },
    async keeping() {
      await opening;
      return keeping;
    },
    onKeeping(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async retry() {
      await opening;
      if (!keeping.kept && !refused) await move().catch(lose);
      return keeping;
    },
    close() {
      void opening.then((database) => database.close());
    },
  };
}

function withoutId(row: object): never {
  const { id, ...rest } = row as { id: number };
  return rest as never;
}

function loss(why: unknown): Keeping {
  const full = why instanceof Error && why.name === "QuotaExceededError";
  const reason = why instanceof Error ? why.message || why.name : String(why);
  const what = full ? "this browser's storage is full" : reason;
  const remedy = full
    ? "Export your work, then delete old versions."
    : "Export your work, or copy what you want to keep.";
  return { kept: false, full, why: `Your work can't be kept when you leave this page: ${what}. ${remedy}` };
}
