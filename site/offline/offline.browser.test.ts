import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { accessFaults } from "../../apps/setup/accessibility.ts";
import { closeProfiles, newProfile, type ProfileOptions } from "../../apps/setup/launch.ts";
import { type HostOptions, type SiteServer, serveSite } from "../../apps/setup/server.ts";
import { buildSiteInto, siteFolder } from "../../apps/setup/site.ts";
import { writeServiceWorker } from "../build/offline.ts";

/** For what takes seconds on an idle machine; Vitest's own limit for these tests is longer. */
const PATIENCE_MS = 45_000;
const CHAPTER = "identify-bottlenecks/";
/** Where the site stands on its host. Under a path it is built once more, in CI alone. */
const BASES = process.env.HOTPATH_HEAVY === "1" ? ["/", "/hotpath/"] : ["/"];
const projectFolder = `${siteFolder}.hotpath-${process.pid}`;
const changedFolder = `${siteFolder}.changed-${process.pid}`;

const servers: SiteServer[] = [];
const contexts: BrowserContext[] = [];

vi.setConfig({ testTimeout: 4 * PATIENCE_MS });

afterEach(async () => {
  await Promise.all([...contexts.splice(0), ...servers.splice(0)].map((each) => each.close()));
  rmSync(changedFolder, { recursive: true, force: true });
});

afterAll(async () => {
  await closeProfiles();
  rmSync(projectFolder, { recursive: true, force: true });
});

/** A host that sends no headers of ours, unless told otherwise. */
async function host(folder: string, options: HostOptions = {}, port = 0): Promise<SiteServer> {
  const server = await serveSite(folder, port, { isolation: false, ...options });
  servers.push(server);
  return server;
}

/** A tab of a new browser profile. */
async function openTab(options: ProfileOptions = {}): Promise<{ page: Page; loads: () => number }> {
  const context = await newProfile({ serviceWorkers: "allow", ...options });
  contexts.push(context);
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  let loads = 0;
  page.on("framenavigated", (frame) => {
    if (frame === page.mainFrame()) loads++;
  });
  return { page, loads: () => loads };
}

async function untilKept(page: Page): Promise<void> {
  const isKept = () => document.documentElement.dataset.offline === "kept" && crossOriginIsolated;
  await page.waitForFunction(isKept).catch(async (error: Error) => {
    const state = await page.evaluate(() => [
      location.href,
      crossOriginIsolated,
      document.documentElement.dataset.offline,
      navigator.serviceWorker.controller?.state,
      document.querySelector(".hp-notice")?.textContent,
    ]);
    throw new Error(`${error.message}; the page is ${JSON.stringify(state)}`);
  });
}

async function runLab(page: Page): Promise<void> {
  const lab = page.getByTestId("lab");
  await lab.scrollIntoViewIfNeeded();
  await lab.getByRole("button", { name: "Run", exact: true }).click();
  const status = page.getByTestId("status");
  await status.filter({ hasNotText: /^(Loading|Ready|Running|The run is over)/ }).waitFor();
  expect(await status.textContent()).toMatch(/^Done:/);
}

describe.each(BASES)("under %s, on a host that sends no headers", (base) => {
  const folder = base === "/" ? siteFolder : projectFolder;

  beforeAll(async () => {
    if (base !== "/") await buildSiteInto(folder, base);
  }, 180_000);

  test("the first visit loads the page twice, and then it is isolated, and the reader's worker in it", async () => {
    const server = await host(folder, { base });
    const { page, loads } = await openTab();
    await page.goto(`${server.url}${base}${CHAPTER}`);
    await untilKept(page);
    expect(loads()).toBe(2);
    expect(await page.evaluate(() => typeof SharedArrayBuffer)).toBe("function");

    const code =
      "export default { onStart() { console.log(typeof SharedArrayBuffer, crossOriginIsolated); }, onBook() {} };";
    await page.getByTestId("lab-code").fill(code);
    await runLab(page);
    expect(await page.getByText("function true").count()).toBe(1);
    const clock = await page.getByTestId("clock").textContent();
    expect(clock).toContain("the page is isolated");
    expect(clock).toMatch(/steps by \d(\.\d+)?\sµs/);
    expect(loads()).toBe(2);
  });

  test("everything opens and runs when the host is gone", async () => {
    const server = await host(folder, { base });
    const { page } = await openTab({ editor: "full" });
    await page.goto(server.url + base);
    await untilKept(page);
    await server.close();

    const home = await page.goto(server.url + base);
    expect(home?.status()).toBe(200);
    await page.locator("site-search button").first().click();
    await page.getByPlaceholder("Search").fill("latency");
    await page.locator(".pagefind-ui__result-link").first().waitFor();
    await page.goto(`${server.url}${base}${CHAPTER}`);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await runLab(page);
    expect(await page.getByTestId("agreement").textContent()).toMatch(/compared one by one: identical\./);

    const missing = await page.goto(`${server.url}${base}no-such-page/`);
    expect(missing?.status()).toBe(404);
    expect(await page.locator("h1").first().textContent()).not.toBe("");
  });

  test("the editor, once it was seen, opens too", async () => {
    const server = await host(folder, { base });
    const { page } = await openTab({ editor: "full" });
    const openEditor = async () => {
      await page.goto(`${server.url}${base}${CHAPTER}`);
      await untilKept(page);
      await page.getByTestId("lab").scrollIntoViewIfNeeded();
      await page.locator('[data-testid="lab"][data-editor="full"]').waitFor();
    };
    await openEditor();
    await page.waitForFunction(async () => {
      const names = await caches.keys();
      const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return ["/ts.worker", "/editor.api"].every((part) => keys.flat().some(({ url }) => url.includes(part)));
    });
    await server.close();
    await openEditor();
  });
});

