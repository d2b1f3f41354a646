import type { Browser, CDPSession, Locator, Page } from "playwright-core";
import { median } from "../../../lab/measure/statistics.ts";
import { Failure } from "../failure.ts";
import type { PageBrowser } from "./page-browser.ts";
import { type LongestTask, TaskTrace } from "./page-tasks.ts";

/** What a run's first point took, each in a fresh profile. */
export interface FirstPoint {
  /** From the click on Run to the first point of the chart, ms. */
  medianMs: number;
  allMs: number[];
}

/** Runs of the lab on several engines, with its charts. */
export interface LabRuns {
  engines: string[];
  orders: number;
  /** Each run's longest task on a main thread. */
  longestTasks: LongestTask[];
  /** Main thread's heap after a collection of garbage, MB: after a first run, and after all. */
  heapMb: { before: number; after: number };
  /** The whole page with its workers, as the browser tells of it, MB; null where it doesn't. */
  pageMb: { before: number; after: number } | null;
  /** What the lab said of the engines' events, of each run. */
  agreements: string[];
}

/** A strategy that acts on every tenth book. */
const ON_EACH_TENTH_BOOK = `export default class {
  #books = 0;
  #orders = [];

  onBook(book, market) {
    if (++this.#books % 10 !== 0 || book.bids.length === 0 || book.asks.length === 0) return;
    for (const id of this.#orders) market.cancel(id);
    this.#orders = [market.buy(book.bids[0][0], 5), market.sell(book.asks[0][0], 5)];
  }
}
`;

/** Measures the time from a click on Run to the first point of the chart of latency. @param times how often, each in a fresh profile */
export async function measureFirstPoint(
  browser: PageBrowser,
  address: string,
  times: number,
  onProgress: (what: string) => void,
): Promise<FirstPoint> {
  const allMs: number[] = [];
  for (let time = 0; time < times; time++) {
    onProgress(`page: first point, profile ${time + 1} of ${times}`);
    allMs.push(
      await browser.visit(address, async (page) => {
        await labOf(page);
        await page.waitForLoadState("networkidle");
        return page.evaluate(clickToFirstPoint);
      }),
    );
  }
  return { medianMs: median(allMs), allMs };
}

/** Runs in the page. */
function clickToFirstPoint(): Promise<number> {
  const lab = document.querySelector("[data-testid=lab]") as HTMLElement;
  const chart = lab.querySelector("[data-testid=chart-latency]") as HTMLElement;
  // A chart out of view may not be drawn.
  chart.scrollIntoView({ block: "center", behavior: "instant" });
  return new Promise((resolve) => {
    let begin = 0;
    const observer = new MutationObserver(() => {
      if (Number(chart.dataset.points) < 1) return;
      observer.disconnect();
      // The next frame is the one in which the point is on the screen.
      requestAnimationFrame(() => resolve(performance.now() - begin));
    });
    observer.observe(chart, { attributeFilter: ["data-points"] });
    begin = performance.now();
    (lab.querySelector("[data-part=run]") as HTMLElement).click();
  });
}

/** Runs a strategy on the engines, several times in one page. @throws Failure where a run doesn't end well */
export function measureLabRuns(
  browser: PageBrowser,
  address: string,
  { engines, orders, runs }: { engines: readonly string[]; orders: number; runs: number },
  onProgress: (what: string) => void,
): Promise<LabRuns> {
  return browser.visit(address, async (page, context) => {
    const lab = await labOf(page);
    await page.locator("[data-testid=lab][data-editor=full]").waitFor();
    await write(page, lab, ON_EACH_TENTH_BOOK);
    await choose(lab, engines, orders);
    const session = await context.newCDPSession(page);
    const longestTasks: LongestTask[] = [];
    const agreements: string[] = [];
    const run = async (): Promise<void> => {
      const trace = await TaskTrace.begin(context.browser() as Browser);
      await runOnce(lab);
      longestTasks.push(await trace.end());
      agreements.push((await lab.getByTestId("agreement").textContent())?.trim() ?? "");
    };
    onProgress("page: a first run of the lab");
    await run();
    const before = await memoryOf(page, session);
    for (let time = 0; time < runs; time++) {
      onProgress(`page: run ${time + 1} of ${runs} of the lab, ${orders.toLocaleString("en")} orders on each engine`);
      await run();
    }
    const after = await memoryOf(page, session);
    const pageMb =
      before.pageMb === null || after.pageMb === null ? null : { before: before.pageMb, after: after.pageMb };
    const heapMb = { before: before.heapMb, after: after.heapMb };
    return { engines: [...engines], orders, longestTasks, heapMb, pageMb, agreements };
  });
}

async function labOf(page: Page): Promise<Locator> {
  const lab = page.getByTestId("lab").first();
  await lab.scrollIntoViewIfNeeded();
  await lab.and(page.locator("[data-state=ready]")).waitFor();
  return lab;
}

/** Puts a text in the place of all that is in the editor, as a paste would. */
async function write(page: Page, lab: Locator, text: string): Promise<void> {
  await lab
    .locator(".monaco-editor")
    .first()
    .click({ position: { x: 200, y: 40 } });
  await page.keyboard.press("ControlOrMeta+A");
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(paste);
  }, text);
  const code = lab.getByTestId("lab-code");
  for (let look = 0; look < 50; look++) {
    if ((await code.inputValue()) === text) return;
    await page.waitForTimeout(100);
  }
  throw new Failure("--page: the strategy could not be put into the lab's editor.");
}

async function choose(lab: Locator, engines: readonly string[], orders: number): Promise<void> {
  await lab.evaluate((element, names) => {
    const boxes = [...element.querySelectorAll<HTMLInputElement>("input[name=engine]")];
    for (const box of boxes) box.checked = names.includes(box.value);
    for (const box of boxes) box.dispatchEvent(new Event("change", { bubbles: true }));
  }, engines as string[]);
  await lab.locator("[data-part=orders]").selectOption(String(orders));
}

async function runOnce(lab: Locator): Promise<void> {
  await lab.locator("[data-part=run]").click();
  await lab.and(lab.page().locator("[data-state=running]")).waitFor();
  // What is on the screen is drawn.
  await lab.getByTestId("chart-latency").scrollIntoViewIfNeeded();
  await lab.and(lab.page().locator("[data-state=ready]")).waitFor();
  const status = (await lab.getByTestId("status").textContent()) ?? "";
  if (!status.startsWith("Done")) throw new Failure(`--page: a run of the lab did not end well. It says: ${status}`);
}

const MB = 1e6;

async function memoryOf(page: Page, session: CDPSession): Promise<{ heapMb: number; pageMb: number | null }> {
  for (let time = 0; time < 3; time++) await session.send("HeapProfiler.collectGarbage");
  await session.send("Performance.enable");
  const { metrics } = await session.send("Performance.getMetrics");
  const heap = metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? 0;
  const bytes = await page.evaluate(async () => {
    const measure = (performance as { measureUserAgentSpecificMemory?(): Promise<{ bytes: number }> })
      .measureUserAgentSpecificMemory;
    if (measure === undefined || !crossOriginIsolated) return null;
    const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), 40_000));
    return Promise.race([measure.call(performance).then((memory) => memory.bytes), late]);
  });
  return { heapMb: heap / MB, pageMb: bytes === null ? null : bytes / MB };
}
