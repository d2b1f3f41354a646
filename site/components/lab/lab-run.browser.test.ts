import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import type { BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { accessFaults } from "../../../apps/setup/accessibility.ts";
import { closeProfiles, newProfile } from "../../../apps/setup/launch.ts";
import { kept } from "../work/kept-draft.ts";
import { shareFragment } from "./share-link.ts";

const CHAPTER = "/identify-bottlenecks/";
const RUN_MS = 120_000;

let context: BrowserContext;
let page: Page;
let lab: Locator;

afterAll(closeProfiles);
beforeEach(async () => {
  // A touch screen's plain field is filled at once, and 320 px is the narrowest page.
  context = await newProfile({ viewport: { width: 320, height: 800 }, hasTouch: true, isMobile: true });
  page = await context.newPage();
  await page.goto(inject("siteUrl") + CHAPTER);
  await ready();
});
afterEach(() => context?.close());

async function ready(): Promise<void> {
  lab = page.getByTestId("lab").first();
  await lab.scrollIntoViewIfNeeded();
  await lab.and(page.locator("[data-state=ready]")).waitFor();
}

const button = (name: string | RegExp): Locator => lab.getByRole("button", { name, exact: typeof name === "string" });
const market = (): Locator => lab.getByRole("combobox", { name: /^Market/ });
const code = (): Promise<string> => lab.getByTestId("lab-code").inputValue();

async function run(outcome: RegExp = /^Done/): Promise<void> {
  await lab.getByLabel("Orders").selectOption("100000");
  await button("Run").click();
  await expect.poll(() => lab.getByTestId("status").textContent(), { timeout: RUN_MS }).toMatch(outcome);
}

/** In both schemes, and without a page that is wider than the screen. */
async function checkAccess(state: string): Promise<void> {
  expect(await accessFaults(page, "hotpath-lab"), state).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow, `${state}: px beyond the screen`).toBeLessThanOrEqual(0);
}

/** A made-up day of quotes around 100.00, 10 lots each, which come and go. */
function lobster(): string {
  const lines: string[] = [];
  for (let id = 1; id <= 3000; id++) {
    const buy = id % 2 === 1;
    const price = 1_000_000 + (buy ? -100 : 100) * (1 + (id % 7));
    lines.push(`34200.${id},1,${id},10,${price},${buy ? 1 : -1}`);
    if (id > 20)
      lines.push(
        `34200.${id},3,${id - 20},10,${1_000_000 + ((id - 20) % 2 === 1 ? -100 : 100) * (1 + ((id - 20) % 7))},${(id - 20) % 2 === 1 ? 1 : -1}`,
      );
  }
  return `${lines.join("\n")}\n`;
}

const choose = (name: string, bytes: Uint8Array | string) =>
  lab
    .locator("input[type=file]")
    .first()
    .setInputFiles({ name, mimeType: "application/octet-stream", buffer: Buffer.from(bytes) });

describe("the settings of a run", () => {
  test("are few at first, and say what a market is", async () => {
    expect(await lab.getByLabel("Your latency, ns").isVisible()).toBe(false);
    await market().selectOption("bursts");
    expect(await lab.getByTestId("market-about").textContent()).toContain("Each market order calls for more");
    await lab.getByText("More settings").click();
    await checkAccess("ready");
  });

  test("latency and fees change what the strategy makes", async () => {
    await market().selectOption("zero-intelligence");
    await run();
    const before = await lab.getByTestId("hash").textContent();
    await lab.getByText("More settings").click();
    await lab.getByLabel("Your latency, ns").fill("500000");
    await lab.getByLabel("Maker fee").fill("-0.2");
    await run();
    expect(await lab.getByTestId("hash").textContent()).not.toBe(before);
    await lab.locator("summary", { hasText: "What the strategy made" }).click();
    const row = lab.getByRole("row", { name: /^fees/ });
    expect(await row.textContent()).toMatch(/-[\d.,]+ ticks × lots/);
    await checkAccess("over");
  });

  test("a wrong one is told, shown and gone to", async () => {
    await lab.getByText("More settings").click();
    await lab.getByLabel("Your latency, ns").fill("1.5");
    await lab.getByText("More settings").click();
    await button("Run").click();
    expect(await lab.getByTestId("status").textContent()).toMatch(/^The latency in ns must be a whole number/);
    expect(await lab.getByLabel("Your latency, ns").evaluate((field) => field === document.activeElement)).toBe(true);
  });
});

