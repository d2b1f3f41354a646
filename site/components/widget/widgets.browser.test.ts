import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, describe, expect, inject, test } from "vitest";
import { accessFaults } from "../../../apps/setup/accessibility.ts";
import { closeProfiles, newProfile, type ProfileOptions } from "../../../apps/setup/launch.ts";

let page: Page;

afterAll(closeProfiles);
afterEach(() => page?.context().close());

/** Opens a chapter at a widget that is ready. */
async function open(path: string, name: string, options: ProfileOptions = {}): Promise<Locator> {
  const context = await newProfile({ reducedMotion: "reduce", ...options });
  page = await context.newPage();
  await page.goto(`${inject("siteUrl")}${path}`);
  const widget = page.getByTestId(name);
  await widget.and(page.locator("[data-state=ready]")).waitFor();
  return widget;
}

const expectAccessible = async (...selectors: string[]): Promise<void> =>
  expect(await accessFaults(page, ...selectors)).toEqual([]);

/** Axe looks at long pages, in both schemes, and machines are shared. */
const SLOW = { timeout: 150_000 };

const hasNoSidewaysScroll = (): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

describe("the book", () => {
  const status = (book: Locator): Locator => book.getByTestId("stepper-status");
  const next = (book: Locator): Locator => book.getByRole("button", { name: "Next" });

  test("steps through the scenario by keyboard, forth and back, and says each event", async () => {
    const book = await open("/limit-order-book/", "book-stepper");
    await next(book).focus();
    await page.keyboard.press("Enter");
    expect(await status(book).textContent()).toBe(
      "Order 1 is accepted. It rests: sell 5 lots at 102, first in its queue.",
    );
    for (let step = 0; step < 6; step++) await page.keyboard.press("Enter");
    expect(await status(book).textContent()).toMatch(/^Trade: 3 lots at 101, between order 6 and order 2/);
    expect(await book.getByTestId("event-log").textContent()).toContain(
      '{"event":"executed","taker":6,"maker":2,"price":101,"size":3}',
    );
    await book.getByRole("button", { name: "Back" }).press("Enter");
    expect(await status(book).textContent()).toBe("Order 6 is accepted. Its price reaches the other side.");
  });

  test("takes an order of the reader's, and takes it back", async () => {
    const book = await open("/limit-order-book/", "book-stepper");
    for (let step = 0; step < 5; step++) await next(book).click();
    await book.getByRole("radio", { name: "Sell" }).check();
    await book.getByRole("spinbutton", { name: "Price" }).last().fill("100");
    await book.getByRole("spinbutton", { name: "Lots" }).last().fill("1");
    await book.getByRole("button", { name: "Send order" }).press("Enter");
    await expect
      .poll(() => status(book).textContent(), { timeout: 10_000 })
      .toMatch(/^Trade: 1 lot at 100, between order 6 and order 5/);
    await book.getByRole("button", { name: "Undo my order" }).click();
    expect(await book.getByTestId("stepper-progress").textContent()).toBe("Step 5 of 21");
    expect(await book.getByRole("button", { name: /^#5 · 2: buy 2 lots at 100/ }).count()).toBe(1);
  });

  test("cancels and replaces an order that is chosen in the book, by keyboard", async () => {
    const book = await open("/limit-order-book/", "book-stepper");
    for (let step = 0; step < 3; step++) await next(book).click();
    await book.getByRole("button", { name: /^#2 · 3: sell 3 lots at 101, number 1/ }).press("Enter");
    const form = book.getByTestId("selected");
    expect(await form.textContent()).toContain("Order 2: sell 3 lots at 101, first in its queue.");
    await form.getByRole("spinbutton", { name: "Lots" }).fill("9");
    await page.keyboard.press("Enter");
    await expect
      .poll(() => status(book).textContent())
      .toMatch(/gives up its place.*number 2 in its queue, 4 lots ahead/);
    await book.getByRole("button", { name: /^#3 · / }).press("Enter");
    await form.getByRole("button", { name: "Cancel order" }).press("Enter");
    await expect
      .poll(() => status(book).textContent())
      .toBe("Order 3 is canceled with 4 lots open: its owner took it out.");
    expect(await next(book).evaluate((element) => element === document.activeElement)).toBe(true);
  });

  test("plays by itself, and pauses", async () => {
    const book = await open("/limit-order-book/", "book-stepper");
    await book.getByRole("button", { name: "Play" }).click();
    await expect
      .poll(() => book.getByTestId("stepper-progress").textContent(), { timeout: 10_000 })
      .toBe("Step 2 of 21");
    await book.getByRole("button", { name: "Pause" }).click();
    expect(await book.getByRole("button", { name: "Play" }).count()).toBe(1);
  });

  test("is accessible in both schemes with an order chosen, and fits 320 px", SLOW, async () => {
    const book = await open("/limit-order-book/", "book-stepper", { viewport: { width: 320, height: 700 } });
    for (let step = 0; step < 9; step++) await next(book).click();
    await book.getByRole("button", { name: /^#4 · / }).click();
    await expectAccessible("hp-book-stepper");
    expect(await hasNoSidewaysScroll()).toBe(true);
  });

  test("tells its scenario without JavaScript", async () => {
    const context = await newProfile({ javaScriptEnabled: false });
    page = await context.newPage();
    await page.goto(`${inject("siteUrl")}/limit-order-book/`);
    const text = await page.getByTestId("book-stepper").textContent();
    expect(text).toContain("Stepping through the book needs JavaScript.");
    expect(text).toContain("Trade: 2 lots at 101, between order 6 and order 3; 2 lots of it stay first in line.");
  });
});

describe("the flame chart and Amdahl's law", () => {
  async function profiled(options?: ProfileOptions): Promise<Locator> {
    const flame = await open("/identify-bottlenecks/", "flame", options);
    await flame.getByRole("combobox", { name: "Messages" }).selectOption("2000");
    await flame.getByRole("button", { name: "Profile" }).press("Enter");
    await flame.locator("canvas[data-spans]").waitFor({ timeout: 40_000 });
    await flame.and(page.locator("[data-state=ready]")).waitFor();
    return flame;
  }

  test("profile the system in a worker, and hand its parts to the law", async () => {
    const flame = await profiled();
    expect(await flame.getByTestId("flame-status").textContent()).toMatch(
      /^2,000 messages in .+ each\. Most of it: \w+ \d+%, then \w+ \d+%\.$/,
    );
    const parts = await flame.getByRole("region", { name: "Time by part" }).getByRole("rowheader").allTextContents();
    expect(parts.map((name) => name.trim())).toEqual(
      expect.arrayContaining(["burst", "decode", "risk", "match", "strategy", "analytics", "publish"]),
    );
    const law = page.getByTestId("amdahl");
    await law.getByRole("button", { name: "Use my profile" }).press("Enter");
    const match = law.getByRole("checkbox", { name: /^match \d+%$/ });
    expect(await match.isChecked()).toBe(true);
    await match.press("Space");
    expect(await law.getByTestId("amdahl-status").textContent()).toBe(
      "The whole becomes 1.00× as fast. However fast the part: never more than 1.00×.",
    );
  });

  test("zoom and move by keyboard", async () => {
    const flame = await profiled();
    const canvas = flame.getByTestId("flame-canvas");
    const shown = async (): Promise<number[]> =>
      ((await canvas.getAttribute("data-shown")) as string).split(" ").map(Number);
    await canvas.press("Home");
    const [begin, end] = await shown();
    expect(begin).toBe(0);
    await canvas.press("+");
    const [from, to] = await shown();
    expect(to - from).toBeCloseTo((end - begin) / 2, 2);
    await canvas.press("ArrowRight");
    expect((await shown())[0]).toBeGreaterThan(from);
    await flame.getByRole("button", { name: "Whole run" }).press("Enter");
    expect(await shown()).toEqual([begin, end]);
  });

  test("are accessible in both schemes, and fit 320 px", SLOW, async () => {
    await profiled({ viewport: { width: 320, height: 700 } });
    await page.getByTestId("amdahl").getByRole("button", { name: "Use my profile" }).click();
    await expectAccessible("hp-flame", "hp-amdahl");
    expect(await hasNoSidewaysScroll()).toBe(true);
  });

  test("let the sliders be moved by keyboard, and say what they mean", async () => {
    const law = await open("/identify-bottlenecks/", "amdahl");
    const share = law.getByRole("slider", { name: /Share of the time/ });
    await share.focus();
    await page.keyboard.press("End");
    expect(await share.getAttribute("aria-valuetext")).toBe("100%");
    expect(await law.getByTestId("amdahl-status").textContent()).toContain("there is no limit");
    await page.keyboard.press("Home");
    expect(await law.getByTestId("amdahl-status").textContent()).toContain("never more than 1.00×");
  });
});

describe("coordinated omission", () => {
  const cells = (widget: Locator, row: string): Promise<string[]> =>
    widget
      .getByRole("row", { name: new RegExp(`^${row} `) })
      .getByRole("cell")
      .allTextContents();

  test("hides the stalls from the client that waits, and agrees where there is none", async () => {
    const omission = await open("/identify-bottlenecks/", "omission");
    const [closed, open_] = await cells(omission, "p99");
    expect(closed).toMatch(/µs$/);
    expect(open_).toMatch(/ms$/);
    const stall = omission.getByRole("slider", { name: /Length of a stall/ });
    await omission.getByRole("combobox", { name: "A stall each" }).focus();
    await page.keyboard.press("Tab");
    expect(await stall.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press("Home");
    const [calmClosed, calmOpen] = await cells(omission, "p99");
    expect(calmOpen).toBe(calmClosed);
  });

  test("is accessible in both schemes, and fits 320 px", SLOW, async () => {
    await open("/identify-bottlenecks/", "omission", { viewport: { width: 320, height: 700 } });
    await expectAccessible("hp-omission");
    expect(await hasNoSidewaysScroll()).toBe(true);
  });
});

describe("a chapter on paper", () => {
  test("has the widgets' text and numbers, and no controls", async () => {
    await open("/limit-order-book/", "book-stepper", { colorScheme: "dark" });
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("button:visible, select:visible, input:visible, header.header:visible").count()).toBe(0);
    expect(await page.getByText("Trade: 3 lots at 101, between order 6 and order 2").last().isVisible()).toBe(true);
    const ink = await page
      .locator(".sl-markdown-content p")
      .first()
      .evaluate((element) => getComputedStyle(element).color);
    expect(ink).toBe("rgb(34, 34, 34)");
  });

  test("shows the tables of the charts", async () => {
    const omission = await open("/identify-bottlenecks/", "omission");
    await page.emulateMedia({ media: "print" });
    expect(await omission.getByTestId("omission-table").isVisible()).toBe(true);
    expect(await page.getByRole("region", { name: "The whole's gain by the part's" }).isVisible()).toBe(true);
    expect(await page.locator(".widget button:visible").count()).toBe(0);
  });
});
