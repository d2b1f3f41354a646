import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { accessFaults } from "../../../apps/setup/accessibility.ts";
import { closeProfiles, newTab } from "../../../apps/setup/launch.ts";
import { ENGINES, SUSPECTS } from "./suspects.ts";

let page: Page;
let widget: Locator;

beforeAll(async () => {
  page = await newTab();
  await page.goto(`${inject("siteUrl")}/design-the-interface/`);
  widget = page.getByTestId("buggy-engine");
  await widget.and(page.locator("[data-state=ready]")).waitFor();
});
afterAll(closeProfiles);

const feedback = (): Locator => widget.getByTestId("buggy-feedback");

async function run(letter: string): Promise<void> {
  await widget.getByRole("combobox", { name: "Engine" }).selectOption(letter);
  await widget.getByRole("button", { name: "Run the cases" }).press("Enter");
  await widget.getByTestId("buggy-question").waitFor();
}

async function answer(suspect: number): Promise<string> {
  // Reading a case anew takes the last feedback away, and has the focus when it is done.
  const first = widget.getByTestId("buggy-failures").getByRole("button").first();
  await first.press("Enter");
  await expect.poll(() => first.evaluate((button) => button === document.activeElement)).toBe(true);
  expect(await feedback().textContent()).toBe("");
  await widget.getByLabel(SUSPECTS[suspect].answer).press("Space");
  await widget.getByRole("button", { name: "Try this answer" }).press("Enter");
  await expect.poll(() => feedback().textContent()).not.toBe("");
  return (await feedback().textContent()) ?? "";
}

test.each(ENGINES)("engine $letter fails cases, and only its own bug is the answer", async ({ letter, suspect }) => {
  await run(letter);
  expect(await widget.getByTestId("buggy-status").textContent()).toMatch(
    new RegExp(`^Engine ${letter}: \\d+ of \\d+ cases passed, [1-9]\\d* failed\\.$`),
  );
  expect(await widget.locator(".transcript .bad").textContent()).toMatch(/must give .*gave /);
  expect(await answer(suspect)).toMatch(/^Yes\./);
  for (const other of [0, 1, 2, 3, 4, 5].filter((each) => each !== suspect)) {
    expect(await answer(other), SUSPECTS[other].what).toMatch(/^No\./);
  }
});

test("all six can be named, and another failed case can be read", async () => {
  expect(await widget.getByTestId("buggy-score").textContent()).toBe("Named: 6 of 6");
  await run("D");
  const second = widget.getByTestId("buggy-failures").getByRole("button").nth(1);
  await second.press("Enter");
  const name = (await second.textContent()) as string;
  await expect.poll(() => widget.getByTestId("buggy-case").textContent()).toContain(name);
});

test("is accessible with a case shown, in light and in dark", async () => {
  expect(await accessFaults(page, "hp-buggy-engine")).toEqual([]);
});
