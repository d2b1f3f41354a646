import type { BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { accessFaults } from "../../../apps/setup/accessibility.ts";
import { closeProfiles, newProfile, type ProfileOptions } from "../../../apps/setup/launch.ts";
import { kept } from "../work/kept-draft.ts";

const CHAPTER = "/identify-bottlenecks/";
/** Those that are shown first. */
const CHARTS = ["latency", "throughput", "split"];
/** Long enough for a shared machine to run both engines and to replay them. */
const RUN_MS = 120_000;

let context: BrowserContext;
let page: Page;
let lab: Locator;

afterAll(closeProfiles);

async function begin(options: ProfileOptions = {}): Promise<void> {
  await context?.close();
  context = await newProfile(options);
  page = await context.newPage();
  await page.goto(`${inject("siteUrl")}${CHAPTER}`);
  await ready();
}

async function ready(): Promise<void> {
  lab = page.getByTestId("lab");
  await lab.scrollIntoViewIfNeeded();
  await lab.and(page.locator("[data-state=ready]")).waitFor();
}

const button = (name: string | RegExp): Locator => lab.getByRole("button", { name, exact: typeof name === "string" });
const status = (): Locator => lab.getByTestId("status");
const code = (): Promise<string> => lab.getByTestId("lab-code").inputValue();
const editor = (): Locator => lab.locator(".monaco-editor").first();

async function say(text: RegExp | string): Promise<void> {
  await expect.poll(() => status().textContent(), { timeout: RUN_MS }).toMatch(text);
}

/** Puts a text in the place of all that is in the full editor, as a paste would. */
async function paste(text: string): Promise<void> {
  await editor().click({ position: { x: 200, y: 40 } });
  await page.keyboard.press("ControlOrMeta+A");
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    document.activeElement?.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
    );
  }, text);
  await expect.poll(code).toBe(text);
}

const fill = (text: string): Promise<void> => lab.getByTestId("lab-code").fill(text);

async function run(): Promise<void> {
  await lab.getByLabel("Orders").selectOption("100000");
  await button("Run").click();
}

const points = (chart: string): Promise<number> =>
  lab.getByTestId(`chart-${chart}`).getAttribute("data-points").then(Number);

const IDLE = "export default { onBook() {} };\n";

describe("a run", () => {
  beforeEach(() => begin());

  test("plays the strategy on both engines, draws its charts, and tells that the events agree", async () => {
    const before = await code();
    await fill(before.replace("const SIZE = 20;", "const SIZE = 30;"));
    await run();
    await say(/^Done: 1\d\d,\d{3} commands on each engine/);
    for (const chart of CHARTS) {
      await lab.getByTestId(`chart-${chart}`).scrollIntoViewIfNeeded();
      await expect.poll(() => points(chart), { message: chart }).toBeGreaterThan(1);
    }
    expect(await lab.getByTestId("agreement").textContent()).toMatch(
      /^1\d\d,\d{3} events compared one by one: identical\.$/,
    );
    expect(await lab.locator(".number").allTextContents()).toEqual([
      expect.stringMatching(/^[\d.]+\s[kM]TypeScript/),
      expect.stringMatching(/^[\d.]+\s[kM]Rust/),
      expect.stringMatching(/^[\d.]+×the whole run; the engine alone, [\d.]+×$/),
    ]);
    expect(await lab.getByTestId("clock").textContent()).toMatch(/clock steps by [\d.]+\s(ns|µs).*isolated/);
  });

  test("draws while it goes on, and Stop ends it", async () => {
    await lab.getByLabel("Orders").selectOption("1000000");
    await button("Run").click();
    await lab.getByTestId("chart-latency").scrollIntoViewIfNeeded();
    await expect.poll(() => points("latency"), { timeout: RUN_MS }).toBeGreaterThan(2);
    expect(await lab.getAttribute("data-state")).toBe("running");
    await button("Stop").click();
    await say(/^Stopped after/);
    expect(await button("Run").isEnabled()).toBe(true);
  });
});

describe("what goes wrong", () => {
  beforeEach(() => begin());

  test("an endless loop ends with a message on its line, and Run works again at once", async () => {
    await fill("export default {\n  onBook() {\n    while (true) {}\n  },\n};\n");
    await run();
    await say(/Line 3.*loop/i);
    await fill(IDLE);
    await run();
    await say(/^Done/);
  });

  test("a seed that is none is told, and nothing runs", async () => {
    await lab.getByLabel("Seed").fill("-1");
    await button("Run").click();
    await say(/^The seed must be/);
    expect(await lab.getAttribute("data-state")).toBe("ready");
  });
});