describe("a file of one's own", () => {
  test("is read in the page, compressed or not, and is the market of the next run", async () => {
    await market().selectOption("own-file");
    await button("Run").click();
    expect(await lab.getByTestId("status").textContent()).toBe("Choose a file first, or another market.");
    await choose("day_message_10.csv.gz", gzipSync(lobster()));
    await expect.poll(() => lab.getByTestId("file-status").textContent()).toMatch(/LOBSTER, 0.2 MB\. It stays/);
    await checkAccess("file chosen");
    await run();
    expect(await lab.getByTestId("agreement").textContent()).toMatch(/identical/);
  });

  test("that is none is told", async () => {
    await market().selectOption("own-file");
    await choose("prices.csv", "date,open,close\n");
    await expect.poll(() => lab.getByTestId("file-status").textContent()).toMatch(/^prices.csv is neither/);
  });

  test("can be dropped on the lab", async () => {
    const data = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], "dropped.csv"));
      return transfer;
    }, lobster());
    await lab.dispatchEvent("drop", { dataTransfer: data });
    await expect.poll(() => lab.getByTestId("file-status").textContent()).toMatch(/^dropped.csv: LOBSTER/);
    expect(await market().inputValue()).toBe("own-file");
  });
});

test("an example takes the place of the code, which goes to the history, and runs", async () => {
  const mine = "export default { onBook() {} }; // mine\n";
  await lab.getByTestId("lab-code").fill(mine);
  await lab.getByText("More settings").click();
  await lab.getByLabel("Begin from").selectOption("imbalance");
  await button("Put it in the editor").click();
  await expect.poll(code).toContain("class");
  await run();
  await button("History").click();
  await expect.poll(() => lab.getByText("Before an example").count()).toBe(1);
});

