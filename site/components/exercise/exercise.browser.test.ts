import { readFile } from "node:fs/promises";
import type { BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { accessFaults, accessFaultsNow } from "../../../apps/setup/accessibility.ts";
import { closeProfiles, newProfile, type ProfileOptions } from "../../../apps/setup/launch.ts";
import { kept } from "../work/kept-draft.ts";

const CHAPTER = "/identify-bottlenecks/";
const folder = new URL("../../../exercises/honest-histogram/", import.meta.url);
const file = (name: string): Promise<string> => readFile(new URL(name, folder), "utf8");

let context: BrowserContext;
let page: Page;
let exercise: Locator;

afterAll(closeProfiles);

const beginPlain = (): Promise<void> => begin({ isMobile: true });

async function begin(options: ProfileOptions = {}): Promise<void> {
  await context?.close();
  context = await newProfile(options);
  page = await context.newPage();
  await open();
}

async function open(): Promise<void> {
  await page.goto(`${inject("siteUrl")}${CHAPTER}`);
  // By its element: a role is looked for in the whole of a long page, each time anew.
  exercise = page.locator("hp-exercise[data-slug=honest-histogram]");
  await ready();
}

async function ready(): Promise<void> {
  await exercise.and(page.locator("[data-state=ready]")).waitFor();
}

const button = (name: string | RegExp, exact = false): Locator => exercise.getByRole("button", { name, exact });
const code = (): Locator => exercise.getByTestId("exercise-code");
const message = (): Locator => exercise.getByTestId("exercise-message");
const check = (name: string): Locator => exercise.locator(`[data-check="${name}"]`);
const statuses = (): Promise<(string | null)[]> =>
  exercise.getByTestId("check").evaluateAll((items) => items.map((item) => item.getAttribute("data-status")));

async function run(): Promise<void> {
  await button("Run checks").click();
  await ready();
}

/** Waits until what was typed is kept. */
async function typed(text: string): Promise<void> {
  await code().fill(text);
  await code().blur();
}

describe("the exercise in its chapter", () => {
  beforeEach(beginPlain);

  test("is a region of the page, by its title", async () => {
    expect(await page.getByRole("region", { name: "A histogram that doesn't lie" }).count()).toBe(1);
  });

  test("its starter fails, each check with a reason and a small case", async () => {
    await run();
    expect(await statuses()).toEqual(Array(5).fill("failed"));
    await expect.poll(() => message().textContent()).toBe("0 of 10 points. Each check below says what it found.");
    const failed = check("the error stays within 1/64");
    expect(await failed.textContent()).toMatch(/p[\d.]+ of this one latency is 1 ns; yours says 0/);
    expect(await failed.textContent()).toContain("percentiles(record([1])");
    expect(await exercise.getByTestId("exercise-progress").textContent()).toBe("Best: 0 of 10 points, 1 attempt");
  });

  test("its solution gets every point, and a reload keeps code, points and results", async () => {
    const solution = await file("solution.ts");
    await typed(solution);
    await run();
    expect(await statuses()).toEqual(Array(5).fill("passed"));
    expect(await message().textContent()).toBe("All 10 points: every check passed.");
    await page.reload();
    await ready();
    expect(await code().inputValue()).toBe(solution);
    expect(await statuses()).toEqual(Array(5).fill("passed"));
    expect(await exercise.getByTestId("exercise-progress").textContent()).toBe("Best: 10 of 10 points, 1 attempt");
  });

  test("a wrong solution loses only what it should, and its failing case runs again", async () => {
    await typed(await file("mutants/empty-is-zero.ts"));
    await run();
    expect(await statuses()).toEqual(["passed", "passed", "passed", "passed", "failed"]);
    await typed(await file("solution.ts"));
    await button("Run this case again: nothing has no percentile").click();
    await expect.poll(() => check("nothing has no percentile").textContent()).toContain("This case is right now.");
  });

  test("an endless loop ends in a clear message, and the next run works", async () => {
    const solution = await file("solution.ts");
    await typed(solution.replace("const counts = ", "for (;;);\n  const counts = "));
    await run();
    expect(await statuses()).toEqual(Array(5).fill("failed"));
    expect(await check("small values are exact").textContent()).toMatch(/`?record`?.*never ends/);
    await typed(solution);
    await run();
    expect(await message().textContent()).toBe("All 10 points: every check passed.");
  }, 120_000);

  test("Stop ends a run at once", async () => {
    await typed((await file("solution.ts")).replace("const counts = ", "for (;;);\n  const counts = "));
    await button("Run checks").click();
    await button("Stop").click();
    await ready();
    expect(await message().textContent()).toBe("Stopped.");
    expect(new Set(await statuses())).toEqual(new Set(["waiting"]));
  });

  test("a syntax error and a thrown error say what is wrong, and where", async () => {
    await typed("export function record( {\n");
    await run();
    expect(await check("memory stays bounded").textContent()).toMatch(/Your code doesn't load \(line \d\)/);
    await typed('export function record() {\n  throw new Error("not yet");\n}\n');
    await run();
    expect(await check("memory stays bounded").textContent()).toMatch(/throws.*\(line 2\).*not yet/);
    expect(await check("small values are exact").textContent()).toContain("not yet");
  });

  test("what the code logs is shown with its line", async () => {
    await typed(
      (await file("solution.ts")).replace(
        "const counts = ",
        'if (latenciesNs.length === 0) console.log("nothing", latenciesNs);\n  const counts = ',
      ),
    );
    await run();
    expect(await statuses()).toEqual(Array(5).fill("passed"));
    expect(await exercise.getByRole("log", { name: "Console" }).textContent()).toMatch(/nothing \[\]line \d+/);
    expect(await message().textContent()).toBe("All 10 points: every check passed.");
  });

  test("hints come one at a time and stay open after a reload", async () => {
    expect(await exercise.getByTestId("hint").first().isVisible()).toBe(false);
    await button(/^Show a hint/).click();
    await exercise.getByRole("heading", { name: "Hint 1: Where the buckets belong" }).waitFor();
    expect(await exercise.getByTestId("hint").nth(1).isVisible()).toBe(false);
    await page.reload();
    await ready();
    expect(await exercise.getByTestId("hint").first().isVisible()).toBe(true);
    for (let left = 3; left > 0; left--) await button(`Show the next hint (${left} left)`).click();
    await expect.poll(() => button(/hint/).count()).toBe(0);
  });

  test("a reset brings the starter, and can be undone", async () => {
    const starter = await code().inputValue();
    await typed("// mine");
    await button("Reset").click();
    await expect.poll(() => code().inputValue()).toBe(starter);
    await button("Undo reset").click();
    await expect.poll(() => code().inputValue()).toBe("// mine");
    await page.reload();
    await ready();
    expect(await code().inputValue()).toBe("// mine");
  });

  test("our solution stands beside the reader's code, never over it", async () => {
    await typed("// mine");
    await button("Compare with our solution").click();
    const lines = exercise.getByRole("list", { name: "compared with our solution" });
    await lines.getByText("only in yours: // mine").waitFor();
    expect(await lines.textContent()).toContain("export function merge");
    expect(await code().inputValue()).toBe("// mine");
    await exercise.getByTestId("desk-panel").getByRole("button", { name: "Close" }).click();
    expect(await lines.isVisible()).toBe(false);
  });
});

describe("what is kept", () => {
  beforeEach(beginPlain);

  test("without storage the page says so, and the exercise works all the same", async () => {
    await page.addInitScript(() => {
      indexedDB.open = () => {
        throw new Error("storage is switched off");
      };
    });
    await open();
    const notice = exercise.getByRole("alert");
    expect(await notice.textContent()).toContain("can't be kept when you leave this page: storage is switched off");
    await run();
    expect(await message().textContent()).toBe("0 of 10 points. Each check below says what it found.");
  });

  test("where the starter has changed since, the reader chooses", async () => {
    await typed("// begun long ago");
    await age();
    const notice = exercise.getByText("This exercise has changed since you began.");
    await notice.waitFor();
    expect(await code().inputValue()).toBe("// begun long ago");
    await button("Compare", true).click();
    await exercise.getByRole("list", { name: "compared with the new starter" }).waitFor();
    await button("Keep mine").click();
    await exercise.getByText("Your code stays.").waitFor();
    await page.reload();
    await ready();
    expect(await notice.isVisible()).toBe(false);
    await age();
    await button("Take the new starter").click();
    await expect.poll(() => code().inputValue()).toBe(await file("starter.ts"));
    await button("Undo reset").click();
    await expect.poll(() => code().inputValue()).toBe("// begun long ago");
  });

  /** Makes the draft one that was begun from another starter, and comes back to it. */
  async function age(): Promise<void> {
    await kept(page, "// begun long ago");
    // From a page without the exercise, which would keep its own draft again as it is left.
    await page.goto(`${inject("siteUrl")}/404.html`);
    await page.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open("hotpath");
          opening.onsuccess = () => {
            const change = opening.result.transaction("drafts", "readwrite");
            const drafts = change.objectStore("drafts");
            const asked = drafts.getAll();
            asked.onsuccess = () => {
              for (const draft of asked.result) drafts.put({ ...draft, starterHash: "another" });
            };
            change.oncomplete = () => {
              opening.result.close();
              resolve();
            };
            change.onerror = () => reject(change.error);
          };
        }),
    );
    await open();
  }

  test("the list of exercises shows the points earned, and leads to the exercise", async () => {
    await typed(await file("mutants/empty-is-zero.ts"));
    await run();
    await page.goto(`${inject("siteUrl")}/exercises/`);
    const list = page.getByTestId("exercise-list").and(page.locator("[data-state=ready]"));
    await list.getByText(/^9 of \d+ points, 0 of \d+ exercises solved$/).waitFor();
    expect(await accessFaults(page, "hp-exercise-list")).toEqual([]);
    await list.getByRole("link", { name: "A histogram that doesn't lie" }).click();
    await ready();
    expect(page.url()).toContain(CHAPTER);
  });

  test("work goes to another browser as a file", async () => {
    await typed(await file("mutants/empty-is-zero.ts"));
    await run();
    await page.goto(`${inject("siteUrl")}/exercises/`);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Export" }).click(),
    ]);
    const exported = await readFile(await download.path());
    await beginPlain();
    await page.goto(`${inject("siteUrl")}/exercises/`);
    await page.getByText(/^0 of \d+ points, 0 of \d+ exercises solved$/).waitFor();
    await page
      .getByLabel("File to import")
      .setInputFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from("{}") });
    await page.getByText("This file is no export of a workbook").waitFor();
    await page
      .getByLabel("File to import")
      .setInputFiles({ name: "mine.json", mimeType: "application/json", buffer: exported });
    const plan = page.getByRole("group", { name: "What the import changes" });
    await plan.getByText("A histogram that doesn't lie").waitFor();
    expect(await plan.textContent()).toContain("is not here yet, and comes in");
    await page.getByText(/^0 of \d+ points, 0 of \d+ exercises solved$/).waitFor();
    await plan.getByRole("button", { name: "Import this" }).click();
    await page.getByText("Imported: 1 text replaced or added, progress in 1 exercise.").waitFor();
    await page.getByText(/^9 of \d+ points, 0 of \d+ exercises solved$/).waitFor();
    await open();
    expect(await code().inputValue()).toBe(await file("mutants/empty-is-zero.ts"));
  });
});

