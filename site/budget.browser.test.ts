import { gzipSync } from "node:zlib";
import type { Browser, Page, Response } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { launchBrowser } from "../apps/setup/launch.ts";

const KB = 1024;
/** What the first load of a chapter may cost, compressed, without the editor. */
const FIRST_LOAD = 200 * KB;
/** What the editor and its TypeScript service may cost, and with them the charts and the sandbox. */
const WITH_EDITOR = 2.8 * KB * KB;
const TYPESCRIPT = /\/ts\.worker/;

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** The scripts that a page has loaded. */
class Scripts {
  readonly #responses = new Map<string, Response>();

  constructor(page: Page) {
    page.context().on("response", (response) => {
      const { href, pathname } = new URL(response.url());
      if (pathname.endsWith(".js")) this.#responses.set(href, response);
    });
  }

  get addresses(): string[] {
    return [...this.#responses.keys()];
  }

  /** Their compressed size. A body is asked for only here, where the page is sure to be open. */
  async bytes(): Promise<number> {
    const bodies = await Promise.all([...this.#responses.values()].map((response) => response.body()));
    return bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
  }
}

test("a chapter's first load stays within its budget, and the editor comes only when its lab is in view", async () => {
  const page = await browser.newPage({
    viewport: { width: 1280, height: 600 },
    // It keeps files for later; what the page itself loads is counted.
    serviceWorkers: "block",
  });
  const scripts = new Scripts(page);
  await page.goto(`${inject("siteUrl")}/identify-bottlenecks/`, { waitUntil: "networkidle" });
  const first = await scripts.bytes();
  expect(scripts.addresses.some((address) => TYPESCRIPT.test(address))).toBe(false);
  expect(first).toBeGreaterThan(KB);
  expect(first).toBeLessThanOrEqual(FIRST_LOAD);

  await page.getByTestId("lab").scrollIntoViewIfNeeded();
  await expect
    .poll(() => scripts.addresses.some((address) => TYPESCRIPT.test(address)), { timeout: 30_000 })
    .toBe(true);
  expect(await scripts.bytes()).toBeLessThanOrEqual(WITH_EDITOR);
  await page.close();
});
