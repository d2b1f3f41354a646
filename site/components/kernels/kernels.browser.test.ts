import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, expect, inject, test } from "vitest";
import { accessFaults } from "../../../apps/setup/accessibility.ts";
import { closeProfiles, newProfile } from "../../../apps/setup/launch.ts";

const CHAPTER = "/optimise/";
const MEASURE_MS = 90_000;

let page: Page;
let kernels: Locator;

afterAll(closeProfiles);
afterEach(() => page?.context().close());

/** Opens the page, with fewer instances than a reader gets. */
async function open(width = 1280): Promise<void> {
  const context = await newProfile({ viewport: { width, height: 800 }, reducedMotion: "reduce" });
  page = await context.newPage();
  await page.goto(`${inject("siteUrl")}${CHAPTER}`);
  kernels = page.getByTestId("kernels");
  await kernels.and(page.locator("[data-state=ready]")).waitFor();
  await kernels.evaluate((element) => {
    element.dataset.instances = "2";
    element.dataset.rounds = "2";
  });
}

const status = (): Locator => kernels.getByTestId("kernels-status");
const idle = (): Promise<void> => kernels.and(page.locator("[data-state=ready]")).waitFor({ timeout: MEASURE_MS });

async function compare(pair: string, choice: string): Promise<Locator> {
  await kernels.getByLabel("Kernel", { exact: true }).selectOption(pair);
  await kernels.getByLabel("Data of the kernel").selectOption(choice);
  await kernels.getByRole("radio", { name: "no, slower" }).check();
  await kernels.getByRole("button", { name: "Compare" }).press("Enter");
  await kernels.and(page.locator("[data-state=running]")).waitFor();
  await idle();
  return kernels.getByTestId("comparison-result");
}

test("without a guess nothing runs, and the guess gets the focus", async () => {
  await open();
  await kernels.getByRole("button", { name: "Compare" }).press("Enter");
  expect(await status().textContent()).toMatch(/^Guess first/);
  expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe("faster");
});

test("a pair in TypeScript and a pair in Wasm get a verdict, and the guess its answer", {
  timeout: MEASURE_MS,
}, async () => {
  await open();
  const walk = await compare("search", "64");
  expect(await walk.getByTestId("plot").getAttribute("data-dots")).toBe("2");
  expect(await walk.getByTestId("sentence").textContent()).toMatch(/^“bitset” is [\d.]+ times as fast as “one by one”/);
  expect(await status().textContent()).toMatch(/^Your guess was slower\./);
  const sum = await compare("simd-sum", "4096");
  expect(await sum.getByTestId("verdict").textContent()).toMatch(/^(faster|slower|equivalent|not resolved)$/);
  expect(await sum.getByTestId("sentence").textContent()).toMatch(/^“SIMD” is/);
});

test("Stop ends a comparison, and shows nothing of it", { timeout: MEASURE_MS }, async () => {
  await open();
  await kernels.evaluate((element) => {
    element.dataset.instances = "100";
  });
  await kernels.getByRole("button", { name: "Control alone" }).press("Enter");
  await kernels.getByRole("button", { name: "Stop" }).press("Enter");
  await idle();
  expect(await status().textContent()).toBe("Stopped. What was not done is not shown.");
  expect(await kernels.getByTestId("control-result").isVisible()).toBe(false);
});

test("choosing a pair shows its listings, and forgets what was found", async () => {
  await open();
  await kernels.getByLabel("Kernel", { exact: true }).selectOption("layout");
  expect(await kernels.locator("[data-listing]:visible").count()).toBe(1);
  expect(await kernels.locator("[data-listing]:visible").textContent()).toContain("largestOfColumn");
});

test("is accessible with its result, in both themes, and fits 320 px", { timeout: MEASURE_MS }, async () => {
  await open();
  await compare("sides", "1");
  expect(await accessFaults(page, "hp-kernels")).toEqual([]);
  await page.setViewportSize({ width: 320, height: 700 });
  // A listing is laid out again a moment after the page is.
  await expect.poll(() => kernels.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
});
