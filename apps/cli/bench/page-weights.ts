import { gzipSync } from "node:zlib";
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
/** How long the TypeScript service may take to be asked for. */
const LOOKS = 300;
const LOOK_MS = 100;

/** Weighs the scripts of a page with a lab, by gzip, before and after its lab comes into view. */
export function weighPage(browser: PageBrowser, address: string): Promise<PageWeights> {
  return browser.visit(address, async (page, context) => {
    const scripts = new Set<string>();
    // Of the context, since a worker's own script is none of the page's.
    context.on("response", (response) => {
      if (new URL(response.url()).pathname.endsWith(".js")) scripts.add(response.url());
    });
    await page.reload({ waitUntil: "networkidle" });
    const first = await weighed(scripts);
    await page.getByTestId("lab").scrollIntoViewIfNeeded();
    await page.locator("[data-testid=lab][data-editor=full]").waitFor();
    for (let look = 0; look < LOOKS && ![...scripts].some((script) => TYPESCRIPT.test(script)); look++) {
      await page.waitForTimeout(LOOK_MS);
    }
    await page.waitForLoadState("networkidle");
    const all = await weighed(scripts);
    const later = all.filter(({ name }) => !first.some((each) => each.name === name));
    return {
      page: address,
      firstLoad: sum(first),
      labInView: sum(later),
      heaviest: all.toSorted((a, b) => b.bytes - a.bytes).slice(0, HEAVIEST),
    };
  });
}

/** From the server once more, since a worker's body is gone by now. */
async function weighed(addresses: ReadonlySet<string>): Promise<PageWeights["heaviest"]> {
  const scripts = [...addresses].map(async (address) => {
    const body = Buffer.from(await (await fetch(address)).arrayBuffer());
    return { name: new URL(address).pathname.split("/").pop() as string, bytes: gzipSync(body).length };
  });
  return Promise.all(scripts);
}

function sum(scripts: PageWeights["heaviest"]): number {
  return scripts.reduce((total, { bytes }) => total + bytes, 0);
}
