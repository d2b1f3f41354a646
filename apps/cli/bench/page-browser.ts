import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { BROWSER_VARIABLE, findBrowser } from "../../setup/browser.ts";
import { type SiteServer, serveSite } from "../../setup/server.ts";
import { ensureSite, siteFolder } from "../../setup/site.ts";
import { Failure } from "../failure.ts";
import { Stopped } from "./worker-client.ts";

/** Keep the browser from asking for anything beyond the page; the heap may be collected when a measurement asks for it. */
const FLAGS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A headless browser over the built site, on a host that isolates pages and on one that doesn't. */
export class PageBrowser {
  readonly #browser: Browser;
  readonly #servers: Record<"isolated" | "open", SiteServer>;
  readonly #signal: AbortSignal;
  readonly #stop = (): void => void this.#browser.close();

  private constructor(browser: Browser, servers: Record<"isolated" | "open", SiteServer>, signal: AbortSignal) {
    this.#browser = browser;
    this.#servers = servers;
    this.#signal = signal;
    signal.addEventListener("abort", this.#stop, { once: true });
  }

  /** Builds the site where it is not built from these sources. @throws Failure where there is no browser */
  static async open(signal: AbortSignal, say: (line: string) => void): Promise<PageBrowser> {
    const executablePath = findBrowser();
    if (executablePath === undefined) {
      throw new Failure(
        `--page needs Chrome, Chromium or Edge, and none is installed. Install one with npx playwright-core install chromium, or name one in ${BROWSER_VARIABLE}.`,
      );
    }
    await ensureSite(say);
    signal.throwIfAborted();
    const [isolated, open] = [await serveSite(siteFolder, 0), await serveSite(siteFolder, 0, { isolation: false })];
    return new PageBrowser(await chromium.launch({ executablePath, args: FLAGS }), { isolated, open }, signal);
  }

  get version(): string {
    return this.#browser.version();
  }

  /**
   * Opens a page of the site in a fresh profile, hands it on, and closes the profile.
   *
   * @param clock `open`: a host that sends no headers, and no service worker that adds them: the clock is coarse
   * @throws Stopped where the signal came
   */
  async visit<T>(
    address: string,
    act: (page: Page, context: BrowserContext) => Promise<T>,
    clock: "isolated" | "open" = "isolated",
  ): Promise<T> {
    const options: BrowserContextOptions = { viewport: { width: 1280, height: 800 }, serviceWorkers: "block" };
    try {
      const context = await this.#browser.newContext(options);
      try {
        const page = await context.newPage();
        page.setDefaultTimeout(600_000);
        // A listener of the context's may be set before anything is loaded.
        return await act(await opened(page, `${this.#servers[clock].url}${address}`), context);
      } finally {
        await context.close();
      }
    } catch (error) {
      if (this.#signal.aborted) throw new Stopped();
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#signal.removeEventListener("abort", this.#stop);
    await this.#browser.close();
    await Promise.all(Object.values(this.#servers).map((server) => server.close()));
  }
}

async function opened(page: Page, address: string): Promise<Page> {
  await page.goto(address, { waitUntil: "load" });
  return page;
}
