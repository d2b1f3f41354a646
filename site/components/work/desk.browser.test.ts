import { readFile } from "node:fs/promises";
import type { BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, afterEach, describe, expect, inject, test } from "vitest";
import { accessFaultsNow } from "../../../apps/setup/accessibility.ts";
import { closeProfiles, newProfile, type ProfileOptions } from "../../../apps/setup/launch.ts";

const ONE_FILE = "/identify-bottlenecks/";
const TWO_FILES = "/how-to-use-it/";
const TOUCH: ProfileOptions = { hasTouch: true, isMobile: true, viewport: { width: 390, height: 800 } };
const WIDE: ProfileOptions = { editor: "full", viewport: { width: 1280, height: 1000 } };
const WAIT = { timeout: 20_000 };

let context: BrowserContext;

afterAll(closeProfiles);
afterEach(() => context?.close());

/** A lab's desk in a tab of the context. */
class Tab {
  readonly page: Page;
  readonly lab: Locator;
  readonly panel: Locator;

  private constructor(page: Page) {
    this.page = page;
    this.lab = page.getByTestId("lab").first();
    this.panel = this.lab.getByTestId("desk-panel");
  }

  static async open(path: string): Promise<Tab> {
    const tab = new Tab(await context.newPage());
    await tab.page.goto(`${inject("siteUrl")}${path}`);
    await tab.lab.scrollIntoViewIfNeeded();
    await tab.lab.and(tab.page.locator("[data-state=ready][data-editor]")).waitFor(WAIT);
    return tab;
  }

  button(name: string | RegExp): Locator {
    return this.lab.getByRole("button", { name, exact: typeof name === "string" });
  }

  get field(): Locator {
    return this.lab.getByTestId("lab-code");
  }

  /** Writes into the plain field, and waits until it is kept. */
  async write(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.blur();
    await this.kept(text);
  }

  async kept(text: string): Promise<void> {
    const drafts = () =>
      this.page.evaluate(
        () =>
          new Promise<string[]>((resolve, reject) => {
            const opening = indexedDB.open("hotpath");
            opening.onsuccess = () => {
              const asked = opening.result.transaction("drafts").objectStore("drafts").getAll();
              asked.onsuccess = () => resolve(asked.result.map(({ code }) => code));
              asked.onerror = () => reject(asked.error);
              opening.result.close();
            };
            opening.onerror = () => reject(opening.error);
          }),
      );
    await expect.poll(drafts).toContain(text);
  }

  async said(text: string | RegExp): Promise<void> {
    await expect.poll(() => this.lab.getByTestId("desk-said").textContent(), WAIT).toMatch(text);
  }

  async accessible(): Promise<void> {
    expect(await accessFaultsNow(this.page, "hotpath-lab")).toEqual([]);
  }
}

async function open(path: string, options: ProfileOptions): Promise<Tab> {
  context = await newProfile(options);
  return Tab.open(path);
}

/** Lets each write to storage fail as it does where the disk is full, while `window.full` says so. */
async function fillStorage(): Promise<void> {
  await context.addInitScript(() => {
    const { put } = IDBObjectStore.prototype;
    const state = window as unknown as { full: boolean };
    state.full = true;
    IDBObjectStore.prototype.put = function (...args) {
      if (state.full) throw new DOMException("no room", "QuotaExceededError");
      return put.apply(this, args);
    };
  });
}

describe("the history", () => {
  test("lists what was put aside with time and reason, and gives it back by keyboard", async () => {
    const tab = await open(ONE_FILE, TOUCH);
    await tab.write("// the first\nexport default { onBook() {} };\n");
    await tab.button("Reset").click();
    await tab.said(/^The starter is back/);
    await tab.write("// the second\n");
    await tab.button("History").focus();
    await tab.page.keyboard.press("Enter");
    await tab.panel.getByText(/^Before a reset/).waitFor();
    expect(await tab.panel.textContent()).toContain("The last 30 are kept");
    await tab.accessible();
    await tab.panel.getByRole("button", { name: /^Restore/ }).focus();
    await tab.page.keyboard.press("Enter");
    await expect.poll(() => tab.field.inputValue()).toContain("// the first");
    await tab.button("History").click();
    await tab.panel.getByText(/^Before another version was restored/).waitFor();
    await tab.page.keyboard.press("Escape");
    expect(await tab.panel.isVisible()).toBe(false);
    expect(await tab.button("History").evaluate((button) => button === document.activeElement)).toBe(true);
  });
});

