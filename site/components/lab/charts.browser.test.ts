import { readFile } from "node:fs/promises";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { accessFaultsNow, SCHEMES, showScheme } from "../../../apps/setup/accessibility.ts";
import { closeProfiles, newTab } from "../../../apps/setup/launch.ts";
import { CHART_GROUPS, CHART_NAMES, type ChartName } from "./chart-names.ts";

const CHAPTER = "/identify-bottlenecks/";
/** Long enough for a shared machine to run both engines and to replay them. */
const RUN_MS = 120_000;

let page: Page;
let lab: Locator;

async function open(): Promise<void> {
  page = await newTab({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${inject("siteUrl")}${CHAPTER}`);
  lab = page.getByTestId("lab");
  await lab.scrollIntoViewIfNeeded();
  await lab.and(page.locator("[data-state=ready]")).waitFor();
}

afterAll(closeProfiles);

const button = (name: string): Locator => lab.getByRole("button", { name, exact: true });
const canvas = (chart: ChartName): Locator => lab.getByTestId(`chart-${chart}`);
const points = (chart: ChartName): Promise<number> => canvas(chart).getAttribute("data-points").then(Number);

async function finish(): Promise<void> {
  await lab.getByTestId("status").filter({ hasText: /^Done/ }).waitFor({ timeout: RUN_MS });
}

async function run(orders = "100000"): Promise<void> {
  await lab.getByLabel("Orders").selectOption(orders);
  await button("Run").click();
}

/** Opens the tab of a chart, and waits until the chart is drawn. */
async function show(chart: ChartName): Promise<void> {
  const group = Object.entries(CHART_GROUPS).find(([, names]) => (names as readonly string[]).includes(chart))?.[0];
  await lab.getByRole("tab", { name: group as string }).click();
  await canvas(chart).scrollIntoViewIfNeeded();
}

async function saved(testId: string, name: string): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent("download"), lab.getByTestId(testId).click()]);
  expect(download.suggestedFilename()).toBe(name);
  return await readFile(await download.path());
}

/** What a browser sees in a picture. */
function pixelsOf(bytes: Buffer): Promise<{ corner: number[]; colours: number; opaque: boolean }> {
  return page.evaluate(async (base64) => {
    const blob = new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type: "image/png" });
    const image = await createImageBitmap(blob);
    const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
    if (context === null) throw new Error("There is no canvas.");
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const colours = new Set<number>();
    let opaque = true;
    for (let at = 0; at < data.length; at += 4) {
      colours.add((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]);
      opaque &&= data[at + 3] === 255;
    }
    return { corner: [...data.subarray(0, 3)], colours: colours.size, opaque };
  }, bytes.toString("base64"));
}

describe("on the way", () => {
  beforeAll(open);

  test("the tabs work by keyboard: arrows, Home and End choose, and one is a stop of Tab", async () => {
    const tab = (name: string): Locator => lab.getByRole("tab", { name });
    await tab("Speed").focus();
    for (const [key, name] of [
      ["ArrowRight", "Tails"],
      ["End", "Money"],
      ["ArrowRight", "Speed"],
      ["ArrowLeft", "Money"],
      ["Home", "Speed"],
    ]) {
      await page.keyboard.press(key);
      expect(await tab(name).evaluate((each) => each === document.activeElement), key).toBe(true);
      expect(await tab(name).getAttribute("aria-selected")).toBe("true");
      expect(await lab.getByRole("tabpanel").count()).toBe(1);
      expect(await lab.locator("[role=tab][tabindex='0']").count()).toBe(1);
    }
  });

  test("draws only what is on the screen", async () => {
    expect(await lab.getByTestId("csv-latency").isDisabled()).toBe(true);
    await canvas("latency").scrollIntoViewIfNeeded();
    await run();
    await canvas("latency").scrollIntoViewIfNeeded();
    await finish();
    await expect.poll(() => points("latency")).toBeGreaterThan(1);
    expect(await points("depth")).toBe(0);
    await show("depth");
    await expect.poll(() => points("depth")).toBeGreaterThan(1);
  });

  test("a pinned run is drawn behind the next one, faded and by its name", async () => {
    await run();
    await finish();
    await show("throughput");
    await expect.poll(() => points("throughput")).toBeGreaterThan(1);
    const throughput = lab.locator("[data-chart=throughput]");
    expect(await throughput.getByRole("listitem").count()).toBe(0);
    await button("Pin this run").click();
    await run();
    await finish();
    await show("throughput");
    await expect
      .poll(() => throughput.getByRole("listitem").allTextContents())
      .toEqual([expect.stringMatching(/^Pin 1: TypeScript/), expect.stringMatching(/^Pin 1: Rust/)]);
    const inks = await throughput
      .locator(".legend i")
      .evaluateAll((marks) => marks.map((mark) => (mark as HTMLElement).style.getPropertyValue("--mark")));
    expect(new Set(inks).size).toBe(2);
    for (const ink of inks) expect(ink).toMatch(/^#[0-9a-f]{6}80$/i);
    await show("split");
    await expect.poll(() => points("split")).toBe(12);
    expect(
      await lab
        .getByTestId("chart-split")
        .locator("..")
        .evaluate((box) => box.clientHeight),
    ).toBeGreaterThan(200);
  });
});

describe("the charts of a run", () => {
  beforeAll(async () => {
    await open();
    await run();
    await finish();
  });

  test("every tab is accessible in light and in dark, with a table", async () => {
    const [first, ...others] = Object.keys(CHART_GROUPS);
    const look = async (group: string, ...within: string[]): Promise<void> => {
      await lab.getByRole("tab", { name: group }).click();
      expect(await accessFaultsNow(page, ...within), group).toEqual([]);
    };
    await lab.locator("[role=tabpanel]:not([hidden]) summary").first().click();
    for (const scheme of SCHEMES) {
      await showScheme(page, scheme);
      await look(first, "hotpath-lab");
      for (const other of others) await look(other, "hotpath-lab [role=tabpanel]:not([hidden])");
    }
    await lab.getByRole("tab", { name: first }).click();
    await lab.locator("[role=tabpanel]:not([hidden]) summary").first().click();
  });

  test("each has points, a table, and a name that tells what it shows", async () => {
    for (const chart of CHART_NAMES) {
      await show(chart);
      await expect.poll(() => points(chart), { message: chart }).toBeGreaterThan(1);
      expect(await canvas(chart).getAttribute("aria-label"), chart).toMatch(
        /\. .+\d.*\. The numbers stand in the table\.$/,
      );
      const figure = lab.locator(`[data-chart=${chart}]`);
      if (chart !== "split") await figure.getByText("Numbers as a table").click();
      expect(await figure.getByRole("row").count(), chart).toBeGreaterThan(2);
      expect(await figure.getByRole("row").count(), chart).toBeLessThanOrEqual(101);
    }
  });

  test("a CSV has a row for every batch that the engines ran, and the header names units", async () => {
    await show("latency");
    const text = await saved("csv-latency", "hotpath-latency-seed-7.csv").then(String);
    const [head, ...lines] = text.trimEnd().split("\r\n");
    expect(head).toBe("run,engine,commands_before,commands,time_ms,mean_ns_per_command");
    const done = await lab.getByTestId("status").textContent();
    const commands = Number(/^Done: ([\d,]+)/.exec(done ?? "")?.[1].replaceAll(",", ""));
    const rows = lines.map((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/));
    for (const engine of new Set(rows.map(([, name]) => name))) {
      const own = rows.filter(([, name]) => name === engine).map((cells) => cells.slice(2).map(Number));
      for (const [index, [from, size, ms, mean]] of own.entries()) {
        expect(from).toBe(index === 0 ? 0 : own[index - 1][0] + own[index - 1][1]);
        expect(mean).toBeCloseTo((ms / size) * 1e6, 3);
      }
      // The last commands may fill no batch that the clock could time.
      const inBatches = own.reduce((sum, [, size]) => sum + size, 0);
      expect(inBatches).toBeGreaterThan(0);
      expect(inBatches).toBeLessThanOrEqual(commands);
    }
    await show("histogram");
    const counted = await saved("csv-histogram", "hotpath-histogram-seed-7.csv").then(String);
    const batches = counted
      .trimEnd()
      .split("\r\n")
      .slice(1)
      .map((line) => Number(line.split(",").at(-1)));
    expect(batches.reduce((sum, each) => sum + each, 0)).toBe(rows.length);
    expect(new Set(rows.map(([, name]) => name)).size).toBe(2);
  });

  test.each(SCHEMES)("a PNG is opaque, 1,920 pixels wide and not empty, in %s", async (colorScheme) => {
    await showScheme(page, colorScheme);
    await show("throughput");
    const bytes = await saved("png-throughput", "hotpath-throughput-seed-7.png");
    expect([...bytes.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    expect(bytes.readUInt32BE(16)).toBe(1920);
    expect(bytes.readUInt32BE(20)).toBeGreaterThan(900);
    const { corner, colours, opaque } = await pixelsOf(bytes);
    expect(opaque).toBe(true);
    expect(corner.every((part) => (colorScheme === "light" ? part > 200 : part < 60))).toBe(true);
    expect(colours).toBeGreaterThan(20);
  });
});

describe("what the charts cost", () => {
  beforeEach(open);

  test("the same run goes with the charts hidden, and the two are compared", async () => {
    const cost = (): Promise<string | null> => lab.getByTestId("chart-cost").textContent();
    const again = button("Run again with the charts hidden");
    expect(await again.isDisabled()).toBe(true);
    await canvas("latency").scrollIntoViewIfNeeded();
    await run("300000");
    await canvas("latency").scrollIntoViewIfNeeded();
    await finish();
    await expect.poll(cost).toMatch(/^The charts were drawn \d+ times in this run, which took [\d.]+\s(µs|ms|s) /);
    await again.click();
    await expect.poll(() => lab.locator("[data-charts-hidden]").count(), { timeout: RUN_MS }).toBe(1);
    expect(await canvas("latency").isVisible()).toBe(false);
    await expect
      .poll(cost, { timeout: RUN_MS })
      .toMatch(
        /^Throughput with the charts hidden, .+: TypeScript.+ [\d.]+×; Rust.+ [\d.]+×\. One unpaired comparison/,
      );
    await expect.poll(() => points("latency")).toBeGreaterThan(1);
    expect(await canvas("latency").isVisible()).toBe(true);
  });

  test("charts can be kept still while a run goes on, and are drawn at its end", async () => {
    await lab.getByLabel("Charts while running").uncheck();
    await run("300000");
    await canvas("latency").scrollIntoViewIfNeeded();
    await expect.poll(() => lab.locator(".number").count(), { timeout: RUN_MS }).toBeGreaterThan(1);
    if ((await lab.getAttribute("data-state")) === "running") expect(await points("latency")).toBe(0);
    await finish();
    await expect.poll(() => points("latency")).toBeGreaterThan(1);
  });
});
