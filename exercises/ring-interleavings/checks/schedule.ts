import type { Table } from "../../../lab/grade/see.ts";
import { FIRST_SLOT, READ, ROLES, type Store, WRITTEN } from "./memory.ts";
import type { Access, State, Trail } from "./state.ts";

/** Rows that a table may have. */
const MOST_ROWS = 40;

interface Row {
  thread: 0 | 1;
  access: Access | undefined;
  value: unknown;
  /** For a load, the store that its value is from. */
  source: number | undefined;
  id: number;
}

/** What both threads did, step by step. Where a load gave something else than the newest value, it says so. */
export function scheduleTable(state: State, title: string): Table {
  const all = rowsOf(state);
  const rows = all.map((row, at) => [
    at + 1,
    ROLES[row.thread],
    row.access === undefined ? `${row.thread === 0 ? "push" : "pop"} gives` : `${row.access.kind}(${row.access.word})`,
    row.access === undefined ? "" : wordName(row.access.word),
    typeof row.value === "number" ? row.value : `${row.value}`,
    row.source === undefined ? "" : remark(all, at, state.stores),
  ]);
  const columns = ["step", "thread", "access", "word", "value", "remark"];
  return { kind: "table", title, columns, rows: rows.slice(-MOST_ROWS) };
}

function rowsOf(state: State): Row[] {
  const trails: Trail[] = [];
  for (let trail = state.trail; trail !== undefined; trail = trail.previous) trails.unshift(trail);
  const at = [0, 1].map(() => ({ access: 0, load: 0, answer: 0 }));
  return trails.map(({ thread, what }) => {
    const { accesses, given, sources, answers } = state.threads[thread];
    const count = at[thread];
    if (what === "answer")
      return { thread, access: undefined, value: answers[count.answer++], source: undefined, id: -1 };
    const id = 2 * count.access + thread;
    const access = accesses[count.access++];
    if ("value" in access) return { thread, access, value: access.value, source: undefined, id };
    return { thread, access, value: given[count.load], source: sources[count.load++], id };
  });
}

function remark(rows: readonly Row[], at: number, stores: readonly Store[]): string {
  const { access, source } = rows[at];
  const from = rows.findIndex(({ id, access: its }) => id === source && its !== undefined && "value" in its);
  if (from > at) return `late: what step ${from + 1} stores; nothing orders the two`;
  const newest = rows.findLastIndex(
    ({ access: its }, index) => index < at && its !== undefined && "value" in its && its.word === access?.word,
  );
  const isNewest = newest === -1 || rows[newest].id === source || stores.length === 0;
  return isNewest ? "" : `old: step ${newest + 1} stored ${rows[newest].value}; nothing orders the two`;
}

function wordName(word: number): string {
  if (word === WRITTEN) return "written";
  return word === READ ? "read" : `slot ${word - FIRST_SLOT}`;
}
