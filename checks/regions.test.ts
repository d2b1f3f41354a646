import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readRegion } from "../site/components/code/region.ts";
import { tagsOf } from "./chapter-texts.ts";
import { regionsOf, shows } from "./regions.ts";
import { projectFiles, readProjectFile, root } from "./tree.ts";

/** Regions that no page shows, each with the reason. */
const UNSHOWN: Record<string, string> = {};

/** Where `#region` stands in texts that a test reads. */
const NOT_MARKED = /\.test\.ts$|^checks\//;

const SOURCE = /\.(ts|rs|py|c|cc|cpp|h|hpp|ml|mli|html|css|toml)$/;

const files = projectFiles();
const marks = files
  .filter((file) => SOURCE.test(file) && !NOT_MARKED.test(file))
  .flatMap((file) => regionsOf(file, readProjectFile(file)));

test("every region that a page names exists", () => {
  const faults = tagsOf("CodeRegion").flatMap(({ file, line, text }) => {
    const shown = text.match(/\bfile="([^"]+)"/)?.[1];
    const region = text.match(/\bregion="([^"]+)"/)?.[1];
    if (shown === undefined || region === undefined) return [`${file}:${line}: name file="…" and region="…" as texts`];
    if (!existsSync(join(root, shown))) return [`${file}:${line}: there is no file ${shown}`];
    try {
      readRegion(readProjectFile(shown), region, shown);
      return [];
    } catch (error) {
      return [`${file}:${line}: ${(error as Error).message}`];
    }
  });
  expect(faults).toEqual([]);
});

test("every region is shown by a page", () => {
  const pages = files.filter((file) => /^(chapters|exercises|site)\/.*\.(mdx?|astro|json|ts)$/.test(file));
  const texts = pages.map(readProjectFile);
  const unshown = marks
    .filter((mark) => !Object.hasOwn(UNSHOWN, `${mark.file}#${mark.name}`))
    .filter((mark) => !texts.some((text) => shows(text, mark)))
    .map(
      ({ file, name, line }) => `${file}:${line}: no page shows the region "${name}": show it, or take its markers out`,
    );
  expect(unshown).toEqual([]);
});

test.each([
  ['<CodeRegion file="a/b.ts" region="match" />', true],
  ['{ show: "a/b.ts#match" }', true],
  ['<CodeRegion file="a/b.ts" region="matching" />', false],
  ['<CodeRegion file="a/c.ts" region="match" />', false],
])("that %s shows the region match of a/b.ts is %s", (page, shown) => {
  expect(shows(page, { file: "a/b.ts", name: "match", line: 1 })).toBe(shown);
});

test("a region is found by its mark in each language", () => {
  const text = "// #region a\n  # #region b\n(* #region c *)\n// #endregion a\n";
  expect(regionsOf("f", text).map(({ name, line }) => `${name} ${line}`)).toEqual(["a 1", "b 2", "c 3"]);
});
