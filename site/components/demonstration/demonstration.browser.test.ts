import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { accessFaults } from "../../../apps/setup/accessibility.ts";
import { closeProfiles, newTab } from "../../../apps/setup/launch.ts";

let page: Page;

beforeAll(async () => {
  page = await newTab();
  await page.goto(`${inject("siteUrl")}/design-the-interface/`);
  await page.locator("hp-demonstration[data-state=ready]").nth(1).waitFor();
});
afterAll(closeProfiles);

async function run(widget: Locator, label: string, value: number): Promise<string[]> {
  const output = widget.getByTestId("demonstration-output");
  const before = await output.textContent();
  await widget.getByLabel(label).fill(String(value));
  await widget.getByLabel(label).press("Enter");
  await expect.poll(() => output.textContent()).not.toBe(before);
  return ((await output.textContent()) as string).split("\n");
}

test("three ticks of a tenth miss their trade as fractions, and of an eighth they don't", async () => {
  const widget = page.getByTestId("demonstration-float-prices");
  const tenth = await run(widget, "Price, ticks", 3);
  expect(tenth[0]).toMatch(/^fractions: .*they do not trade$/);
  expect(tenth[1]).toMatch(/^ticks: .*they trade$/);
  const eighth = await run(widget, "Ticks in 1.00", 8);
  expect(eighth[0]).toMatch(/they trade$/);
});

test("a kept view lives with the orders that the text names first, and dies with those that it names then", async () => {
  const widget = page.getByTestId("demonstration-view-that-dies");
  expect((await run(widget, "Orders at most", 1000)).at(-1)).toBe("the view still lives: send more orders");
  const dead = await run(widget, "Orders at most", 5000);
  expect(dead.at(-1)).toBe("the view is dead, and nothing threw");
  expect(dead[2]).toContain("through it undefined");
});

test("a number out of range is not run", async () => {
  const widget = page.getByTestId("demonstration-float-prices");
  const before = await widget.getByTestId("demonstration-output").textContent();
  await widget.getByLabel("Price, ticks").fill("0");
  await widget.getByRole("button", { name: "Run" }).click();
  expect(await widget.getByLabel("Price, ticks").evaluate((input: HTMLInputElement) => input.validity.valid)).toBe(
    false,
  );
  expect(await widget.getByTestId("demonstration-output").textContent()).toBe(before);
});

test("both are accessible with their output, in light and in dark", async () => {
  expect(await accessFaults(page, "hp-demonstration")).toEqual([]);
});
