import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { launchBrowser } from "../apps/setup/launch.ts";
import { FORGERIES } from "./forgeries.ts";

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  // With touch the exercise keeps its plain text field, which a test can fill.
  page = await browser.newPage({ hasTouch: true, isMobile: true });
  await page.goto(`${inject("siteUrl")}/identify-bottlenecks/`);
});
afterAll(() => browser?.close());

test.each(FORGERIES)("%s earns nothing", async (_what, code) => {
  const exercise = page.locator("hp-exercise[data-slug=honest-histogram]");
  const ready = exercise.and(page.locator("[data-state=ready]"));
  await ready.waitFor();
  await exercise.getByTestId("exercise-code").fill(code);
  await exercise.getByRole("button", { name: "Run checks" }).click();
  await ready.waitFor();
  const results = await exercise
    .getByTestId("check")
    .evaluateAll((items) =>
      items.map((item) => [
        item.getAttribute("data-status"),
        item.querySelector("[data-part=detail]")?.textContent !== "",
      ]),
    );
  expect(results).toEqual(Array(5).fill(["failed", true]));
  expect(await exercise.getByTestId("exercise-message").textContent()).toMatch(/^0 of 10 points/);
});

test("after all of them an honest solution still gets its points", async () => {
  const solution = await readFile(new URL("../exercises/honest-histogram/solution.ts", import.meta.url), "utf8");
  const exercise = page.locator("hp-exercise[data-slug=honest-histogram]");
  await exercise.getByTestId("exercise-code").fill(solution);
  await exercise.getByRole("button", { name: "Run checks" }).click();
  await exercise.getByText("All 10 points: every check passed.").waitFor();
});
