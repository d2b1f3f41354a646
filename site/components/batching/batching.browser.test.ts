import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { accessFaults } from "../../../apps/setup/accessibility.ts";
import { closeProfiles, newProfile, newTab } from "../../../apps/setup/launch.ts";

const MEASURE_MS = 90_000;

let page: Page;

beforeAll(async () => {
  page = await newTab({ reducedMotion: "reduce" });
  await page.goto(`${inject("siteUrl")}/optimise/`);
});
afterAll(closeProfiles);

async function ready(widget: Locator): Promise<void> {
  await widget.and(page.locator("[data-state=ready]")).waitFor({ timeout: MEASURE_MS });
}

const expectAccessible = async (selector: string): Promise<void> =>
  expect(await accessFaults(page, selector)).toEqual([]);

describe("batching", () => {
  const widget = (): Locator => page.getByTestId("batching");

  test("Stop ends it, and shows nothing of it", { timeout: MEASURE_MS }, async () => {
    await ready(widget());
    await widget().getByRole("button", { name: "Measure here" }).press("Enter");
    await widget().getByRole("button", { name: "Stop" }).press("Enter");
    await ready(widget());
    expect(await widget().getByTestId("batching-status").textContent()).toBe("Stopped. Nothing of this run is shown.");
    expect(await widget().getByTestId("batching-model").isVisible()).toBe(false);
  });

  test("measures the core, and holds every way to the target", { timeout: MEASURE_MS }, async () => {
    await widget().getByRole("button", { name: "Measure here" }).press("Enter");
    await widget().and(page.locator("[data-state=running]")).waitFor();
    await ready(widget());
    expect(await widget().getByTestId("batching-status").textContent()).toMatch(
      /^A call costs .* All ways gave the same/,
    );
    const outcomes = await widget().getByTestId("targets").locator("tbody td:last-child").allTextContents();
    expect(outcomes).toHaveLength(5);
    for (const outcome of outcomes) expect(outcome).toMatch(/^(not )?beaten$/);
  });

  test("the sliders change the wait, by the keyboard", async () => {
    const wait = widget().getByTestId("wait");
    const before = await wait.textContent();
    await widget().getByRole("slider", { name: "Orders of a batch" }).press("End");
    expect(await wait.textContent()).not.toBe(before);
    expect(await widget().getByTestId("wait-parts").textContent()).toContain("By batches of 4096");
    await widget().getByLabel("What the way there costs").selectOption("50000");
    expect(await widget().getByTestId("wait-parts").textContent()).toMatch(/the call[\d.]+\sµs/);
  });

  test("is accessible with its numbers", { timeout: MEASURE_MS }, () => expectAccessible("hp-batching"));
});

describe("the ring", () => {
  const widget = (): Locator => page.getByTestId("shared-ring");

  test("sends words between two threads, each once and in order", { timeout: MEASURE_MS }, async () => {
    await ready(widget());
    await widget().getByRole("button", { name: "Send words" }).press("Enter");
    await widget().and(page.locator("[data-state=running]")).waitFor();
    await ready(widget());
    expect(await widget().getByTestId("ring-status").textContent()).toMatch(
      /million by 256\. Every word arrived once and in its order\./,
    );
    const rows = await widget().getByTestId("ring-table").locator("tbody th").allTextContents();
    expect(rows).toEqual(["1", "4", "16", "64", "256"]);
  });

  test("is accessible with its numbers", { timeout: MEASURE_MS }, () => expectAccessible("hp-shared-ring"));

  test("both fit 320 px", async () => {
    await page.setViewportSize({ width: 320, height: 700 });
    for (const name of ["batching", "shared-ring"]) {
      const beyond = () => page.getByTestId(name).evaluate((element) => element.scrollWidth - element.clientWidth);
      await expect.poll(beyond, { message: `${name}: px beyond its box` }).toBeLessThanOrEqual(0);
    }
  });

  test("on a page that isn't isolated it says so, and can't be run", async () => {
    const context = await newProfile();
    const open = await context.newPage();
    await open.route("**/*", async (route) => {
      const response = await route.fetch();
      const { "cross-origin-embedder-policy": _, "cross-origin-opener-policy": __, ...headers } = response.headers();
      await route.fulfill({ response, headers });
    });
    await open.goto(`${inject("siteUrl")}/optimise/`);
    const ring = open.getByTestId("shared-ring");
    await ring.and(open.locator("[data-state=not-isolated]")).waitFor();
    expect(await ring.getByTestId("ring-status").textContent()).toMatch(/^Not measured: this page isn't isolated/);
    expect(await ring.getByRole("button", { name: "Send words" }).isDisabled()).toBe(true);
    await context.close();
  });
});