describe("in the editor", () => {
  beforeAll(async () => {
    await begin({
      editor: "full",
      viewport: { width: 1280, height: 1000 },
      permissions: ["clipboard-read", "clipboard-write"],
    });
    await editorReady();
  });

  async function editorReady(): Promise<void> {
    await button("Run checks").scrollIntoViewIfNeeded();
    await exercise.and(page.locator("[data-editor=full]")).waitFor();
  }

  const editor = (): Locator => exercise.getByTestId("exercise-code-editor");

  /** Types over everything, as from the clipboard: the editor would indent what is typed key by key. */
  async function paste(text: string): Promise<void> {
    await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await editor().locator(".view-lines").click();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.press("ControlOrMeta+V");
  }

  test("the keyboard gets out of it", async () => {
    await editor().locator(".view-lines").click();
    await page.keyboard.press("Escape");
    await exercise.getByText("Tab leaves the editor now.").waitFor();
    await page.keyboard.press("Tab");
    expect(await button("Run checks").evaluate((element) => element === document.activeElement)).toBe(true);
  });

  test("it has no fault of accessibility", async () => {
    expect(await accessFaultsNow(page, "hp-exercise")).toEqual([]);
  });

  test("the solution is pasted, run by keyboard, gets every point and survives a reload", async () => {
    await paste(await file("solution.ts"));
    await page.keyboard.press("ControlOrMeta+Enter");
    await exercise.getByText("All 10 points: every check passed.").waitFor();
    await page.reload();
    await ready();
    expect(await code().inputValue()).toBe(await file("solution.ts"));
    expect(await statuses()).toEqual(Array(5).fill("passed"));
    await editorReady();
  });

  test("a type error is told and stops nothing; a thrown one is marked on its line", async () => {
    await paste(
      'export function record(): number {\n  throw new Error("not yet");\n}\nconst n: number = "one";\nexport { n };\n',
    );
    await exercise.getByText("1 type error, the first on line 4. It can run all the same.").waitFor();
    await run();
    await editor().locator(".failed-line-message").waitFor();
    expect(await editor().locator(".failed-line-message").textContent()).toMatch(
      /Your\s+code\s+throws\s+here\s+\(line\s+2\)/,
    );
  });

  test("Reset is an edit that can be undone in the editor too", async () => {
    await paste("export const mine = 1;");
    await button("Reset").click();
    await editor().getByText("A first attempt").waitFor();
    await editor().locator(".view-lines").click();
    await page.keyboard.press("ControlOrMeta+Z");
    await editor().getByText("export const mine = 1;").waitFor();
  });
});

describe("for every reader", () => {
  beforeEach(beginPlain);

  test("no fault of accessibility, in light and in dark", async () => {
    await run();
    await button(/^Show a hint/).click();
    await button("Compare with our solution").click();
    await exercise.getByTestId("comparison").getByRole("list").waitFor();
    expect(await accessFaults(page, "hp-exercise")).toEqual([]);
  });

  test("it fits a screen of 320 px", async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    await run();
    await button("Compare with our solution").click();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });

  test("it can be used by keyboard alone", async () => {
    await button("Run checks").focus();
    await page.keyboard.press("Enter");
    await ready();
    expect(await button("Run checks").evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await statuses()).toEqual(Array(5).fill("failed"));
  });
});