describe("a page is not loaded a second time", () => {
  test("where the host sends the headers, and it opens without the host all the same", async () => {
    const server = await host(siteFolder, { isolation: true });
    const { page, loads } = await openTab({ editor: "full" });
    await page.goto(server.url);
    await untilKept(page);
    expect(loads()).toBe(1);
    await server.close();
    await page.goto(`${server.url}/${CHAPTER}`);
    await runLab(page);
  });

  test("more than once where the headers don't help", async () => {
    cpSync(siteFolder, changedFolder, { recursive: true });
    // Answers, and adds no header.
    writeFileSync(
      join(changedFolder, "sw.js"),
      "addEventListener('install', () => skipWaiting()); addEventListener('message', (e) => e.ports[0].postMessage(true));",
    );
    const server = await host(changedFolder);
    const { page, loads } = await openTab();
    await page.goto(server.url);
    await page.waitForFunction(() => document.documentElement.dataset.offline === "kept");
    expect(loads()).toBe(2);
    await page.goto(`${server.url}/${CHAPTER}`);
    await page.waitForFunction(() => document.documentElement.dataset.offline === "kept");
    expect(loads()).toBe(3);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  });

  test("where the browser has no service workers", async () => {
    const server = await host(siteFolder);
    const context = await newProfile();
    contexts.push(context);
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    await page.goto(`${server.url}/${CHAPTER}`);
    await runLab(page);
    expect(await page.getByTestId("clock").textContent()).toContain("isn't isolated");
  });

  test("under the hands of a reader, who is asked instead", async () => {
    const server = await host(siteFolder);
    const { page, loads } = await openTab();
    // Late, so that the reader comes first.
    await page.route("**/page.*.js", async (route) => {
      await page.waitForFunction(() => navigator.userActivation.hasBeenActive);
      await route.continue();
    });
    await page.goto(`${server.url}/${CHAPTER}`, { waitUntil: "commit" });
    await page.locator("h1").first().tap();
    const notice = page.getByRole("status").filter({ hasText: "clock becomes finer" });
    await notice.waitFor();
    expect(loads()).toBe(1);
    await notice.getByRole("button", { name: "Reload" }).tap();
    await untilKept(page);
    expect(loads()).toBe(2);
  });
});

describe("a new version", () => {
  async function deploy(change: (page: string) => string): Promise<void> {
    const file = join(changedFolder, CHAPTER, "index.html");
    writeFileSync(file, change(readFileSync(file, "utf8")));
    await writeServiceWorker(changedFolder);
  }

  async function openOldVersion(path: string): Promise<{ page: Page; url: string; renew: () => Promise<void> }> {
    cpSync(siteFolder, changedFolder, { recursive: true });
    const server = await host(changedFolder);
    const { page } = await openTab();
    await page.goto(`${server.url}/${path}`);
    await untilKept(page);
    const renew = async () => {
      await deploy((text) => text.replace(/<title>[^<]*/, "<title>The new version"));
      await server.close();
      await host(changedFolder, {}, server.port);
      // As the browser itself does from time to time.
      await page.evaluate(async () => {
        const registration = await navigator.serviceWorker.ready;
        await registration.update();
      });
    };
    return { page, url: server.url, renew };
  }

  test("is offered where the page that is open has another text, and the reader's work stays", async () => {
    const { page, renew } = await openOldVersion(CHAPTER);
    await page.getByTestId("lab-code").fill("// mine\nexport default { onBook() {} };");
    await renew();
    const notice = page.getByRole("status").filter({ hasText: "A new version" });
    await notice.waitFor();
    expect(await page.title()).not.toBe("The new version");
    expect(await accessFaults(page, ".hp-notice")).toEqual([]);
    await notice.getByRole("button", { name: "Reload" }).tap();
    await page.waitForFunction(() => document.title === "The new version");
    await untilKept(page);
    await page.locator('[data-testid="lab"][data-state="ready"]').waitFor();
    expect(await page.getByTestId("lab-code").inputValue()).toContain("// mine");
    expect(await page.getByText("A new version").count()).toBe(0);
  });

  test("is not spoken of on a page that is the same in both, nor on one that is new already", async () => {
    const { page, url, renew } = await openOldVersion("");
    await renew();
    await page.waitForFunction(async () => (await navigator.serviceWorker.ready).waiting !== null);
    await page.goto(`${url}/${CHAPTER}`);
    await untilKept(page);
    expect(await page.title()).toBe("The new version");
    expect(await page.getByText("A new version").count()).toBe(0);
  });

  test("is what opens without the host, and leaves nothing of the old one behind", async () => {
    const { page, url, renew } = await openOldVersion(CHAPTER);
    await renew();
    await page.getByRole("button", { name: "Reload" }).tap();
    await page.waitForFunction(() => document.title === "The new version");
    await untilKept(page);
    const kept = await page.evaluate(async () => {
      const names = await caches.keys();
      const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return { names, chapters: keys.flat().filter(({ url }) => url.includes("/identify-bottlenecks/?")).length };
    });
    expect(kept).toEqual({ names: [`hotpath of ${url}/`], chapters: 1 });
    await servers.pop()?.close();
    await page.goto(`${url}/${CHAPTER}`);
    expect(await page.title()).toBe("The new version");
  });
});
