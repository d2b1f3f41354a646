import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { closeProfiles, newTab } from "../apps/setup/launch.ts";
import { FORGERIES } from "./forgeries.ts";

let page: Page;

beforeAll(async () => {
  page = await newTab();
  await page.goto(`${inject("siteUrl")}/identify-bottlenecks/`);
});
afterAll(closeProfiles);

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
