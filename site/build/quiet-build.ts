import type { BuildOptions } from "vite";

/** Of the largest chunk, TypeScript's own service, which `budget.browser.test.ts` watches; kB before compression. */
const LARGEST_CHUNK_KB = 8000;

/** Leaves two warnings out that tell a reader who builds the workbook nothing, so that others are seen. */
export const quietBuild: BuildOptions = {
  chunkSizeWarningLimit: LARGEST_CHUNK_KB,
  rolldownOptions: {
    onLog(level, log, tell) {
      // Astro marks its own modules so, and reads the mark before they are bundled.
      if (log.code !== "MODULE_LEVEL_DIRECTIVE") tell(level, log);
    },
  },
};
