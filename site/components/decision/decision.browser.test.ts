import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeEach, expect, inject, test } from "vitest";
import { closeProfiles, newTab } from "../../../apps/setup/launch.ts";

let page: Page;

afterAll(closeProfiles);
beforeEach(async () => {
  page = await newTab({ viewport: { width: 390, height: 800 } });
  await page.goto(`${inject("siteUrl")}/when-to-port/`);
  await page.locator("hp-decision[data-state=ready]").waitFor();
});
afterEach(() => page?.context().close());

const answer = () => page.getByTestId("decision-answer").getAttribute("data-answer");

test("a reader's numbers change the answer and its reasons, by keyboard alone", async () => {
  expect(await answer()).toBe("dont");
  await page.getByLabel("The strategy is validated").focus();
  await page.keyboard.press("Space");
  expect(await answer()).toBe("elsewhere");
  await page.getByLabel("Share of that in the hot path").focus();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("99");
  expect(await answer()).toMatch(/^(port|port-and-more)$/);
  expect(await page.getByTestId("decision-numbers").textContent()).toContain("100×");
  expect(await page.getByTestId("decision-reasons").textContent()).toContain("validated");
});

test("the share of a profile that was taken in phase 1 can be taken over", async () => {
  await page.evaluate(() => localStorage.setItem("hotpath-profile", '[{"name":"match","share":0.37}]'));
  await page.reload();
  await page.getByRole("button", { name: "Take the 37% of match" }).click();
  expect(await page.getByLabel("Share of that in the hot path").inputValue()).toBe("37");
});

test("a number out of range is told with its name, and changes no answer", async () => {
  await page.getByLabel("Share of that in the hot path").fill("120");
  expect(await page.getByRole("alert").textContent()).toBe(
    "Share of that in the hot path, %: give a number from 0 to 100.",
  );
  expect(await answer()).toBe("dont");
});
