import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import type { PageBrowser } from "./page-browser.ts";

export interface PageWeights {
  page: string;
  /** Compressed scripts of the first load, bytes. */
  firstLoad: number;
  /** What came when the lab was in view: editor, TypeScript service, charts and sandbox; compressed, bytes. */
  labInView: number;
  /** The heaviest of all, by their names. */
  heaviest: { name: string; bytes: number }[];
}

const HEAVIEST = 5;
const TYPESCRIPT = /\/ts\.worker/;

/** Weighs the scripts of a page with a lab, by gzip, before and after its lab comes into view. */
export function weighPage(browser: PageBrowser, address: string): Promise<PageWeights> {
  return browser.visit(address, async (page) => {
    await page.waitForLoadState("networkidle");
    const first = await scriptsOf(page);
    await page.getByTestId("lab").scrollIntoViewIfNeeded();
    await page.locator("[data-testid=lab][data-editor=full]").waitFor();
    await page.waitForFunction(
      (pattern) => performance.getEntriesByType("resource").some(({ name }) => new RegExp(pattern).test(name)),
      TYPESCRIPT.source,
    );
    await page.waitForLoadState("networkidle");
    const all = await scriptsOf(page);
    const later = all.filter(({ name }) => !first.some((each) => each.name === name));
    return {
      page: address,
      firstLoad: sum(first),
      labInView: sum(later),
      heaviest: all.toSorted((a, b) => b.bytes - a.bytes).slice(0, HEAVIEST),
    };
  });
}

/** All scripts that the page and its workers have loaded, from the server once more, since a worker's body is gone by now. */
async function scriptsOf(page: Page): Promise<PageWeights["heaviest"]> {
  const addresses = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .map(({ name }) => name)
      .filter((name) => new URL(name).pathname.endsWith(".js")),
  );
  const scripts = [...new Set(addresses)].map(async (address) => {
    const body = Buffer.from(await (await fetch(address)).arrayBuffer());
    return { name: new URL(address).pathname.split("/").pop() as string, bytes: gzipSync(body).length };
  });
  return Promise.all(scripts);
}

function sum(scripts: PageWeights["heaviest"]): number {
  return scripts.reduce((total, { bytes }) => total + bytes, 0);
}
