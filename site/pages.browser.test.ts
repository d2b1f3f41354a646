import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { accessFaults } from "../apps/setup/accessibility.ts";
import { closeProfiles, newProfile, type ProfileOptions } from "../apps/setup/launch.ts";
import { groups } from "./build/order.ts";

const chapters = fileURLToPath(new URL("../chapters/", import.meta.url));
const pages = globSync("**/*.{md,mdx}", { cwd: chapters })
  .map((file) => file.replaceAll("\\", "/"))
  .map((file) => (file === "404.mdx" ? "/404.html" : `/${file.replace(/(^|\/)index\.mdx?$/, "$1")}`));

afterAll(closeProfiles);

interface Visit {
  page: Page;
  /** Everything that the page complained of. */
  faults: string[];
}

/** Opens a page and waits until what is in it is ready. */
async function open(path: string, options: ProfileOptions = {}): Promise<Visit> {
  const context = await newProfile(options);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`thrown: ${error.message}`));
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText;
    // What the page itself gave up, such as the script of a frame that it took away, has not failed.
    if (why !== "net::ERR_ABORTED") faults.push(`failed: ${request.url()}: ${why}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) faults.push(`${response.status()}: ${response.url()}`);
  });
  page.on("request", (request) => {
    const url = request.url();
    const own = url.startsWith(inject("siteUrl")) || /^(data|blob|about):/.test(url);
    if (!own) faults.push(`asks another site: ${url}`);
  });
  await page.goto(inject("siteUrl") + path);
  // Some begin only when they come into view.
  for (const part of await page.locator("[data-state=loading]").elementHandles()) await part.scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelector("[data-state=loading]") === null);
  await page.evaluate(() => scrollTo(0, 0));
  return { page, faults };
}

test("every page is in the order, and the order has no other", () => {
  const listed = groups.flatMap((group) => group.chapters).map((slug) => `/${slug}/`);
  expect(pages.filter((path) => path !== "/" && path !== "/404.html").sort()).toEqual(listed.sort());
});

describe.each(pages)("the page %s", (path) => {
  let visit: Visit;
  beforeAll(async () => {
    // What a service worker says of itself, it says on each page.
    const serviceWorkers = path === "/" ? "allow" : "block";
    visit = await open(path, { reducedMotion: "reduce", serviceWorkers });
  });
  afterAll(() => visit?.page.context().close());

  test("is accessible in light and in dark", async () => {
    expect(await accessFaults(visit.page)).toEqual([]);
  });

  test("needs no scrolling sideways at 320 px", async () => {
    await visit.page.setViewportSize({ width: 320, height: 640 });
    await expect.poll(() => visit.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });

  test("complains of nothing, and asks no other site", () => {
    expect(visit.faults).toEqual([]);
  });
});

describe("at phone width", () => {
  const phone = { viewport: { width: 360, height: 740 } };

  test("a reader goes from the first page to the last one without a dead end", async () => {
    const { page } = await open("/", phone);
    await page.locator("a[rel=next]").click();
    const order = groups.flatMap((group) => group.chapters);
    for (const slug of order) {
      await page.waitForURL(`**/${slug}/`);
      if (slug !== order.at(-1)) await page.locator("a[rel=next]").click();
    }
    await page.context().close();
  });

  test.each(["/", "/404.html"])("the page %s has a menu that leads to every chapter", async (path) => {
    const { page } = await open(path, phone);
    await page.getByRole("button", { name: "Menu" }).click();
    const menu = page.getByRole("navigation", { name: "Main" });
    for (const slug of groups.flatMap((group) => group.chapters)) {
      expect(await menu.locator(`a[href$="/${slug}/"]`).count(), slug).toBe(1);
    }
    await menu.getByRole("link", { name: "Optimise" }).click();
    await page.waitForURL("**/optimise/");
    await page.context().close();
  });
});

test("search finds a chapter by a word in it", async () => {
  const { page } = await open("/what-this-is/");
  await page.getByRole("button", { name: "Search" }).click();
  await page.locator("#starlight__search input").fill("Amdahl");
  await page
    .getByRole("link", { name: /Identify bottlenecks/ })
    .first()
    .waitFor();
  await page.context().close();
});

test("an address that is not there gives the workbook's own page for it", async () => {
  const context = await newProfile();
  const page = await context.newPage();
  const response = await page.goto(`${inject("siteUrl")}/no-such-page/`);
  expect(response?.status()).toBe(404);
  expect(await page.getByRole("heading", { level: 1 }).textContent()).toContain("No fill");
  await context.close();
});

test("the conformance page runs every case on every engine, and none fails", async () => {
  const { page } = await open("/conformance/");
  await page.getByRole("button", { name: "Run all cases" }).click();
  await page.locator("[data-testid=conformance][data-state=done]").waitFor({ timeout: 150_000 });
  expect(await page.getByTestId("conformance-status").textContent()).toMatch(
    /^\d{3,} passed, 0 failed, on \d engines\.$/,
  );
  await page.context().close();
});

test("every page has the policy that keeps its frames from leaving", () => {
  const built = fileURLToPath(new URL("../dist/", import.meta.url));
  const without = globSync("**/*.html", { cwd: built }).filter(
    (file) => !readFileSync(built + file, "utf8").includes("frame-src 'none'"),
  );
  expect(without).toEqual([]);
});