describe("a comparison", () => {
  test("with the starter is side by side in the full editor, read-only, and follows the reader's edits", async () => {
    const tab = await open(ONE_FILE, WIDE);
    await tab.lab.locator(".view-lines").first().click();
    await tab.page.keyboard.press("ControlOrMeta+Home");
    await tab.page.keyboard.type("// mine\n");
    const before = await tab.field.inputValue();
    await tab.button("Compare with starter").click();
    const sides = tab.panel.locator(".monaco-diff-editor .editor");
    await expect.poll(() => sides.count(), WAIT).toBe(2);
    await tab.panel.getByText("mine").first().waitFor(WAIT);
    await tab.accessible();
    await sides.last().locator(".view-lines").click();
    await tab.page.keyboard.type("overwritten");
    expect(await tab.field.inputValue()).toBe(before);
    await tab.panel.getByRole("button", { name: "Close" }).click();
    expect(await tab.panel.isVisible()).toBe(false);
  });

  test("is a list of lines where the editor is not there", async () => {
    const tab = await open(ONE_FILE, TOUCH);
    await tab.write(`// mine\n${await tab.field.inputValue()}`);
    await tab.button("Compare with starter").click();
    await tab.panel.getByText("only in yours: // mine").waitFor();
    await tab.accessible();
    expect(await tab.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
});

describe("the layout", () => {
  const UGLY = "export default {onBook(){\nconst a=1\n}}\n";
  const FORMATTED = /onBook\(\) \{\n\s+const a = 1/;

  test("comes by Shift+Alt+F in the full editor, and undo takes it back", async () => {
    const tab = await open(ONE_FILE, { ...WIDE, permissions: ["clipboard-read", "clipboard-write"] });
    await tab.page.evaluate((text) => navigator.clipboard.writeText(text), UGLY);
    await tab.lab.locator(".view-lines").first().click();
    await tab.page.keyboard.press("ControlOrMeta+A");
    await tab.page.keyboard.press("ControlOrMeta+V");
    await tab.page.keyboard.press("Shift+Alt+F");
    await expect.poll(() => tab.field.inputValue(), WAIT).toMatch(FORMATTED);
    await tab.page.keyboard.press("ControlOrMeta+Z");
    await expect.poll(() => tab.field.inputValue()).not.toMatch(FORMATTED);
  });

  test("comes by its button in the plain field too", async () => {
    const tab = await open(ONE_FILE, TOUCH);
    await tab.field.fill(UGLY);
    await tab.button("Format").click();
    await expect.poll(() => tab.field.inputValue(), WAIT).toMatch(FORMATTED);
    await tab.said("Laid out anew.");
  });
});

describe("several files", () => {
  const MODEL = "logistic-model.ts";

  test("are tabs that the arrows choose, kept together, and run together", async () => {
    const tab = await open(TWO_FILES, TOUCH);
    const second = tab.lab.getByRole("tab", { name: MODEL });
    await tab.lab.getByRole("tab", { name: "logistic-regression.ts" }).focus();
    await tab.page.keyboard.press("ArrowRight");
    expect(await second.getAttribute("aria-selected")).toBe("true");
    expect(await second.evaluate((element) => element === document.activeElement)).toBe(true);
    const model = tab.lab.getByTestId(`lab-code-${MODEL}`);
    await tab.accessible();
    await model.fill(`${await model.inputValue()}\nthrow new Error("in the model");\n`);
    const lines = (await model.inputValue()).split("\n").length - 2;
    await tab.button("Run").click();
    await expect
      .poll(() => tab.lab.getByTestId("status").textContent(), { timeout: 40_000 })
      .toContain(`Line ${lines + 1} of ${MODEL}: Error: in the model`);
    await tab.lab.getByRole("tab").first().click();
    await tab.button(`Go to line ${lines + 1} of ${MODEL}`).click();
    expect(await model.evaluate((field) => field === document.activeElement)).toBe(true);
    await tab.page.reload();
    await tab.lab.scrollIntoViewIfNeeded();
    await expect.poll(() => model.inputValue()).toContain("in the model");
  });

  test("know each other in the full editor: a wrong import is a type error, a right one is none", async () => {
    const tab = await open(TWO_FILES, WIDE);
    const findings = tab.lab.getByTestId("findings");
    await tab.lab.getByRole("tab", { name: MODEL }).click();
    await tab.lab.locator(".view-lines").first().click();
    await tab.page.keyboard.press("ControlOrMeta+End");
    await tab.page.keyboard.type("const lots: string = 1;");
    await expect
      .poll(() => findings.textContent(), WAIT)
      .toMatch(/^1 type error, the first on line \d+ of logistic-model/);
    await tab.lab.getByRole("tab").first().click();
    await findings.click();
    expect(await tab.lab.getByRole("tab", { name: MODEL }).getAttribute("aria-selected")).toBe("true");
    await tab.accessible();
  });
});

describe("two tabs on one text", () => {
  async function disputed(): Promise<[Tab, Tab]> {
    const here = await open(ONE_FILE, TOUCH);
    const there = await Tab.open(ONE_FILE);
    await here.write("// begun here\n");
    await there.lab.getByTestId("other-tab").waitFor(WAIT);
    return [here, there];
  }

  test("the other one is told and asked; what it types meanwhile overwrites nothing, and is kept when the first is taken", async () => {
    const [here, there] = await disputed();
    await there.field.fill("// typed there\n");
    await there.field.blur();
    await there.accessible();
    await here.kept("// begun here\n");
    await there.button("Compare both").click();
    await there.panel.getByText("only in yours: // typed there").waitFor();
    await there.button("Take the other code").click();
    await there.said(/^The other code is here now/);
    expect(await there.field.inputValue()).toBe("// begun here\n");
    expect(await there.lab.getByTestId("other-tab").isVisible()).toBe(false);
    await there.button("History").click();
    await there.panel.getByText("From another tab").waitFor();
    expect(await here.lab.getByTestId("other-tab").isVisible()).toBe(false);
  });

  test("where the other one keeps its own, the first is asked in its turn", async () => {
    const [here, there] = await disputed();
    await there.field.fill("// typed there\n");
    await there.button("Keep this tab's code").click();
    await there.kept("// typed there\n");
    await here.lab.getByTestId("other-tab").waitFor(WAIT);
    expect(await here.field.inputValue()).toBe("// begun here\n");
  });
});

describe("a full storage", () => {
  test("is told, and room is made by an export and a deletion of old versions", async () => {
    context = await newProfile(TOUCH);
    await fillStorage();
    const tab = await Tab.open(ONE_FILE);
    await tab.field.fill("// has no room\n");
    await tab.field.blur();
    const notice = tab.lab.getByRole("alert");
    await notice.getByText("this browser's storage is full").waitFor();
    await tab.accessible();
    await notice.getByRole("button", { name: "Make room" }).click();
    const remove = tab.panel.getByRole("button", { name: "Delete old versions" });
    expect(await remove.isDisabled()).toBe(true);
    const [download] = await Promise.all([
      tab.page.waitForEvent("download"),
      tab.panel.getByRole("button", { name: "Export" }).click(),
    ]);
    expect(await readFile(await download.path(), "utf8")).toContain("// has no room");
    await tab.page.evaluate(() => Object.assign(window, { full: false }));
    await remove.click();
    await tab.panel.getByText("Your work is kept.").waitFor();
    expect(await notice.isVisible()).toBe(false);
    await tab.kept("// has no room\n");
  });
});

test("all work goes from a lab to a file, and comes in again after the reader has seen what it changes", async () => {
  const from = await open(ONE_FILE, TOUCH);
  await from.write("// exported\n");
  await from.button("History").click();
  const [download] = await Promise.all([
    from.page.waitForEvent("download"),
    from.panel.getByRole("button", { name: "Export" }).click(),
  ]);
  const buffer = await readFile(await download.path());
  await context.close();
  const to = await open(ONE_FILE, TOUCH);
  await to.button("History").click();
  const input = to.panel.getByLabel("File to import");
  const choose = () => input.setInputFiles({ name: "mine.json", mimeType: "application/json", buffer });
  await choose();
  const plan = to.panel.getByTestId("import-plan");
  await plan.getByText("is not here yet, and comes in").waitFor();
  expect(await plan.textContent()).toContain("Lab: market-maker.ts");
  await to.accessible();
  await plan.getByRole("button", { name: "Cancel" }).click();
  await to.panel.getByText("Nothing was imported.").waitFor();
  await choose();
  await plan.getByRole("button", { name: "Import this" }).click();
  await to.panel.getByText(/^Imported: 1 text/).waitFor();
  await to.button("Take the other code").click();
  await expect.poll(() => to.field.inputValue()).toBe("// exported\n");
});

test("where the editor's scripts don't load, the plain field stays, and says so", async () => {
  context = await newProfile(WIDE);
  await context.route(/\/(monaco|format)[^/]*\.js$/, (route) => route.abort());
  const tab = await Tab.open(ONE_FILE);
  expect(await tab.lab.getAttribute("data-editor")).toBe("plain");
  await tab.said(/could not be loaded; this field does the same work/);
  await tab.write("// plain\n");
  await tab.button("Format").click();
  await tab.said(/the full editor's scripts, which could not be loaded/);
});
