import { readFile } from "node:fs/promises";
import type { BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { accessFaults } from "../../../apps/setup/accessibility.ts";
import { closeProfiles, newProfile } from "../../../apps/setup/launch.ts";
import { digest } from "../../../lab/grade/digest.ts";
import type { Submission } from "./submission.ts";

/** What a run of the checks leaves behind: pictures, a case to send, attempts, a file to hand in. */

const PERCENTILES = {
  chapter: "/identify-bottlenecks/",
  slug: "merged-percentiles",
  title: "Percentiles of a merged run",
};
const RING = { chapter: "/optimise/", slug: "ring-interleavings", title: "A ring under every interleaving" };
const CHECKS = ["one run", "runs with the same buckets", "runs with other buckets", "a quiet run hides no stall"];
const FAILING = "nothing has no percentile";

let context: BrowserContext;
let page: Page;
let exercise: Locator;

afterAll(closeProfiles);
beforeEach(begin);
afterEach(() => context?.close());

/** A reader who was never here. */
async function begin(): Promise<void> {
  await context?.close();
  context = await newProfile({ isMobile: true });
  page = await context.newPage();
}

async function open({ chapter, slug }: typeof PERCENTILES, hash = ""): Promise<void> {
  await page.goto(`${inject("siteUrl")}${chapter}${hash}`);
  exercise = page.locator(`hp-exercise[data-slug="${slug}"]`);
  await ready();
}

const ready = (): Promise<void> => exercise.and(page.locator("[data-state=ready]")).waitFor();
const file = ({ slug }: typeof PERCENTILES, name: string): Promise<string> =>
  readFile(new URL(`../../../exercises/${slug}/${name}`, import.meta.url), "utf8");
const button = (name: string | RegExp): Locator => exercise.getByRole("button", { name });
const check = (name: string): Locator => exercise.locator(`[data-check="${name}"]`);
const code = (): Locator => exercise.getByTestId("exercise-code");
const message = (): Locator => exercise.getByTestId("exercise-message");

const hashOf = (name: string, data: unknown): string =>
  `#case=${encodeURIComponent(JSON.stringify([PERCENTILES.slug, name, data]))}`;

async function run(text: string): Promise<void> {
  await code().fill(text);
  await button("Run checks").click();
  await ready();
}

const violations = async (): Promise<string[]> =>
  accessFaults(page, `[data-slug="${await exercise.getAttribute("data-slug")}"]`);

describe("what a check gives to see", () => {
  test("is drawn, with its numbers below for who can't see it", async () => {
    await open(PERCENTILES);
    await run(await file(PERCENTILES, "solution.ts"));
    const picture = check("runs with other buckets").getByRole("figure", {
      name: "10,000 fast orders and 100 slow ones",
    });
    const canvas = picture.getByRole("img", { name: "10,000 fast orders and 100 slow ones. The numbers stand below." });
    await canvas.scrollIntoViewIfNeeded();
    await picture.getByText("mean of the two percentiles", { exact: true }).waitFor();
    const painted = (element: Element): number => {
      const { width, height } = element as HTMLCanvasElement;
      const image = (element as HTMLCanvasElement).getContext("2d")?.getImageData(0, 0, width, height);
      return image?.data.filter((alpha, index) => index % 4 === 3 && alpha > 0).length ?? 0;
    };
    await expect.poll(() => canvas.evaluate(painted)).toBeGreaterThan(1_000);
    await picture.getByText("Numbers").click();
    const rows = await picture.getByRole("row").allTextContents();
    expect(rows).toHaveLength(5);
    expect(rows[0]).toMatch(/your low, ns.*your high, ns/);
    expect(rows[1]).toMatch(/^p50.*10,000/);
    expect(await violations()).toEqual([]);
  });

  test("is there again after a reload, and gone when the checks run anew", async () => {
    await open(PERCENTILES);
    await run(await file(PERCENTILES, "solution.ts"));
    await page.reload();
    await ready();
    const pictures = exercise.getByRole("figure", { name: "10,000 fast orders and 100 slow ones" });
    expect(await pictures.count()).toBe(1);
    await run("export const mergedPercentiles = () => { throw new Error('not yet'); };");
    expect(await pictures.count()).toBe(0);
  });

  test("can be a table: the schedule under which a ring fails, step by step", async () => {
    await open(RING);
    await run(await file(RING, "mutants/plain-return.ts"));
    expect(await check("every interleaving").getAttribute("data-status")).toBe("passed");
    const schedule = check("what JavaScript allows").getByRole("figure", { name: "A schedule that goes wrong" });
    const rows = await schedule.getByRole("row").allTextContents();
    expect(rows.findIndex((row) => /consumerload\(2\)slot 0\d+late: what step \d+ stores/.test(row))).toBeGreaterThan(
      0,
    );
    expect(rows.findIndex((row) => /consumerpop gives/.test(row))).toBeGreaterThan(0);
    expect(await violations()).toEqual([]);
  });
});

describe("the link to a failing case", () => {
  test("brings the case to another reader, who runs it on code of their own", async () => {
    await open(PERCENTILES);
    await run(await file(PERCENTILES, "mutants/nothing-is-zero.ts"));
    const link = check(FAILING).getByRole("link", { name: `Link to this case: ${FAILING}` });
    const hash = (await link.getAttribute("href")) ?? "";
    expect(hash).toMatch(/^#case=/);

    await begin();
    await open(PERCENTILES, hash);
    await check(FAILING).getByText("The address of this page brought a case along.").waitFor();
    expect(await check(FAILING).getAttribute("data-status")).toBe("waiting");
    const again = check(FAILING).getByRole("button", { name: `Run this case again: ${FAILING}` });
    await code().fill(await file(PERCENTILES, "mutants/nothing-is-zero.ts"));
    await again.click();
    await check(FAILING)
      .getByText(/It gives .* now\./)
      .waitFor();
    await code().fill(await file(PERCENTILES, "solution.ts"));
    await again.click();
    await check(FAILING).getByText("This case is right now.").waitFor();
    expect(await exercise.getByTestId("exercise-progress").textContent()).toBe("Not tried yet");
  });

  test("with data of another form ends in a message, and the exercise goes on", async () => {
    await open(PERCENTILES, hashOf(FAILING, { runs: "none" }));
    await code().fill(await file(PERCENTILES, "solution.ts"));
    await button(`Run this case again: ${FAILING}`).click();
    await expect
      .poll(() => check(FAILING).locator("[data-part=again]").textContent())
      .toMatch(/^(It could not run: |Your code throws here)/);
    await run("export const mergedPercentiles = () => [];");
    expect(await message().textContent()).toMatch(/^\d of 10 points\. Each check below says what it found\.$/);
  });

  test.each([
    ["names a check that there isn't", hashOf("no such check", 1)],
    ["is longer than any that the page makes", hashOf(FAILING, "x".repeat(9_000))],
  ])("shows nothing where it %s", async (_what, hash) => {
    await open(PERCENTILES, hash);
    expect(await exercise.getByText("The address of this page brought a case along.").count()).toBe(0);
  });
});

test("each attempt is kept with its points, newest first, and can be laid beside the code of now", async () => {
  await open(PERCENTILES);
  expect(await button(/^Attempts/).count()).toBe(0);
  await run(await file(PERCENTILES, "mutants/nothing-is-zero.ts"));
  await run(await file(PERCENTILES, "solution.ts"));
  await page.reload();
  await ready();
  await button("Attempts (2)").click();
  expect(await button("Attempts (2)").getAttribute("aria-expanded")).toBe("true");
  const attempts = exercise.locator("[data-part=attempt-list]").getByRole("listitem");
  await attempts.nth(1).waitFor();
  expect(await attempts.allTextContents()).toEqual([
    expect.stringContaining("10 of 10 points"),
    expect.stringMatching(/\d of 10 points/),
  ]);

  await code().fill("// of now\n");
  await attempts
    .nth(1)
    .getByRole("button", { name: /^Compare with yours: / })
    .click();
  const lines = exercise.getByRole("list", { name: /compared with your code of / });
  await lines.getByText("only in yours: // of now").waitFor();
  expect(await lines.textContent()).toContain("// An empty run is as fast as can be.");
  expect(await code().inputValue()).toBe("// of now\n");

  await run(await file(PERCENTILES, "mutants/one-by-one.ts"));
  expect(await attempts.count()).toBe(3);
  expect(await violations()).toEqual([]);
});

test("a submission holds the code, the receipts of this very code, and every attempt", async () => {
  const [wrong, right] = [
    await file(PERCENTILES, "mutants/nothing-is-zero.ts"),
    await file(PERCENTILES, "solution.ts"),
  ];
  await open(PERCENTILES);
  await run(wrong);
  const [wrongPoints] = (await message().textContent())?.split(" ") ?? [];
  await run(right);
  const handedIn = await submitted();
  expect(await message().textContent()).toBe("Your code and its receipts are in merged-percentiles.submission.json.");
  const manifest = JSON.parse(await file(PERCENTILES, "exercise.json"));
  expect(handedIn).toMatchObject({
    kind: "hotpath-submission",
    version: 1,
    exercise: { id: manifest.id, slug: PERCENTILES.slug, title: PERCENTILES.title },
    code: right,
  });
  expect(handedIn.receipts).toHaveLength(1);
  expect(handedIn.receipts[0]).toMatchObject({
    codeHash: digest(right),
    exercise: handedIn.exercise && { id: handedIn.exercise.id, hash: handedIn.exercise.hash },
    points: 10,
    of: 10,
  });
  expect(handedIn.receipts[0].checks.map(({ name }) => name)).toEqual([...CHECKS, FAILING]);
  expect(handedIn.attempts).toEqual([
    { at: expect.any(String), points: 10, of: 10, codeHash: digest(right) },
    { at: expect.any(String), points: Number(wrongPoints), of: 10, codeHash: digest(wrong) },
  ]);

  await code().fill(`${right}// and a word more\n`);
  const unchecked = await submitted();
  expect([unchecked.receipts, unchecked.attempts.length]).toEqual([[], 2]);
  expect(await message().textContent()).toMatch(/It has not been checked as it stands: Run checks adds the receipt\.$/);
});

async function submitted(): Promise<Submission> {
  const [download] = await Promise.all([page.waitForEvent("download"), button("Export submission").click()]);
  expect(download.suggestedFilename()).toBe("merged-percentiles.submission.json");
  return JSON.parse(await readFile(await download.path(), "utf8"));
}
