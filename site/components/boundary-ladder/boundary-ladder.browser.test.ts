import process from "node:process";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { accessFaults } from "../../../apps/setup/accessibility.ts";
import { closeProfiles, newProfile } from "../../../apps/setup/launch.ts";
import { RUNGS } from "./catalogue.ts";

const CHAPTER = "/design-the-interface/";
const MEASURE_MS = 90_000;
/** A coarse clock asks for long batches: that takes half a minute. */
const heavy = process.env.HOTPATH_HEAVY === "1";

let page: Page;
let ladder: Locator;

afterAll(closeProfiles);

/** @param isolated false as on a host that sends no headers, before its service worker is there */
async function open(isolated: boolean): Promise<void> {
  const context = await newProfile();
  page = await context.newPage();
  if (!isolated) {
    await page.route("**/*", async (route) => {
      const response = await route.fetch();
      const { "cross-origin-embedder-policy": _, "cross-origin-opener-policy": __, ...headers } = response.headers();
      await route.fulfill({ response, headers });
    });
  }
  await page.goto(`${inject("siteUrl")}${CHAPTER}`);
  ladder = page.getByTestId("boundary-ladder");
  await ready();
}

async function ready(): Promise<void> {
  await ladder.and(page.locator("[data-state=ready]")).waitFor({ timeout: MEASURE_MS });
}

const status = (): Promise<string | null> => ladder.getByTestId("ladder-status").textContent();
const cells = (name: string): Promise<string[]> => ladder.locator(`tr[data-rung="${name}"] td`).allTextContents();

describe("on an isolated page", () => {
  beforeAll(() => open(true));
  afterAll(() => page?.context().close());

  test("Stop ends the run, and shows nothing of it", async () => {
    await ladder.getByRole("button", { name: "Measure here" }).press("Enter");
    await ladder.getByRole("button", { name: "Stop" }).press("Enter");
    await ready();
    expect(await status()).toBe("Stopped. Nothing of this run is shown.");
    expect(await cells("json")).toEqual(["–", "–"]);
  });

  test("every rung gets a time and a range, by the keyboard alone", { timeout: MEASURE_MS }, async () => {
    await ladder.getByRole("button", { name: "Measure here" }).press("Enter");
    await ladder.and(page.locator("[data-state=running]")).waitFor();
    await ready();
    expect(await status()).toMatch(
      /^Measured 20 rungs, in turn and shuffled\. The clock of this isolated page steps by/,
    );
    for (const { name } of RUNGS) {
      const [median, range] = await cells(name);
      expect(median, name).toMatch(/^[\d.,]+\s(ns|µs|ms)$/);
      expect(range, name).toMatch(/^[\d.,]+\s(ns|µs|ms) – [\d.,]+\s(ns|µs|ms)$/);
    }
  });

  test("what was measured is saved as JSON, with its batches and its machine", async () => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      ladder.getByRole("button", { name: "Save as JSON" }).click(),
    ]);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    const saved = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    expect(saved).toMatchObject({ isolated: true, unit: "ns an order", leftOut: [] });
    const cost = (name: string) => saved.rungs.find((rung: { name: string }) => rung.name === name);
    expect(cost("json").batches).toBe(21);
    // More than ten times apart wherever it was tried.
    expect(cost("message").median).toBeGreaterThan(cost("wasm-scalars").median);
  });

  test("is accessible with its numbers, in light and in dark", async () => {
    expect(await accessFaults(page, "hp-boundary-ladder")).toEqual([]);
  });
});

describe.runIf(heavy)("on a page that is not isolated", () => {
  beforeAll(() => open(false));
  afterAll(() => page?.context().close());

  test("it says which rungs need shared memory, and measures the others", { timeout: MEASURE_MS }, async () => {
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
    await ladder.getByRole("button", { name: "Measure here" }).click();
    await ladder.and(page.locator("[data-state=running]")).waitFor();
    await ready();
    expect(await status()).toContain("2 rungs need an isolated page and are left out.");
    for (const { name, shared } of RUNGS) {
      const [median] = await cells(name);
      if (shared) expect(median, name).toBe("–");
      else expect(median, name).toMatch(/^[\d.,]+\s(ns|µs|ms)$/);
    }
  });
});
