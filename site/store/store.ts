import type { Verdict } from "../../lab/grade/verdict.ts";
import { type Database, openIndexedDb } from "./database.ts";
import { type Drafts, draftsOver } from "./drafts.ts";
import { otherTabs } from "./other-tabs.ts";
import type { Attempt, Progress } from "./records.ts";
import { type Keeping, resilient } from "./resilient.ts";
import { type Transfer, transferOver } from "./transfer.ts";

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
  /** Calls back when storage begins to fail, and when it works again. @returns a function that ends it */
  onTrouble(listener: (keeping: Keeping) => void): () => void;
  /** Deletes all versions that were put aside, and all attempts; drafts and points stay. Then storage is tried again. */
  makeRoom(): Promise<Room>;
  close(): Promise<void>;
}

/** What was deleted to make room, and whether it helped. */
export interface Room {
  versions: number;
  attempts: number;
  keeping: Keeping;
}

/** Attempts that are kept for each exercise; older ones go. */
const KEPT_ATTEMPTS = 50;

/**
 * Opens the reader's store. Nothing it offers throws because storage is missing, full or refused: it then goes on in
 * memory, and `keeping` and `onTrouble` say so.
 *
 * @param open how storage is opened; tests hand in their own
 */
export function openStore(name = "hotpath", open: typeof openIndexedDb = openIndexedDb): Store {
  const database = resilient((onLost) => open(name, onLost));
  const tabs = otherTabs(name);
  return {
    drafts: draftsOver(database, tabs),
    progress: progressOver(database),
    ...transferOver(database, tabs),
    keeping: database.keeping,
    onTrouble: database.onKeeping,
    async makeRoom() {
      const versions = await database.list("snapshots");
      const attempts = await database.list("attempts");
      for (const { id } of versions) await database.remove("snapshots", id);
      for (const { id } of attempts) await database.remove("attempts", id);
      return { versions: versions.length, attempts: attempts.length, keeping: await database.retry() };
    },
    async close() {
      tabs.close();
      database.close();
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
