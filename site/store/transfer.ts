import type { Database } from "./database.ts";
import { sameText } from "./drafts.ts";
import type { OtherTabs } from "./other-tabs.ts";
import type { Attempt, Draft, Progress, Snapshot } from "./records.ts";
import { readWorkbookFile } from "./workbook-file.ts";

/** A reader's whole work, as it is taken to another browser. */
export interface WorkbookFile {
  kind: "hotpath-workbook";
  /** 1 knew one file for each text. */
  version: 1 | 2;
  /** ISO 8601 */
  exportedAt: string;
  drafts: Draft[];
  snapshots: Omit<Snapshot, "id">[];
  attempts: Omit<Attempt, "id">[];
  progress: Progress[];
}

/** What an import would change, told before it does. */
export interface ImportPlan {
  /** When the file was written, as it says itself. */
  exportedAt: string;
  drafts: PlannedDraft[];
  /** Versions and attempts that are not here yet. */
  versions: number;
  attempts: number;
  /** Exercises whose progress the file has. */
  exercises: number;
}

/** One text of a file. `newer`: it takes the place of the one here; `older`: it goes to the history of the one here. */
export interface PlannedDraft {
  key: string;
  title?: string;
  savedAt: number;
  change: "new" | "newer" | "older" | "same";
}

/** What an import changed. */
export interface ImportReport {
  /** Texts that are now the file's. What stood there before is in their history. */
  drafts: number;
  /** Exercises whose progress the file added to. */
  exercises: number;
}

export interface Transfer {
  /** Everything the reader has done, to be written to a file. */
  exportWork(): Promise<WorkbookFile>;
  /**
   * Tells what `importWork` would change; changes nothing.
   *
   * @throws Error that says what is wrong with the file
   */
  planImport(text: string): Promise<ImportPlan>;
  /**
   * Adds the work of a file to what is here. The newer of two texts becomes the draft, the other goes to its history;
   * the better of two results stays.
   *
   * @param text the file as it was read
   * @throws Error that says what is wrong with the file; nothing was changed
   */
  importWork(text: string): Promise<ImportReport>;
}

export function transferOver(database: Database, tabs: OtherTabs): Transfer {
  return {
    async exportWork() {
      const [drafts, snapshots, attempts, progress] = await Promise.all([
        database.list("drafts"),
        database.list("snapshots"),
        database.list("attempts"),
        database.list("progress"),
      ]);
      return {
        kind: "hotpath-workbook",
        version: 2,
        exportedAt: new Date().toISOString(),
        drafts,
        snapshots: snapshots.map(({ id, ...rest }) => rest),
        attempts: attempts.map(({ id, ...rest }) => rest),
        progress,
      };
    },
    async planImport(text) {
      const file = readWorkbookFile(text);
      const drafts: PlannedDraft[] = [];
      for (const draft of file.drafts) {
        const { key, title, savedAt } = draft;
        const change = changeOf(await database.get("drafts", key), draft);
        drafts.push({ key, savedAt, change, ...(title !== undefined && { title }) });
      }
      return {
        exportedAt: file.exportedAt,
        drafts,
        versions: (await newSnapshots(database, file.snapshots)).length,
        attempts: (await newAttempts(database, file.attempts)).length,
        exercises: file.progress.length,
      };
    },
    async importWork(text) {
      const file = readWorkbookFile(text);
      for (const snapshot of await newSnapshots(database, file.snapshots)) await database.put("snapshots", snapshot);
      for (const attempt of await newAttempts(database, file.attempts)) await database.put("attempts", attempt);
      let drafts = 0;
      for (const draft of file.drafts) {
        if (!(await addDraft(database, draft))) continue;
        drafts++;
        tabs.tellAll(draft.key);
      }
      for (const progress of file.progress) await addProgress(database, progress);
      return { drafts, exercises: file.progress.length };
    },
  };
}

type NewSnapshot = Omit<Snapshot, "id">;
type NewAttempt = Omit<Attempt, "id">;

async function newSnapshots(database: Database, added: NewSnapshot[]): Promise<NewSnapshot[]> {
  const known = new Set((await database.list("snapshots")).map(({ key, savedAt }) => `${savedAt} ${key}`));
  return added.filter(({ key, savedAt }) => !known.has(`${savedAt} ${key}`));
}

async function newAttempts(database: Database, added: NewAttempt[]): Promise<NewAttempt[]> {
  const known = new Set((await database.list("attempts")).map(({ exerciseId, at }) => `${at} ${exerciseId}`));
  return added.filter(({ exerciseId, at }) => !known.has(`${at} ${exerciseId}`));
}

function changeOf(here: Draft | undefined, added: Draft): PlannedDraft["change"] {
  if (here === undefined) return "new";
  if (sameText(here, added)) return "same";
  return added.savedAt > here.savedAt ? "newer" : "older";
}

/** @returns whether the file's text is the draft now */
async function addDraft(database: Database, added: Draft): Promise<boolean> {
  const here = await database.get("drafts", added.key);
  const change = changeOf(here, added);
  if (change === "same") return false;
  const older = change === "older" ? added : here;
  if (older !== undefined) await database.put("snapshots", { ...older, reason: "import" });
  if (change !== "older") await database.put("drafts", added);
  return change !== "older";
}

async function addProgress(database: Database, added: Progress): Promise<void> {
  const here = await database.get("progress", added.exerciseId);
  if (here === undefined) {
    await database.put("progress", added);
    return;
  }
  const [older, newer] = here.updatedAt < added.updatedAt ? [here, added] : [added, here];
  const known = (await database.list("attempts", added.exerciseId)).length;
  await database.put("progress", {
    ...older,
    ...newer,
    attempts: Math.max(here.attempts, added.attempts, known),
    bestPoints: Math.max(here.bestPoints, added.bestPoints),
    hintsShown: Math.max(here.hintsShown, added.hintsShown),
    solutionShown: here.solutionShown || added.solutionShown,
  });
}