describe("a link", () => {
  const theirs =
    "export default {\n  onBook(book, market) {\n    if (market.random() < 0.1) market.buy(1, 1);\n  },\n};\n";
  const sent = {
    lab: "market-maker",
    files: { "market-maker.ts": theirs },
    engines: ["typescript"],
    settings: { seed: 11, profile: "thin", orders: 100_000 },
  };

  async function open(fragment: string): Promise<void> {
    await page.goto("about:blank");
    await page.goto(inject("siteUrl") + CHAPTER + fragment);
    await ready();
  }

  test("holds the run: elsewhere it waits for Run, and then gives the same events", async () => {
    await lab.getByTestId("lab-code").fill(theirs);
    await market().selectOption("thin");
    await lab.getByLabel("Seed").fill("11");
    await run();
    await button("Share").click();
    await expect.poll(() => lab.getByTestId("share-link").inputValue()).toContain("#run=1.");
    const link = await lab.getByTestId("share-link").inputValue();
    await context.clearCookies();
    const other = await newProfile({ hasTouch: true, isMobile: true, viewport: { width: 320, height: 800 } });
    await context.close();
    context = other;
    page = await context.newPage();
    await page.goto(link);
    await ready();
    const notice = lab.getByTestId("shared");
    await expect.poll(() => notice.isVisible()).toBe(true);
    expect(await notice.textContent()).toMatch(/came with the link.*not from this site.*“Thin market” with seed 11/s);
    expect(await code()).toBe(theirs);
    expect(await lab.getAttribute("data-state")).toBe("ready");
    await checkAccess("shared");
    await run();
    expect(await lab.getByTestId("shared-verdict").textContent()).toMatch(/^The same events as the sender's/);
  });

  test("puts the reader's own aside, and gives it back", async () => {
    const mine = "export default { onBook() {} }; // mine\n";
    await lab.getByTestId("lab-code").fill(mine);
    await kept(page, mine);
    await open(await shareFragment(sent));
    await expect.poll(code).toBe(theirs);
    await button("Back to mine").click();
    await expect.poll(code).toBe(mine);
    expect(page.url()).not.toContain("#run");
    expect(await lab.getByLabel("Seed").inputValue()).not.toBe("11");
    await page.reload();
    await ready();
    await expect.poll(code).toBe(mine);
  });

  test("whose code was edited is kept, and the reader's own is in the history", async () => {
    const mine = "export default { onBook() {} }; // mine\n";
    await lab.getByTestId("lab-code").fill(mine);
    await kept(page, mine);
    await open(await shareFragment(sent));
    await expect.poll(code).toBe(theirs);
    await lab.getByTestId("lab-code").fill(`${theirs}// more\n`);
    await button("Back to mine").click();
    await expect.poll(code).toBe(mine);
    await button("History").click();
    await expect.poll(() => lab.getByText("Before an example").count()).toBeGreaterThan(0);
  });

  test("that gave other events says so", async () => {
    await open(await shareFragment({ ...sent, hash: "0123456789abcdef" }));
    await run();
    expect(await lab.getByTestId("shared-verdict").textContent()).toMatch(/^Not the same events/);
  });

  test.each([
    ["that is cut off", "#run=1.q1bKLUp", /not whole/],
    ["of a later version", "#run=9.abc", /version 9/],
  ])("%s is told, and changes nothing", async (_, fragment, message) => {
    const before = await code();
    await open(fragment);
    await expect.poll(() => lab.getByTestId("shared").textContent()).toMatch(message);
    expect(await code()).toBe(before);
    expect(await button("Back to mine").isVisible()).toBe(false);
  });
});

test("a pinned run stands beside the next one, over a reload, until it is unpinned", async () => {
  await run();
  await button("Pin this run").click();
  await lab.getByLabel("Seed").fill("12");
  await run();
  const pins = lab.getByTestId("pins");
  expect(await pins.getByRole("rowheader").allTextContents()).toEqual(["Pin 1", "This run"]);
  expect(await pins.textContent()).toMatch(/seed 7.*seed: 7, now 12.*this run: [\d.]+×.*seed 12.*no verdict/s);
  expect(await pins.getByRole("link", { name: "Is it really faster?" }).getAttribute("href")).toMatch(
    /\/identify-bottlenecks\/#is-it-really-faster$/,
  );
  await checkAccess("pinned");
  await pins.getByRole("button", { name: /Compare code/ }).click();
  await expect.poll(() => lab.getByTestId("comparison").isVisible()).toBe(true);
  await page.reload();
  await ready();
  await expect.poll(() => pins.getByRole("rowheader").allTextContents()).toEqual(["Pin 1"]);
  await pins.getByRole("button", { name: /Unpin/ }).click();
  expect(await pins.isVisible()).toBe(false);
});

test("a run is had as a file with all that is needed to judge it", async () => {
  await run();
  const [saved] = await Promise.all([page.waitForEvent("download"), button("Download the run").click()]);
  const text = JSON.parse(await readFile(await saved.path(), "utf8"));
  expect(text).toMatchObject({
    format: "hotpath-run",
    version: 1,
    browser: expect.stringContaining("Chrome"),
    clock: { isolated: true },
    request: { seed: 7, orders: 100_000 },
    engines: [{ engine: "typescript", hash: expect.stringMatching(/^[0-9a-f]{16}$/) }, { engine: "rust-wasm" }],
  });
  expect(text).toHaveProperty("commit");
  expect(text.files["market-maker.ts"]).toContain("class");
});

test("engines that part are shown with the commands before, and no hash is shared", async () => {
  const chance =
    "let n = 0;\nexport default {\n  onBook(book, market) {\n    n += performance.now() % 1;\n    market.buy(1, 1 + Math.floor(n * 1000) % 50);\n  },\n};\n";
  await lab.getByTestId("lab-code").fill(chance);
  await run();
  const difference = lab.getByTestId("difference");
  expect(await difference.isVisible()).toBe(true);
  expect(await difference.getByRole("listitem").count()).toBeGreaterThan(1);
  expect(await lab.getByTestId("hash").textContent()).toMatch(/no hash/);
  await checkAccess("differing");
});

describe("a run that ended early", () => {
  test("by a failure is accessible", async () => {
    await lab.getByTestId("lab-code").fill("export default {\n  onBook() {\n    throw new Error('no');\n  },\n};\n");
    await run(/Line 3/);
    await checkAccess("failed");
  });

  test("by Stop says after how long, at the press itself", async () => {
    await lab.getByLabel("Orders").selectOption("1000000");
    await button("Run").click();
    const progress = (): Promise<number> =>
      lab.getByRole("progressbar").evaluate((bar: HTMLProgressElement) => bar.value);
    await expect.poll(progress, { timeout: RUN_MS }).toBeGreaterThan(0.01);
    await checkAccess("running");
    if ((await lab.getAttribute("data-state")) !== "running") await button("Run").click();
    await expect.poll(progress, { timeout: RUN_MS }).toBeGreaterThan(0.01);
    // Not within half a second only: at once, however busy the machine is.
    const after = await lab.evaluate((element) => {
      const frames = [...document.querySelectorAll("iframe[sandbox]")];
      element.querySelector<HTMLElement>("[data-part=stop]")?.click();
      return { state: element.dataset.state, gone: frames.filter((frame) => !frame.isConnected).length };
    });
    expect(after).toEqual({ state: "ready", gone: 1 });
    expect(await lab.getByTestId("status").textContent()).toMatch(/^Stopped after [\d.]+/);
    await checkAccess("stopped");
  });

  test("by its memory is said, and the next run works", async () => {
    await lab
      .getByTestId("lab-code")
      .fill(
        "export default { onBook() { globalThis.kept = Array.from({ length: 1e7 }, () => new Array(100).fill(1.5)); } };\n",
      );
    await run(/memory.*It had run for [\d.]+/);
    await lab.getByTestId("lab-code").fill("export default { onBook() {} };\n");
    await run();
  });
});