describe("the reader's text", () => {
  beforeEach(() => begin());

  test("is there after a reload, and after a reset that is undone", async () => {
    const starter = await code();
    await fill(IDLE);
    await kept(page, IDLE);
    await page.reload();
    await ready();
    await expect.poll(code).toBe(IDLE);
    await button("Reset").click();
    await expect.poll(code).toBe(starter);
    await button("Undo reset").click();
    await expect.poll(code).toBe(IDLE);
  });

  test("is in a plain text field on a touch screen, with the same buttons", async () => {
    await begin({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } });
    const field = lab.getByTestId("lab-code");
    await field.fill("export default {\n  onBook() {\n    throw new Error('touched');\n  },\n};\n");
    await run();
    await say(/Line 3.*touched/);
    expect(await lab.locator(".monaco-editor").count()).toBe(0);
    await button("Go to line 3").click();
    const selected = await field.evaluate((area: HTMLTextAreaElement) =>
      area.value.slice(area.selectionStart, area.selectionEnd),
    );
    expect(selected).toContain("touched");
  });
});

describe("with the full editor,", () => {
  beforeAll(async () => {
    await begin({ editor: "full" });
    await lab.and(page.locator("[data-editor=full]")).waitFor();
  });

  test("a run moves nothing on the page", async () => {
    const edges = (): Promise<number[]> =>
      lab.evaluate((whole) => {
        // Those of a tab that isn't shown stand nowhere.
        const shown = [...whole.querySelectorAll(".canvas"), whole].filter((each) => each.checkVisibility());
        return shown.map((each) => Math.round(each.getBoundingClientRect().bottom + scrollY));
      });
    const before = await edges();
    expect(before.length).toBeGreaterThan(CHARTS.length);
    await run();
    await say(/^Done/);
    expect(await edges()).toEqual(before);
  });

  test("a type error warns, and the run goes on", async () => {
    await paste(`${IDLE}const lots: string = 1;\n`);
    await expect.poll(() => button(/1 type error/).isVisible()).toBe(true);
    await run();
    await say(/^Done/);
  });

  test("the strategy's own types are known to the editor", async () => {
    await paste(
      'import type { Market, Strategy } from "hotpath";\nexport default class implements Strategy {\n  onBook(_book: unknown, market: Market): void {\n    market.sellEverything();\n  }\n}\n',
    );
    await expect.poll(() => button(/^1 type error/).isVisible()).toBe(true);
  });

  test("a syntax error keeps it from running and is told with its line", async () => {
    await paste("export default {\n  onBook() {\n    const = 1;\n  },\n};\n");
    await run();
    await say(/^Not run.*Line 3/);
    await button("Go to line 3").click();
    expect(await editor().evaluate((box) => box.contains(document.activeElement))).toBe(true);
    await paste(IDLE);
    await run();
    await say(/^Done/);
  });

  test("a thrown error is told with its line, and Run works again at once", async () => {
    await paste('export default {\n  onBook() {\n    throw new Error("no such quote");\n  },\n};\n');
    await run();
    await say(/Line 3.*no such quote/);
    expect(await lab.locator(".failed-line").count()).toBe(1);
    await paste(IDLE);
    expect(await lab.locator(".failed-line").count()).toBe(0);
    await run();
    await say(/^Done/);
  });

  test("the text can be left by keyboard: Esc, then Tab", async () => {
    await paste(IDLE);
    await page.keyboard.press("Tab");
    expect(await editor().evaluate((box) => box.contains(document.activeElement))).toBe(true);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    expect(await editor().evaluate((box) => box.contains(document.activeElement))).toBe(false);
  });

  test("a run begins by keyboard from inside the editor", async () => {
    await lab.getByLabel("Orders").selectOption("100000");
    await paste(IDLE);
    await page.keyboard.press("ControlOrMeta+Enter");
    await say(/^Done/);
    expect(await code()).toBe(IDLE);
  });

  test("a run is accessible when it is over, in light and in dark", async () => {
    await run();
    await say(/^Done/);
    expect(await accessFaults(page, "hotpath-lab")).toEqual([]);
  });
});
