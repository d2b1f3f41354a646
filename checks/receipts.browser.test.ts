import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import type { Page } from "playwright-core";
import { afterAll, expect, inject, test } from "vitest";
import { closeProfiles, newTab } from "../apps/setup/launch.ts";
import { grade } from "../lab/grade/grade.ts";
import type { Verdict } from "../lab/grade/verdict.ts";
import { type ExerciseFolder, readExercise } from "./exercise-folder.ts";
import { root } from "./tree.ts";
import { openTrusted } from "./trusted-learner.ts";

const folder = join(root, "exercises");
/** Whether all exercises are graded in the page, their starters too, and not only one of each chapter. In Node each run grades them all. */
const heavy = process.env.HOTPATH_HEAVY === "1";
const opened = new Map<string, Promise<Page>>();

afterAll(closeProfiles);

/** A tab with a chapter, one for all of its exercises. */
function chapterTab(chapter: string): Promise<Page> {
  const open = async (): Promise<Page> => {
    const page = await newTab();
    await page.goto(`${inject("siteUrl")}/${chapter}/`);
    return page;
  };
  const tab = opened.get(chapter) ?? open();
  opened.set(chapter, tab);
  return tab;
}

/** What the page keeps of the last grading of an exercise. */
function lastVerdict(page: Page, id: string): Promise<Verdict> {
  return page.evaluate(
    (key) =>
      new Promise<Verdict>((resolve, reject) => {
        const opening = indexedDB.open("hotpath");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const asked = opening.result.transaction("progress").objectStore("progress").get(key);
          asked.onerror = () => reject(asked.error);
          asked.onsuccess = () => resolve(asked.result.last);
        };
      }),
    id,
  );
}

async function gradedInPage(page: Page, exercise: ExerciseFolder, code: string): Promise<Verdict> {
  const element = page.locator(`hp-exercise[data-slug="${exercise.slug}"]`);
  const ready = element.and(page.locator("[data-state=ready]"));
  await ready.waitFor();
  await element.getByTestId("exercise-code").fill(code);
  await element.getByRole("button", { name: "Run checks" }).click();
  await ready.waitFor();
  return lastVerdict(page, exercise.manifest.id);
}

interface Listed {
  slug: string;
  chapter: string;
  checks: { credit: string }[];
}

const exercises: Listed[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({ slug: name, ...JSON.parse(readFileSync(join(folder, name, "exercise.json"), "utf8")) }));

const slugs = exercises
  // A speed that is measured twice is two speeds, so where one is asked for no two receipts are the same.
  .filter(({ checks }) => checks.every(({ credit }) => credit !== "speed"))
  .filter(({ chapter }, at, all) => heavy || all.findIndex((other) => other.chapter === chapter) === at)
  .map(({ slug }) => slug);

test.each(slugs)("the page's receipts of %s are Node's, but for the host", async (slug) => {
  const exercise = await readExercise(join(folder, slug), slug);
  const { manifest, hash, checks, starter, solution, mutants, given } = exercise;
  const page = await chapterTab(manifest.chapter);
  for (const code of [...(heavy ? [starter] : []), mutants[0].code, solution]) {
    const inPage = await gradedInPage(page, exercise, code);
    const options = { exercise: { ...manifest, hash }, checks, code, seed: inPage.seed, files: given };
    const inNode = await grade({ ...options, open: openTrusted, host: "node" });
    expect(inPage.host.name).toBe("page");
    expect({ ...inPage, host: null }).toEqual({ ...inNode, host: null });
  }
});
