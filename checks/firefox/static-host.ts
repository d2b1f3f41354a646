import { EventEmitter, once } from "node:events";

import type { Browser, Page } from "puppeteer-core";
import { serveSite } from "../../apps/setup/server.ts";
import { siteFolder } from "../../apps/setup/site.ts";
import { LabPage } from "./lab-page.ts";
import { expectThat, type Tally } from "./tally.ts";

const PATIENCE_MS = 30_000;

/** On a host that sends none of our headers, and then is gone. */
export async function checkStaticHost(browser: Browser, tally: Tally): Promise<void> {
  const server = await serveSite(siteFolder, 0, { isolation: false });
  let open = true;
  try {
    const page = await browser.newPage();
    await tally.check("on a host without headers, the page is isolated after one reload", async () => {
      const loads = countLoads(page);
      const reloaded = once(loads.heard, "second", { signal: AbortSignal.timeout(PATIENCE_MS) });
      await page.goto(server.url).catch(() => {
        // The reload may come before the first load is over.
      });
      // A question that the reload interrupts is never answered, so none is asked before.
      await reloaded;
      await page.waitForFunction(() => crossOriginIsolated && document.documentElement.dataset.offline === "kept");
      expectThat(loads.count() === 2, `it was loaded ${loads.count()} times`);
    });
    await tally.check("the lab runs when the host is gone, isolated", async () => {
      await server.close();
      open = false;
      const lab = await LabPage.open(page, server.url);
      await lab.press("run");
      const status = await lab.end();
      expectThat(status.startsWith("Done:"), status);
      const clock = await lab.text('[data-testid="clock"]');
      expectThat(clock.includes("the page is isolated"), clock);
    });
    await page.close();
  } finally {
    if (open) await server.close();
  }
}

/** @returns how often the page was loaded so far, and who says so when it is loaded a second time */
function countLoads(page: Page): { count: () => number; heard: EventEmitter } {
  const heard = new EventEmitter();
  let count = 0;
  page.on("framenavigated", (frame) => {
    if (frame === page.mainFrame() && ++count === 2) heard.emit("second");
  });
  return { count: () => count, heard };
}
