import type { Comparison, Verdict } from "../../../lab/measure/verdict.ts";
import { Failure } from "../failure.ts";
import type { PageBrowser } from "./page-browser.ts";

/** Several runs of the duel in the page. */
export interface DuelRuns {
  baseline: string;
  /** `planted`: the baseline with busy work. */
  subject: string;
  /** Share of a command's time that was planted. */
  planted: number | null;
  clock: { stepMs: number; isolated: boolean };
  comparisons: Pick<Comparison, "ratio" | "low" | "high" | "verdict">[];
}

export interface DuelRunsRequest {
  clock: "isolated" | "open";
  baseline: string;
  /** Where it is the baseline's, the control alone is run. */
  subject: string;
  /** Per cent of busy work beside the baseline, in the place of the subject. */
  plantedPercent?: number;
  runs: number;
  /** Instances of each run; the page's own number where left out. */
  instances?: number;
}

/** What the duel's element has found, as it stands in the page. */
interface FoundInPage {
  result: Comparison;
  plan: { stepMs: number };
}

/** Runs the page's own duel again and again, each with another seed. @throws Failure where it doesn't end with a verdict */
export function runDuels(
  browser: PageBrowser,
  address: string,
  request: DuelRunsRequest,
  onRun: (run: number) => void,
): Promise<DuelRuns> {
  const { baseline, subject, plantedPercent, runs, instances, clock } = request;
  const isControl = baseline === subject && plantedPercent === undefined;
  return browser.visit(
    address,
    async (page) => {
      const duel = page.getByTestId("duel");
      await duel.scrollIntoViewIfNeeded();
      await duel.and(page.locator("[data-state=ready]")).waitFor();
      await duel.locator("[data-part=baseline]").selectOption(baseline);
      await duel.locator("[data-part=subject]").selectOption(plantedPercent === undefined ? subject : "planted");
      if (plantedPercent !== undefined) await duel.locator("[data-part=share]").fill(String(plantedPercent));
      if (instances !== undefined) {
        await duel.evaluate((element: HTMLElement, wanted) => {
          element.dataset.instances = String(wanted);
        }, instances);
      }
      const found: FoundInPage[] = [];
      for (let run = 0; run < runs; run++) {
        onRun(run);
        await duel.locator("[data-part=seed]").fill(String(run + 1));
        await duel.locator(`[data-part=${isControl ? "control" : "run"}]`).click();
        await duel.and(page.locator("[data-state=ready]")).waitFor();
        const one = await duel.evaluate(
          (element, name) => {
            const { found: both } = element as unknown as { found: Record<string, unknown> };
            return (both[name] ?? null) as FoundInPage | null;
          },
          isControl ? "control" : "comparison",
        );
        if (one === null) {
          throw new Failure(
            `--page: a duel came to no verdict. It says: ${await duel.getByRole("status").textContent()}`,
          );
        }
        found.push(one);
      }
      return {
        baseline,
        subject: plantedPercent === undefined ? subject : "planted",
        planted: plantedPercent === undefined ? null : plantedPercent / 100,
        clock: { stepMs: found[0]?.plan.stepMs ?? 0, isolated: await page.evaluate(() => crossOriginIsolated) },
        comparisons: found.map(({ result: { ratio, low, high, verdict } }) => ({ ratio, low, high, verdict })),
      };
    },
    clock,
  );
}

export function countVerdicts({ comparisons }: DuelRuns, ...verdicts: Verdict[]): number {
  return comparisons.filter(({ verdict }) => verdicts.includes(verdict)).length;
}
