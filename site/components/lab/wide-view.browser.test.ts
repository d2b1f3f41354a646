import type { Locator, Page } from "playwright-core";
import { afterAll, expect, inject, test } from "vitest";
import { closeProfiles, newTab } from "../../../apps/setup/launch.ts";

afterAll(closeProfiles);

async function open(): Promise<{ page: Page; lab: Locator }> {
  const page = await newTab({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${inject("siteUrl")}/identify-bottlenecks/`);
  const lab = page.getByTestId("lab");
  await lab.scrollIntoViewIfNeeded();
  await lab.and(page.locator("[data-state=ready]")).waitFor();
  return { page, lab };
}

test("the lab takes the whole window and gives it back, by keyboard, and keeps the rest out of reach meanwhile", async () => {
  const { page, lab } = await open();
  const button = lab.locator("[data-part=wide]");
  const isCovered = () => page.getByRole("banner").evaluate((header) => header.closest("[inert]") !== null);
  const before = await lab.boundingBox();
  await button.focus();
  await page.keyboard.press("Enter");
  expect(await lab.boundingBox()).toEqual({ x: 0, y: 0, width: 1280, height: 900 });
  expect(await button.textContent()).toBe("Back to the page");
  expect(await isCovered()).toBe(true);

  await page.keyboard.press("Enter");
  expect((await lab.boundingBox())?.width).toBe(before?.width);
  expect(await button.textContent()).toBe("Whole window");
  expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await isCovered()).toBe(false);
});

test("a run that goes on is not disturbed by it", async () => {
  const { lab } = await open();
  await lab.getByLabel("Orders").selectOption("100000");
  await lab.getByRole("button", { name: "Run", exact: true }).click();
  await lab.getByRole("button", { name: "Whole window" }).click();
  await expect.poll(() => lab.getByTestId("status").textContent(), { timeout: 120_000 }).toMatch(/^Done/);
});
