import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Attempt, Draft, Key, NewRow, Progress, Rows, Snapshot, Table } from "./records.ts";

/** The few things that the store asks of what keeps its rows. */
export interface Database {
  get<T extends Table>(table: T, key: Key): Promise<Rows[T] | undefined>;
  /** @returns the key that it has now */
  put<T extends Table>(table: T, row: NewRow<T>): Promise<Key>;
  remove(table: Table, key: Key): Promise<void>;
  /** All rows of a table, or those whose `key` or `exerciseId` is the one given, oldest first. */
  list<T extends Table>(table: T, of?: string): Promise<Rows[T][]>;
  close(): void;
}

interface Schema extends DBSchema {
  drafts: { key: string; value: Draft };
  snapshots: { key: number; value: Snapshot; indexes: { owner: string } };
  attempts: { key: number; value: Attempt; indexes: { owner: string } };
  progress: { key: string; value: Progress };
}

/** The field of a row that names it. */
export const KEY_PATH = { drafts: "key", progress: "exerciseId", snapshots: "id", attempts: "id" } as const;

/** The field of a row that names the text or the exercise that it belongs to. */
const OWNER = {
  drafts: "key",
  snapshots: "key",
  attempts: "exerciseId",
  progress: "exerciseId",
} as const;

const numbered = (table: Table): boolean => KEY_PATH[table] === "id";

/** How long a browser may take to open its storage before the page goes on without, ms. */
const OPEN_LIMIT_MS = 3_000;

/**
 * Opens the browser's storage.
 *
 * @param onLost called when the browser takes the storage away later, as when the reader clears it
 * @throws where the browser refuses or doesn't answer, with a message for the reader
 */
export async function openIndexedDb(name: string, onLost: (why: string) => void): Promise<Database> {
  if (typeof indexedDB === "undefined") throw new Error("this browser offers no storage to this page");
  const opening = openDB<Schema>(name, 1, {
    upgrade(database) {
      database.createObjectStore("drafts", { keyPath: KEY_PATH.drafts });
      database.createObjectStore("progress", { keyPath: KEY_PATH.progress });
      for (const table of ["snapshots", "attempts"] as const) {
        database
          .createObjectStore(table, { keyPath: KEY_PATH[table], autoIncrement: true })
          .createIndex("owner", OWNER[table]);
      }
    },
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    terminated: () => onLost("the browser closed its storage"),
  });
  return overIdb(await within(opening, OPEN_LIMIT_MS));
}

function within<T>(opening: Promise<T>, limitMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`the browser's storage did not open within ${limitMs / 1000} s`)),
      limitMs,
    );
    opening.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function overIdb(idb: IDBPDatabase<Schema>): Database {
  // One table's types can't be followed through the generic signature; the schema above holds them together.
  const untyped = idb as unknown as IDBPDatabase;
  return {
    get: (table, key) => untyped.get(table, key),
    put: async (table, row) => (await untyped.put(table, row)) as Key,
    remove: (table, key) => untyped.delete(table, key),
    async list(table, of) {
      if (of === undefined) return untyped.getAll(table);
      if (numbered(table)) return untyped.getAllFromIndex(table, "owner", of);
      const row = await untyped.get(table, of);
      return row === undefined ? [] : [row];
    },
    close: () => idb.close(),
  };
}

/** Keeps the rows for as long as the page is open: what is used where the browser gives no storage. */
export function inMemory(): Database {
  const tables = new Map<Table, Map<Key, unknown>>();
  // Far above what the browser's own counting reaches, so that rows held here never stand for rows kept there.
  let lastId = 2 ** 40;
  const rows = (table: Table): Map<Key, unknown> => {
    const found = tables.get(table) ?? new Map<Key, unknown>();
    tables.set(table, found);
    return found;
  };
  return {
    get: async <T extends Table>(table: T, key: Key) => rows(table).get(key) as Rows[T] | undefined,
    async put(table, row) {
      const fields = structuredClone(row) as Record<string, unknown>;
      const keyPath = KEY_PATH[table];
      if (fields[keyPath] === undefined) fields[keyPath] = ++lastId;
      rows(table).set(fields[keyPath] as Key, fields);
      return fields[keyPath] as Key;
    },
    async remove(table, key) {
      rows(table).delete(key);
    },
    async list<T extends Table>(table: T, of?: string) {
      const all = [...rows(table).values()] as Record<string, unknown>[];
      return (of === undefined ? all : all.filter((row) => row[OWNER[table]] === of)) as unknown as Rows[T][];
    },
    close() {},
  };
}
