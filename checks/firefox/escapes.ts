import type { Browser, Page } from "puppeteer-core";
import { type SiteServer, serveSite } from "../../apps/setup/server.ts";
import { buildTrialSite } from "../../site/sandbox/trial/build.ts";
import { type Canary, startCanary } from "../../site/sandbox/trial/canary.ts";
import { ESCAPES, escapeModule, escapeScript, FREE_OUTSIDE } from "../../site/sandbox/trial/escapes.ts";
import { expectThat, type Tally } from "./tally.ts";

const CALL_MS = 4000;

/** Makes each attempt to get out, in a worker that is all the attempt's and as a reader's code; and outside, for comparison. */
export async function checkEscapes(browser: Browser, tally: Tally): Promise<void> {
  const site = await buildTrialSite();
  const server = await serveSite(site.folder, 0);
  const canary = await startCanary();
  try {
    const page = await openTrial(browser, server);
    await tally.check("the trial's page is isolated", async () => {
      expectThat(await page.evaluate(() => window.trial.isolated), "crossOriginIsolated is false");
    });
    await checkPolicyAlone(page, canary, tally);
    await checkReadersCode(page, canary, tally);
    await page.close();
    await checkOutside(browser, canary, tally);
  } finally {
    await Promise.all([server.close(), canary.close(), site.remove()]);
  }
}

async function openTrial(browser: Browser, server: SiteServer): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(server.url);
  await page.waitForFunction(() => window.trial !== undefined);
  return page;
}

async function checkPolicyAlone(page: Page, canary: Canary, tally: Tally): Promise<void> {
  const before = canary.visits();
  const outcomes = (await page.evaluate((text) => window.trial.hear(text), escapeScript(canary.url))) as Outcomes;
  for (const name of Object.keys(ESCAPES)) {
    await tally.check(`by the policy alone, no way out by ${name}`, () => {
      expectThat(outcomes[name] !== undefined, "it was not tried");
      expectThat(outcomes[name] !== "escaped", "it got out");
    });
  }
  await tally.check("by the policy alone, nobody reached the canary", () => {
    expectThat(canary.visits() === before, `${canary.visits() - before} connections`);
  });
}

async function checkReadersCode(page: Page, canary: Canary, tally: Tally): Promise<void> {
  for (const [name, body] of Object.entries(ESCAPES)) {
    await tally.check(`for a reader's code, no way out by ${name}`, async () => {
      const before = canary.visits();
      const outcome = await page.evaluate(
        (code, url, ms) => window.trial.call(code, "attempt", [url], ms),
        escapeModule(body),
        canary.url,
        CALL_MS,
      );
      expectThat(outcome.value !== true, "it got out");
      expectThat(canary.visits() === before, "it reached the canary");
    });
  }
}

async function checkOutside(browser: Browser, canary: Canary, tally: Tally): Promise<void> {
  const page = await browser.newPage();
  await page.goto(canary.url);
  const outcomes = (await page.evaluate(
    (text) =>
      new Promise((resolve) => {
        const worker = new Worker(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
        worker.onmessage = ({ data }) => resolve(JSON.parse(data));
        worker.postMessage(null);
      }),
    escapeScript(canary.url),
  )) as Outcomes;
  await page.close();
  for (const name of FREE_OUTSIDE) {
    await tally.check(`outside of the sandbox, a way by ${name}`, () => {
      expectThat(outcomes[name] === "escaped", `${outcomes[name]}: the checks above show nothing of it`);
    });
  }
  const nowhere = Object.keys(ESCAPES).filter((name) => outcomes[name] !== "escaped");
  tally.say(`unproven, since it fails outside of the sandbox too: ${nowhere.join(", ")}`);
}

type Outcomes = Record<string, string>;
