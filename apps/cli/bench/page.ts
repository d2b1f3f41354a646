import { describeMachine, type Machine } from "./machine.ts";
import { PageBrowser } from "./page-browser.ts";
import { type DuelRuns, runDuels } from "./page-duels.ts";
import { type FirstPoint, type LabRuns, measureFirstPoint, measureLabRuns } from "./page-lab.ts";
import type { PagePart, PagePlan } from "./page-plan.ts";
import { type PageWeights, weighPage } from "./page-weights.ts";

/** The page with a lab and a duel. */
const PAGE = "/identify-bottlenecks/";
/** Engines of the long run. */
const LAB_ENGINES = ["typescript", "rust-wasm", "typescript-ladder"];
/** What `rust-wasm` is held against. */
const PLAIN = "typescript";
/** The engine of the controls, and the one that is slowed. */
const CONTROL = "typescript-ladder";
const PLANTED_PERCENT = 5;

export interface PageRequest {
  parts: readonly PagePart[];
  plan: PagePlan;
  signal: AbortSignal;
  onProgress(what: string): void;
}

/** What was found; a part that was not asked for is left out. */
export interface PageResult {
  machine: Machine;
  browser: string;
  plan: PagePlan;
  weights?: PageWeights;
  firstPoint?: FirstPoint;
  million?: LabRuns;
  verdicts?: DuelRuns;
  aa?: { isolated: DuelRuns; open: DuelRuns };
  planted?: DuelRuns;
}

/**
 * Measures the built pages in a headless browser.
 *
 * @throws Failure where there is no browser, or a page does not do what it should @throws Stopped where the signal came
 */
export async function runPageBench({ parts, plan, signal, onProgress }: PageRequest): Promise<PageResult> {
  onProgress("page: opening the browser");
  const browser = await PageBrowser.open(signal, onProgress);
  try {
    const result: PageResult = { machine: describeMachine(), browser: `Chromium ${browser.version}`, plan };
    const wanted = (part: PagePart) => parts.includes(part);
    if (wanted("weights")) {
      onProgress("page: weighing its scripts");
      result.weights = await weighPage(browser, PAGE);
    }
    if (wanted("first-point")) result.firstPoint = await measureFirstPoint(browser, PAGE, plan.profiles, onProgress);
    if (wanted("million")) {
      const request = { engines: LAB_ENGINES, orders: plan.orders, runs: plan.labRuns };
      result.million = await measureLabRuns(browser, PAGE, request, onProgress);
    }
    const duels = (name: string, runs: number, more: Partial<Parameters<typeof runDuels>[2]>): Promise<DuelRuns> =>
      runDuels(
        browser,
        PAGE,
        { clock: "isolated", baseline: CONTROL, subject: CONTROL, runs, ...instancesOf(plan), ...more },
        (run) => onProgress(`page: ${name}, run ${run + 1} of ${runs}`),
      );
    if (wanted("verdicts")) {
      const pair = { baseline: PLAIN, subject: "rust-wasm" };
      result.verdicts = await duels(`rust-wasm against ${PLAIN}`, plan.verdicts, pair);
    }
    if (wanted("aa")) {
      result.aa = {
        isolated: await duels("A/A, isolated", plan.controls, {}),
        open: await duels("A/A, not isolated", plan.controls, { clock: "open" }),
      };
    }
    if (wanted("planted")) {
      const slowed = { plantedPercent: PLANTED_PERCENT };
      result.planted = await duels(`${PLANTED_PERCENT}% planted`, plan.planted, slowed);
    }
    return result;
  } finally {
    await browser.close();
  }
}

function instancesOf({ instances }: PagePlan): { instances?: number } {
  return instances === undefined ? {} : { instances };
}
