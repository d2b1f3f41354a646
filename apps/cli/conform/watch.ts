import { watch as watchFiles } from "node:fs";
import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findEngine } from "../../../engines/registry.ts";

/** An editor writes a file in several steps. */
const QUIET_MS = 200;

/** Tells of changes one after another; one that came since the last wait counts. */
export interface Changes {
  /** Ends with the next change, or where the signal came. */
  next(): Promise<void>;
}

/** Waits for changes of an engine's folder, sources and built files. */
export function changesOf(engine: string, signal: AbortSignal): Promise<Changes> {
  const { sources, artefacts } = findEngine(engine).manifest;
  const paths = new Set([`engines/${engine}`, ...sources, ...artefacts.map((path) => dirname(path))]);
  const folders = [...paths].map((path) => fileURLToPath(new URL(`../../../${path}`, import.meta.url)));
  return changesIn(folders, signal);
}

/** Waits for changes in folders and those below them, new ones too. */
export async function changesIn(folders: readonly string[], signal: AbortSignal): Promise<Changes> {
  const watched = new Set<string>();
  let changed = false;
  let wake = () => {};
  let quiet: NodeJS.Timeout | undefined;
  const onChange = () => {
    clearTimeout(quiet);
    quiet = setTimeout(async () => {
      await watchAll();
      changed = true;
      wake();
    }, QUIET_MS);
  };
  /** Each folder by itself: Node's recursive watch on Linux follows the files, and loses one that an editor replaced. */
  const watchAll = async () => {
    for (const folder of (await Promise.all(folders.map(foldersFrom))).flat()) {
      if (watched.has(folder) || signal.aborted) continue;
      watched.add(folder);
      watchFiles(folder, { signal }, onChange).on("error", () => watched.delete(folder));
    }
  };
  await watchAll();
  signal.addEventListener("abort", () => {
    clearTimeout(quiet);
    wake();
  });
  return {
    async next() {
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (changed || signal.aborted) resolve();
      });
      changed = false;
    },
  };
}

/** A folder and all below it; none where it has gone. */
async function foldersFrom(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) return [];
  return [
    folder,
    ...entries.filter((entry) => entry.isDirectory()).map(({ parentPath, name }) => join(parentPath, name)),
  ];
}
