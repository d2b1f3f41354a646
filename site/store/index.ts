/** The reader's own work, kept in the browser: one store for the whole site. */
import { openStore, type Store } from "./store.ts";

export type { Drafts, DraftText, Saved } from "./drafts.ts";
export { KEPT_SNAPSHOTS } from "./drafts.ts";
export type { Attempt, Draft, Progress, Snapshot, SnapshotReason } from "./records.ts";
export type { Keeping } from "./resilient.ts";
export type { ProgressBook, Room, Store } from "./store.ts";
export type { ImportPlan, ImportReport, WorkbookFile } from "./transfer.ts";

let opened: Store | undefined;

/** The site's store, opened at first use. */
export function store(): Store {
  opened ??= openStore();
  return opened;
}
