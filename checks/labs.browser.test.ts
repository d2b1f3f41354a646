import type { Locator } from "playwright-core";
import { afterAll, describe, expect, inject, test } from "vitest";
import { closeProfiles, newTab } from "../apps/setup/launch.ts";
import { findFigure } from "../engines/published/figures.ts";
import type { LabExpectation } from "../site/components/lab/lab-data.ts";
import { chapterFiles, tagsOf } from "./chapter-texts.ts";

/** Below that, a shared machine and a short run may show either direction. */
const CLEAR = 2;
const RUN_MS = 120_000;

const pages = [...new Set(tagsOf("Lab").map(({ file }) => file))].map((file) => ({
  file,
  path: `/${file.replace(/^chapters\//, "").replace(/(^|\/)index\.mdx$/, "$1")}`,
  labs: tagsOf("Lab").filter((tag) => tag.file === file),
}));

afterAll(closeProfiles);

/** Whether our own figures are so far apart that a short run must show which engine is the faster. */
function isClear([faster, slower]: [string, string]): boolean {
  return findFigure(`${slower}.std.objects.ns`).value / findFigure(`${faster}.std.objects.ns`).value > CLEAR;
}

/** How many times as fast the last engine alone was as the first, as the lab says it. */
async function shownRatio(lab: Locator): Promise<number> {
  const words = await lab.getByTestId("numbers").textContent();
  const ratio = words?.match(/the engine alone, ([\d.]+)×/)?.[1];
  expect(ratio, `the lab's numbers, ${words}, say no ratio of the engines alone`).toBeDefined();
  return Number(ratio);
}

async function checkDirection(lab: Locator, pair: [string, string], where: string): Promise<void> {
  const engines = await lab
    .locator("input[name=engine]:checked")
    .evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).value));
  const ends = [engines.at(-1), engines[0]];
  expect(ends.toSorted(), `${where}: faster names the first and the last engine of the lab`).toEqual(pair.toSorted());
  const ratio = await shownRatio(lab);
  const shows = ends[0] === pair[0] ? ratio > 1 : ratio < 1;
  if (isClear(pair)) {
    expect(shows, `${where}: the text says that ${pair[0]} is faster than ${pair[1]}, the run says ${ratio}×`).toBe(
      true,
    );
  } else if (!shows) {
    console.warn(`notice: ${where}: ${pair[0]} was not faster than ${pair[1]} here, ${ratio}×: not resolved`);
  }
}

test("some chapter has a lab", () => {
  expect(pages.length).toBeGreaterThan(0);
  expect(chapterFiles().length).toBeGreaterThan(pages.length);
});

describe.each(pages)("the labs of $file", ({ path, labs }) => {
  test.each(labs.map((lab, place) => ({ ...lab, place })))(
    "in line $line shows with its starter what the text says",
    { timeout: RUN_MS + 30_000 },
    async ({ file, line, place }) => {
      const where = `${file}:${line}`;
      const page = await newTab();
      try {
        await page.goto(inject("siteUrl") + path);
        const lab = page.getByTestId("lab").nth(place);
        await lab.scrollIntoViewIfNeeded();
        await lab.and(page.locator("[data-state=ready]")).waitFor();
        const expected = JSON.parse((await lab.getAttribute("data-expect")) ?? "{}") as LabExpectation;
        await lab.getByLabel("Orders").selectOption("100000");
        await lab.getByRole("button", { name: "Run", exact: true }).click();
        const status = lab.getByTestId("status");
        await expect
          .poll(() => status.textContent(), { timeout: RUN_MS })
          .toMatch(/^(Done|The run ended|Not run|Stopped)/);
        expect(await status.textContent(), where).toMatch(/^Done/);
        if (expected.status) expect(await status.textContent(), where).toContain(expected.status);
        const engines = await lab.locator("input[name=engine]:checked").count();
        const verdict = engines < 2 ? "alone" : expected.identical === false ? "different" : "identical";
        expect(await lab.getByTestId("agreement").getAttribute("data-verdict"), where).toBe(verdict);
        if (expected.faster) await checkDirection(lab, expected.faster, where);
      } finally {
        await page.context().close();
      }
    },
  );
});
