import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { inject } from "vitest";

/**
 * Off in the browser. Each window of a profile has two pages for suggestions below its address bar, which nobody sees and
 * which cost more to start than most of our pages. The others are Playwright's, as Chromium hears the last list alone.
 */
const WITHOUT = [
  "WebUIOmniboxPopup",
  "WebUIOmniboxAimPopup",
  "WebUIOmniboxFullPopup",
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsUpgrades",
  "MediaRouter",
  "OptimizationHints",
  "PaintHolding",
  "ThirdPartyStoragePartitioning",
];

/** Keep the browser from asking for anything beyond the page, and from what a headless machine lacks. */
const FLAGS = [
  `--disable-features=${WITHOUT.join(",")}`,
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A busy machine is slow and never wrong. */
const PATIENCE_MS = 60_000;

export interface ProfileOptions extends BrowserContextOptions {
  /**
   * What a reader's code is written in. By default the plain text field of a touch screen, which a test can fill; the full
   * editor and its TypeScript take seconds to start, on each page anew.
   */
  editor?: "plain" | "full";
}

/** The test files that one worker of Vitest runs, one after the other, share a browser. It ends with the worker. */
let running: Promise<Browser> | undefined;

function launch(): Promise<Browser> {
  const problem = inject("browserProblem");
  if (problem !== "") throw new Error(problem);
  return chromium.launch({ executablePath: inject("browserPath"), args: FLAGS });
}

async function browser(): Promise<Browser> {
  if (running !== undefined && !(await running).isConnected()) running = undefined;
  running ??= launch();
  return running;
}

/**
 * A new profile, with nothing in it, in the browser. No service worker runs in it unless the options say so: each would
 * keep the whole site at each first visit, which takes longer than to show a page.
 *
 * @throws Error that says how to install a browser where there is none
 */
export async function newProfile({ editor = "plain", ...options }: ProfileOptions = {}): Promise<BrowserContext> {
  const context = await (await browser()).newContext({
    hasTouch: editor === "plain",
    serviceWorkers: "block",
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

/** A tab of a new profile. @throws as `newProfile` does */
export async function newTab(options: ProfileOptions = {}): Promise<Page> {
  return (await newProfile(options)).newPage();
}

/** Closes all profiles, for the end of a test file. */
export async function closeProfiles(): Promise<void> {
  if (running === undefined) return;
  await Promise.all((await running).contexts().map((context) => context.close()));
}
