import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
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

/** The scripts that a page has loaded, each with its compressed size. */
class Scripts {
  readonly #sizes = new Map<string, Promise<number>>();

  constructor(page: Page) {
    page.context().on("response", (response) => {
      const { href, pathname } = new URL(response.url());
      if (pathname.endsWith(".js"))
        this.#sizes.set(
          href,
          response.body().then((body) => gzipSync(body).length),
        );
    });
  }

  get addresses(): string[] {
    return [...this.#sizes.keys()];
  }

  async bytes(): Promise<number> {
    const sizes = await Promise.all(this.#sizes.values());
    return sizes.reduce((sum, size) => sum + size, 0);
  }
}

test("a chapter's first load stays within its budget, and the editor comes only when its lab is in view", async () => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 600 } });
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
