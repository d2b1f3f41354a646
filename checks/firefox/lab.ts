import type { Browser } from "puppeteer-core";
import { serveSite } from "../../apps/setup/server.ts";
import { siteFolder } from "../../apps/setup/site.ts";
import { LabPage } from "./lab-page.ts";
import { expectThat, type Tally } from "./tally.ts";

const STOP_LIMIT_MS = 500;
const LONG_RUN_ORDERS = 1_000_000;

/** Runs the lab with the full editor, on a page that our own server isolates. */
export async function checkDesktopLab(browser: Browser, tally: Tally): Promise<void> {
  const server = await serveSite(siteFolder, 0);
  try {
    const page = await browser.newPage();
    await tally.check("the lab runs to its end in the full editor, and the engines agree", async () => {
      const lab = await LabPage.open(page, server.url);
      await page.$eval('[data-testid="lab"]', (element) => element.scrollIntoView());
      await page.locator('[data-testid="lab"][data-editor="full"]').wait();
      await lab.press("run");
      const status = await lab.end();
      expectThat(status.startsWith("Done:"), status);
      const agreement = await lab.text('[data-testid="agreement"]');
      expectThat(agreement.endsWith("identical."), agreement);
      const clock = await lab.text('[data-testid="clock"]');
      expectThat(clock.includes("the page is isolated"), clock);
      tally.say(`        ${clock}`);
    });
    await page.close();
  } finally {
    await server.close();
  }
}

const strategy = (body: string) => `export default { onBook(book, market) { ${body} } };`;

/** What a run must end with, by the strategy's code. */
const ENDS: [string, string, RegExp][] = [
  ["an endless loop is ended, with its line", strategy("for (;;);"), /^The run ended\. Line 1: .*loop/],
  ["a growing array is ended", strategy("const a = []; for (;;) a.push(a.length);"), /^The run ended\. Line 1: /],
  [
    "an endless chain of promises is ended",
    strategy("const f = () => Promise.resolve().then(f); f();"),
    /Nothing came/,
  ],
  [
    "a wait without end is ended",
    strategy("Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);"),
    /Nothing came/,
  ],
  [
    "a million console lines are bounded",
    "let n = 0; export default { onBook() { if (n < 1e6) for (let i = 0; i < 1e5; i++) console.log('line', n++); } };",
    /^Done:/,
  ],
];

/** Writes hostile strategies into the plain editor, and sees what the page makes of them. */
export async function checkHostileStrategies(browser: Browser, tally: Tally): Promise<void> {
  const server = await serveSite(siteFolder, 0);
  try {
    const page = await browser.newPage();
    const lab = await LabPage.open(page, server.url);
    for (const [name, code, expected] of ENDS) {
      await tally.check(name, async () => {
        await lab.write(code);
        await lab.press("run");
        const status = await lab.end();
        expectThat(expected.test(status), status);
      });
    }
    for (const [name, body] of [
      ["a run that goes well", ""],
      ["a regular expression without end", "/^(a+)+$/.test('a'.repeat(60) + 'b');"],
    ]) {
      await tally.check(`Stop ends ${name} within ${STOP_LIMIT_MS} ms`, () => checkStop(lab, strategy(body)));
    }
    await tally.check("after all that the lab runs to its end", async () => {
      await lab.choose(100_000);
      await lab.write(strategy(""));
      await lab.press("run");
      const status = await lab.end();
      expectThat(status.startsWith("Done:"), status);
    });
    await page.close();
  } finally {
    await server.close();
  }
}

async function checkStop(lab: LabPage, code: string): Promise<void> {
  await lab.choose(LONG_RUN_ORDERS);
  await lab.write(code);
  await lab.press("run");
  // Until the worker is in the middle of it.
  await new Promise((resolve) => setTimeout(resolve, 800));
  const tookMs = await lab.page.evaluate(async () => {
    const element = document.querySelector('[data-testid="lab"]') as HTMLElement;
    const button = element.querySelector('[data-part="stop"]') as HTMLButtonElement;
    const begin = performance.now();
    button.click();
    while (element.dataset.state !== "ready") {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return performance.now() - begin;
  });
  const status = await lab.text('[data-testid="status"]');
  expectThat(status.startsWith("Stopped after"), status);
  expectThat(tookMs <= STOP_LIMIT_MS, `it took ${Math.round(tookMs)} ms`);
}
