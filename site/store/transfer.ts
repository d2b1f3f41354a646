import type { Database } from "./database.ts";
import type { Attempt, Draft, Progress, Snapshot } from "./records.ts";
import { readWorkbookFile } from "./workbook-file.ts";

/** A reader's whole work, as it is taken to another browser. */
export interface WorkbookFile {
  kind: "hotpath-workbook";
  version: 1;
  /** ISO 8601 */
  exportedAt: string;
  drafts: Draft[];
  snapshots: Omit<Snapshot, "id">[];
  attempts: Omit<Attempt, "id">[];
  progress: Progress[];
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
   * Adds the work of a file to what is here. The newer of two texts becomes the draft, the other goes to its history;
   * the better of two results stays.
   *
   * @param text the file as it was read
   * @throws Error that says what is wrong with the file; nothing was changed
   */
  importWork(text: string): Promise<ImportReport>;
}

export function transferOver(database: Database): Transfer {
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
        version: 1,
        exportedAt: new Date().toISOString(),
        drafts,
        snapshots: snapshots.map(({ id, ...rest }) => rest),
        attempts: attempts.map(({ id, ...rest }) => rest),
        progress,
      };
    },
    async importWork(text) {
      const file = readWorkbookFile(text);
      await addSnapshots(database, file.snapshots);
      await addAttempts(database, file.attempts);
      let drafts = 0;
      for (const draft of file.drafts) if (await addDraft(database, draft)) drafts++;
      for (const progress of file.progress) await addProgress(database, progress);
      return { drafts, exercises: file.progress.length };
    },
  };
}

async function addSnapshots(database: Database, added: Omit<Snapshot, "id">[]): Promise<void> {
  const known = new Set((await database.list("snapshots")).map(({ key, savedAt }) => `${savedAt} ${key}`));
  for (const snapshot of added) {
    if (!known.has(`${snapshot.savedAt} ${snapshot.key}`)) await database.put("snapshots", snapshot);
  }
}

async function addAttempts(database: Database, added: Omit<Attempt, "id">[]): Promise<void> {
  const known = new Set((await database.list("attempts")).map(({ exerciseId, at }) => `${at} ${exerciseId}`));
  for (const attempt of added) {
    if (!known.has(`${attempt.at} ${attempt.exerciseId}`)) await database.put("attempts", attempt);
  }
}

/** @returns whether the file's text is the draft now */
async function addDraft(database: Database, added: Draft): Promise<boolean> {
  const here = await database.get("drafts", added.key);
  if (here?.code === added.code) return false;
  const newer = here === undefined || added.savedAt > here.savedAt;
  const older = newer ? here : added;
  if (older !== undefined) await database.put("snapshots", { ...older, reason: "import" });
  if (newer) await database.put("drafts", added);
  return newer;
}

async function addProgress(database: Database, added: Progress): Promise<void> {
  const here = await database.get("progress", added.exerciseId);
  if (here === undefined) return database.put("progress", added);
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
