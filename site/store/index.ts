/** The reader's own work, kept in the browser: one store for the whole site. */
import { openStore, type Store } from "./store.ts";

export type { Attempt, Draft, Progress, Snapshot } from "./records.ts";
export type { Drafts, Keeping, ProgressBook, Store } from "./store.ts";
export type { ImportReport, WorkbookFile } from "./transfer.ts";

let opened: Store | undefined;

/** The site's store, opened at first use. */
export function store(): Store {
  opened ??= openStore();
  return opened;
}
