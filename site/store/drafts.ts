import type { Database } from "./database.ts";
import type { OtherTabs } from "./other-tabs.ts";
import type { Draft, Snapshot, SnapshotReason } from "./records.ts";

/** What is in an editor, with what it began from. */
export type DraftText = Pick<Draft, "code" | "otherFiles" | "starterHash" | "title">;

/** What came of saving: where another tab has saved another text meanwhile, nothing was saved, and here is that text. */
export type Saved = { saved: true } | { saved: false /** Undefined: the other tab has reset it. */; theirs?: Draft };

export interface Drafts {
  /** The draft that was last saved under a key (`exercise/<id>`, `lab/<id>`), or undefined. */
  load(key: string): Promise<Draft | undefined>;
  /** Saves what is in an editor, unless another tab has changed the draft since this page last saw it. */
  save(key: string, text: DraftText): Promise<Saved>;
  /** Saves it whatever another tab has written; that is put aside first. */
  overwrite(key: string, text: DraftText): Promise<void>;
  /** What another tab has made of the draft since this page last saw it; `saved: true` where nothing. */
  check(key: string): Promise<Saved>;
  /** Puts the draft aside with the reason and forgets it, so that the editor begins from the starter. */
  reset(key: string, reason?: SnapshotReason): Promise<Snapshot | undefined>;
  /** What was put aside under a key, newest first; at most `KEPT_SNAPSHOTS`. */
  history(key: string): Promise<Snapshot[]>;
  /** Makes a version of the history the draft again; what stands in its place is put aside. @returns the draft */
  restore(key: string, snapshotId: number): Promise<Draft>;
  /**
   * Puts a text aside without touching the draft.
   *
   * @param id of a version that it replaces @returns the version's id
   */
  putAside(key: string, text: DraftText, reason: SnapshotReason, id?: number): Promise<number>;
  /** Takes a version out of the history. */
  forget(snapshotId: number): Promise<void>;
  /** Calls back with the key when another tab has changed a draft. @returns a function that ends it */
  onOtherTab(listener: (key: string) => void): () => void;
}

/** Versions put aside that are kept for each text; older ones go. */
export const KEPT_SNAPSHOTS = 30;

/** Whether two texts are the same, file by file. */
export function sameText(
  a: Pick<DraftText, "code" | "otherFiles">,
  b: Pick<DraftText, "code" | "otherFiles">,
): boolean {
  const [others, theirs] = [a.otherFiles ?? {}, b.otherFiles ?? {}];
  const names = Object.keys(others);
  return (
    a.code === b.code &&
    names.length === Object.keys(theirs).length &&
    names.every((name) => others[name] === theirs[name])
  );
}

function textOf({ code, otherFiles, starterHash, title }: DraftText): DraftText {
  return { code, starterHash, ...(otherFiles && { otherFiles }), ...(title !== undefined && { title }) };
}

export function draftsOver(database: Database, tabs: OtherTabs): Drafts {
  // When this page last saw each draft; 0 where there was none. One saved at another time is another tab's.
  const seen = new Map<string, number>();
  const put = async (key: string, text: DraftText): Promise<Draft> => {
    const draft: Draft = { key, ...textOf(text), savedAt: later(seen.get(key)) };
    await database.put("drafts", draft);
    seen.set(key, draft.savedAt);
    tabs.tell(key);
    return draft;
  };
  const history = async (key: string): Promise<Snapshot[]> => {
    const kept = await database.list("snapshots", key);
    return kept.sort((a, b) => b.savedAt - a.savedAt || b.id - a.id);
  };
  const putAside = async (key: string, text: DraftText & { savedAt?: number }, reason: SnapshotReason, id?: number) => {
    const row = { key, ...textOf(text), savedAt: text.savedAt ?? Date.now(), reason };
    const given = await database.put("snapshots", id === undefined ? row : ({ ...row, id } as typeof row));
    const kept = await history(key);
    for (const old of kept.slice(KEPT_SNAPSHOTS)) await database.remove("snapshots", old.id);
    return given as number;
  };
  const check = async (key: string): Promise<Saved & { before?: Draft }> => {
    const before = await database.get("drafts", key);
    if ((before?.savedAt ?? 0) === (seen.get(key) ?? 0)) return { saved: true, ...(before && { before }) };
    return { saved: false, ...(before && { theirs: before, before }) };
  };
  return {
    history,
    putAside,
    check,
    async load(key) {
      const draft = await database.get("drafts", key);
      seen.set(key, draft?.savedAt ?? 0);
      return draft;
    },
    async save(key, text) {
      const now = await check(key);
      if (!now.saved && (now.theirs === undefined || !sameText(now.theirs, text))) return now;
      await put(key, text);
      return { saved: true };
    },
    async overwrite(key, text) {
      const now = await check(key);
      if (!now.saved && now.theirs && !sameText(now.theirs, text)) await putAside(key, now.theirs, "other-tab");
      await put(key, text);
    },
    async reset(key, reason = "reset") {
      const draft = await database.get("drafts", key);
      if (draft === undefined) return undefined;
      const id = await putAside(key, draft, reason);
      await database.remove("drafts", key);
      seen.set(key, 0);
      tabs.tell(key);
      return (await history(key)).find((version) => version.id === id);
    },
    async restore(key, snapshotId) {
      const found = (await history(key)).find((snapshot) => snapshot.id === snapshotId);
      if (found === undefined) throw new RangeError(`There is no version ${snapshotId} of ${key} in its history.`);
      const current = await database.get("drafts", key);
      if (current !== undefined && !sameText(current, found)) await putAside(key, current, "restore");
      return put(key, found);
    },
    forget: (snapshotId) => database.remove("snapshots", snapshotId),
    onOtherTab: (listener) => tabs.onChange(listener),
  };
}

/** Now, and never the time at which the draft was seen: two saves within a millisecond are two. */
function later(before = 0): number {
  return Math.max(Date.now(), before + 1);
}
