import { watch as watchFiles } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { findEngine } from "../../../engines/registry.ts";

/** An editor writes a file in several steps. */
const QUIET_MS = 200;

/** Waits for changes of an engine's folder, sources and built files; one that came since the last wait counts. */
export function changesOf(engine: string, signal: AbortSignal): { next(): Promise<void> } {
  const { sources, artefacts } = findEngine(engine).manifest;
  const own = `engines/${engine}`;
  const all = [...sources, ...artefacts.map((path) => dirname(path))];
  // Its own folder is watched with all that is in it, and with what isn't there before the first build.
  const folders = new Set([own, ...all.filter((path) => !path.startsWith(`${own}/`))]);
  let changed = false;
  let wake = () => {};
  let quiet: NodeJS.Timeout | undefined;
  const onChange = () => {
    clearTimeout(quiet);
    quiet = setTimeout(() => {
      changed = true;
      wake();
    }, QUIET_MS);
  };
  for (const folder of folders) {
    watchFiles(fileURLToPath(new URL(`../../../${folder}`, import.meta.url)), { recursive: true, signal }, onChange);
  }
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
