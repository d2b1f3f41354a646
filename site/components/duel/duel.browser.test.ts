import { readFile } from "node:fs/promises";
import type { BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, afterEach, describe, expect, inject, test } from "vitest";
import { accessFaults } from "../../../apps/setup/accessibility.ts";
import { closeProfiles, newProfile, type ProfileOptions } from "../../../apps/setup/launch.ts";
import { serveSite } from "../../../apps/setup/server.ts";
import { siteFolder } from "../../../apps/setup/site.ts";

const CHAPTER = "/identify-bottlenecks/";
const RUN_MS = 50_000;
const VERDICT = /^(faster|slower|equivalent|not resolved)$/;

let context: BrowserContext;
let page: Page;
let duel: Locator;

afterAll(closeProfiles);
afterEach(() => context?.close());

/** Opens the panel, made to run two instances of two pairs. */
async function begin(site = inject("siteUrl"), options: ProfileOptions = {}): Promise<void> {
  context = await newProfile(options);
  page = await context.newPage();
  await page.goto(`${site}${CHAPTER}`);
  duel = page.getByTestId("duel");
  await duel.and(page.locator("[data-state=ready]")).waitFor();
  await duel.evaluate((element: HTMLElement) => {
    element.dataset.instances = "2";
    element.dataset.rounds = "2";
  });
}

const button = (name: string): Locator => duel.getByRole("button", { name, exact: true });
const over = (text: string): Promise<void> =>
  duel.getByTestId("duel-status").getByText(text, { exact: true }).waitFor({ timeout: RUN_MS });
const result = (name: "control" | "comparison"): Locator => duel.getByTestId(`${name}-result`);

async function expectResult(name: "control" | "comparison"): Promise<void> {
  expect(await result(name).getByTestId("verdict").textContent()).toMatch(VERDICT);
  expect(await result(name).getByTestId("plot").locator(".dot").count()).toBe(2);
  expect(await result(name).getByTestId("plot").locator(".interval").count()).toBe(1);
  expect(await result(name).getByTestId("plot").getAttribute("aria-label")).toMatch(/^2 instances, .* The interval is/);
  expect(
    await result(name)
      .getByText(/The events of 20,000 commands agreed in every instance/)
      .count(),
  ).toBe(1);
}

describe("a duel", () => {
  test("runs the control first, then the comparison, each to a verdict with its dots and its interval", async () => {
    await begin();
    await button("Compare").click();
    await result("control").waitFor();
    expect(await result("comparison").isVisible()).toBe(false);
    await over("Done.");
    await expectResult("control");
    await expectResult("comparison");
    expect(await result("comparison").getByTestId("sentence").textContent()).toMatch(
      /^Rust, compiled to WebAssembly is [\d.]+ times as fast as TypeScript, plain objects/,
    );
    expect(await duel.getByTestId("duel-clock").textContent()).toMatch(/steps by [\d.]+\s(ns|µs), .* is isolated/);
    await duel.getByText("Numbers as a table").first().click();
    expect(await result("control").getByRole("row").count()).toBe(3);
  });

  test("saves what it found, with the machine and the method, as JSON", async () => {
    await begin();
    expect(await button("Save as JSON").isEnabled()).toBe(false);
    await button("Control alone").click();
    await over("The control is done.");
    await expectResult("control");
    expect(await result("comparison").isVisible()).toBe(false);
    const [download] = await Promise.all([page.waitForEvent("download"), button("Save as JSON").click()]);
    const saved = JSON.parse(await readFile(await download.path(), "utf8"));
    expect(saved).toMatchObject({ format: "hotpath-duel", version: 1, clock: { isolated: true }, comparison: null });
    expect(saved.control.request).toMatchObject({ baseline: "typescript", subject: "typescript", seed: 1 });
    expect(saved.control.result.ratios).toHaveLength(2);
    expect(saved.control.eventHash).toMatch(/^[0-9a-f]{16}$/);
    expect(saved.machine.logicalCores).toBeGreaterThan(0);
  });

  test("plants busy work beside an engine, and says what should be found", async () => {
    await begin();
    await duel.getByLabel("Engine that is judged").selectOption("planted");
    await duel.getByLabel("Planted slowdown, per cent").fill("100");
    await button("Compare").click();
    await over("Done.");
    expect(await result("comparison").getByTestId("sentence").textContent()).toMatch(
      /^Busy work of 100% of a command's time was planted: 0\.500 is what should be found\. Found: 0\.\d+/,
    );
  });

  test("Stop ends it at once, and nothing half done is shown", async () => {
    await begin();
    await duel.evaluate((element: HTMLElement) => {
      element.dataset.instances = "1000";
    });
    await button("Compare").click();
    await result("control").waitFor();
    await button("Stop").click();
    await over("Stopped. What was not done is not shown.");
    expect(await result("control").isVisible()).toBe(false);
    await expect.poll(() => page.workers().filter((worker) => worker.url().includes("duel")).length).toBe(0);
    expect(await button("Compare").isEnabled()).toBe(true);
  });

  test("is refused where an engine or a field can't be, with what to do", async () => {
    await begin();
    await duel.getByLabel("Seed").fill("-1");
    await button("Compare").click();
    expect(await duel.getByTestId("duel-status").textContent()).toMatch(/The seed must be a whole number from 0/);
    await duel.getByLabel("Engine that is judged").selectOption("planted");
    await duel.getByLabel("Seed").fill("1");
    await duel.getByLabel("Planted slowdown, per cent").fill("");
    await button("Compare").click();
    expect(await duel.getByTestId("duel-status").textContent()).toMatch(/must be from 1 to 100%/);
  });

  test("runs by the keyboard alone, and keeps the focus", async () => {
    await begin();
    await button("Control alone").focus();
    await page.keyboard.press("Enter");
    await result("control").waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Stop");
    await over("The control is done.");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Compare");
  });

  test("is accessible when it is over, in light and in dark", async () => {
    await begin();
    await button("Compare").click();
    await over("Done.");
    expect(await accessFaults(page, "hp-duel")).toEqual([]);
  });

  test("fits into 320 px", async () => {
    await begin(undefined, { viewport: { width: 320, height: 700 } });
    const edges = await duel.evaluate((element) => [element.scrollWidth, element.clientWidth]);
    expect(edges[0]).toBeLessThanOrEqual(edges[1]);
  });
});

test("without isolation it runs as well, and tells of the coarser clock", async () => {
  const host = await serveSite(siteFolder, 0, { isolation: false });
  try {
    await begin(host.url);
    await duel.getByLabel("Engine that is judged").selectOption("typescript-ladder");
    await duel.getByLabel("Engine that it is compared with").selectOption("rust-wasm");
    await button("Control alone").click();
    await over("The control is done.");
    await expectResult("control");
    expect(await duel.getByTestId("duel-clock").textContent()).toMatch(/isn't isolated/);
  } finally {
    await host.close();
  }
});
