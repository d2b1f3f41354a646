import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { accessFaults } from "../../../apps/setup/accessibility.ts";
import { closeProfiles, newTab } from "../../../apps/setup/launch.ts";

let page: Page;
let widget: Locator;

beforeAll(async () => {
  page = await newTab({ viewport: { width: 320, height: 700 } });
  await page.goto(`${inject("siteUrl")}/implement-the-core/`);
  widget = page.getByTestId("book-memory");
  await widget.scrollIntoViewIfNeeded();
  await widget.and(page.locator("[data-state=ready]")).waitFor();
});
afterAll(closeProfiles);

const status = async (): Promise<string> => (await widget.getByTestId("memory-status").textContent()) ?? "";

test("an order is cancelled from the middle of its queue by keyboard, and four records are other than before", async () => {
  await widget.getByRole("button", { name: /^Cancel order 2 slot 3: / }).press("Enter");
  expect(await status()).toMatch(
    /^Order 2 is cancelled\. Other than before: \d+ words in 4 of \d+ records, slots 1, 2, 3, 4\.$/,
  );
  expect(await widget.getByRole("button", { name: /^Cancel order 2 slot 3: / }).count()).toBe(0);
});

test("an order is added by keyboard, takes the slot that was freed, and sets the bit of a new price", async () => {
  await widget.getByRole("spinbutton", { name: "Price" }).fill("70");
  await widget.getByRole("combobox", { name: "Side" }).selectOption("buy");
  await widget.getByRole("button", { name: "Add the order" }).press("Enter");
  expect(await status()).toMatch(/^Buy 5 lots at 70: order 8 rests\./);
  expect(await widget.getByTestId("memory-bits").textContent()).toContain("prices 64 to 95: 70, 90, 95");
  await widget.getByRole("button", { name: "Start over" }).press("Enter");
  expect(await status()).toContain("7 orders rest.");
});

test("is accessible in light and in dark, and fits 320 px", async () => {
  expect(await accessFaults(page, "hp-book-memory")).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(
    true,
  );
});
