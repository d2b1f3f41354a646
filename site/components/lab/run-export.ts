import type { SourceFiles } from "../../../lab/sandbox/source-files.ts";
import type { RunModel } from "./run-model.ts";

/** Where a run took place. */
export interface RunPlace {
  /** As the browser names itself, with the system. */
  browser: string;
  /** Logical processors, as the browser tells. */
  cores: number;
  /** ISO 8601. */
  at: string;
  /** Of the sources that the site was built from; null where it is not known. */
  commit: string | null;
  page: string;
}

/**
 * All that a finished run came to, for a file: settings, code, machine, browser, clock and its isolation, seed, commit and
 * numbers, so that whoever gets it can judge them and run it again.
 */
export function runExport(run: RunModel, files: SourceFiles, place: RunPlace): object {
  const { report, request, agreement, account } = run;
  return {
    format: "hotpath-run",
    version: 1,
    ...place,
    clock: run.clock,
    units: { batches: "wall time of so many commands as one, ms: means, not single commands", money: "ticks × lots" },
    request,
    files,
    agreement,
    engines: run.engines.map(({ engine, title, batches }) => ({
      ...report?.engines.find((each) => each.engine === engine),
      engine,
      title,
      batches,
    })),
    fills: report?.fills,
    analytics: report?.analytics,
    account,
  };
}
