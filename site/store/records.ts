import type { Verdict } from "../../lab/grade/verdict.ts";

/** What the reader's browser keeps of the reader's own work. Nothing of it leaves the browser unless the reader exports it. */

/** A reader's text in an editor, as it was last. */
export interface Draft {
  /** What is edited: `exercise/<id>` or `lab/<chapter>`. */
  key: string;
  /** The first of its files. */
  code: string;
  /** Its other files by name, where it has more than one. */
  otherFiles?: Record<string, string>;
  /** For a reader: what it belongs to. */
  title?: string;
  /** Hash of the text that the reader began from; when that text changes, the reader is asked what to keep. */
  starterHash: string;
  /** Milliseconds since 1970. */
  savedAt: number;
}

/** Why a version of a draft was put aside. `run`: it was run; `opened`: it was there when the reader came back to it;
 * `replaced`: an example or a shared run took its place. */
export const SNAPSHOT_REASONS = [
  "reset",
  "restore",
  "other-tab",
  "new-starter",
  "import",
  "run",
  "opened",
  "replaced",
] as const;

export type SnapshotReason = (typeof SNAPSHOT_REASONS)[number];

/** A version of a draft that was replaced, and can be had back. */
export interface Snapshot {
  /** Given by the store. */
  id: number;
  key: string;
  code: string;
  otherFiles?: Record<string, string>;
  title?: string;
  starterHash: string;
  savedAt: number;
  reason: SnapshotReason;
}

/** One grading that the reader asked for. */
export interface Attempt {
  /** Given by the store. */
  id: number;
  exerciseId: string;
  code: string;
  verdict: Verdict;
  /** Milliseconds since 1970. */
  at: number;
}

/** Where a reader stands in one exercise. */
export interface Progress {
  exerciseId: string;
  attempts: number;
  /** Points of the best attempt; a later, worse one never lowers them. */
  bestPoints: number;
  /** What the best attempt could have got. */
  of: number;
  /** Hints opened, from the first. */
  hintsShown: number;
  solutionShown: boolean;
  /** Verdict of the last attempt. */
  last?: Verdict;
  /** Milliseconds since 1970. */
  updatedAt: number;
}

/** Names of the tables, with what a row of each is. */
export interface Rows {
  drafts: Draft;
  snapshots: Snapshot;
  attempts: Attempt;
  progress: Progress;
}

export type Table = keyof Rows;
export type Key = string | number;

/** A row whose id the store gives. */
export type NewRow<T extends Table> = T extends "snapshots" | "attempts" ? Omit<Rows[T], "id"> : Rows[T];
