import { gzipSync } from "node:zlib";
import type { Page, Response } from "playwright-core";
import { afterAll, expect, inject, test } from "vitest";
import { closeProfiles, newTab, type ProfileOptions } from "../apps/setup/launch.ts";

const KB = 1024;
/** What the first load of a chapter may cost, compressed, without the editor. */
const FIRST_LOAD = 200 * KB;
/** What the editor and its TypeScript service may cost. */
const EDITOR = 2.6 * KB * KB;
/** What a lab's charts and its sandbox may cost. */
const CHARTS_AND_SANDBOX = 300 * KB;
const TYPESCRIPT = /\/ts\.worker/;
const QUIET_MS = 2000;
const LOADING = { timeout: 30_000 };

afterAll(closeProfiles);

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

  /** Waits until no more come. The frame of the sandbox keeps the browser's own "networkidle" from being reached. */
  async settled(page: Page): Promise<void> {
    for (let known = -1; known !== this.#responses.size; ) {
      known = this.#responses.size;
      await page.waitForTimeout(QUIET_MS);
    }
  }

  /** Their compressed size, without those of other pages. A body is asked for only here, where the page is sure to be open. */
  async bytes(without: readonly string[] = []): Promise<number> {
    const counted = [...this.#responses].filter(([address]) => !without.includes(address));
    const bodies = await Promise.all(counted.map(([, response]) => response.body()));
    return bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
  }
}

async function open(options: ProfileOptions): Promise<{ page: Page; scripts: Scripts }> {
  // A service worker keeps files for later; what the page itself loads is counted.
  const page = await newTab({ viewport: { width: 1280, height: 600 }, ...options });
  const scripts = new Scripts(page);
  await page.goto(`${inject("siteUrl")}/identify-bottlenecks/`, { waitUntil: "networkidle" });
  return { page, scripts };
}

/** Brings the lab into view. @param editor the one that it takes */
async function reach(page: Page, editor: "full" | "plain"): Promise<void> {
  const lab = page.getByTestId("lab");
  await lab.scrollIntoViewIfNeeded();
  await lab.and(page.locator(`[data-editor=${editor}]`)).waitFor();
}

test("a chapter's first load, its lab's charts and sandbox, and its editor each stay within their budget", async () => {
  // A touch screen takes the plain field, so there all but the editor is loaded.
  const touch = await open({ editor: "plain" });
  const firstOnTouch = touch.scripts.addresses;
  await reach(touch.page, "plain");
  await expect.poll(() => touch.page.locator("iframe[sandbox]").count(), LOADING).toBe(1);
  await touch.scripts.settled(touch.page);
  const withoutEditor = touch.scripts.addresses;
  const charts = await touch.scripts.bytes(firstOnTouch);
  expect(charts).toBeGreaterThan(KB);
  expect(charts).toBeLessThanOrEqual(CHARTS_AND_SANDBOX);
  await touch.page.context().close();

  const { page, scripts } = await open({ editor: "full" });
  const first = await scripts.bytes();
  expect(scripts.addresses.some((address) => TYPESCRIPT.test(address))).toBe(false);
  expect(first).toBeGreaterThan(KB);
  expect(first).toBeLessThanOrEqual(FIRST_LOAD);
  await reach(page, "full");
  await expect.poll(() => scripts.addresses.some((address) => TYPESCRIPT.test(address)), LOADING).toBe(true);
  await scripts.settled(page);
  const editor = await scripts.bytes(withoutEditor);
  expect(editor).toBeGreaterThan(1000 * KB);
  expect(editor).toBeLessThanOrEqual(EDITOR);
  await page.context().close();
});
