import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { newChapter, orderText } from "./chapter.ts";
import { newEngine } from "./engine.ts";
import { newExercise } from "./exercise.ts";
import type { Made } from "./made.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const read = (path: string) => readFileSync(join(root, path), "utf8").replaceAll("\r\n", "\n");
const copy = mkdtempSync(join(tmpdir(), "hotpath-new-"));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

function writeInto(folder: string, { files, changed }: Made): void {
  for (const [path, text] of Object.entries({ ...files, ...changed })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function faultsOfFormatter(folder: string): string {
  const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
  cpSync(join(root, "biome.json"), join(folder, "biome.json"));
  const paths = ["engines/registry.ts", "engines/aa-toy", "engines/zz-toy", "exercises", "chapters/order.json"];
  const { status, stdout, stderr } = spawnSync(process.execPath, [biome, "check", "--vcs-enabled=false", ...paths], {
    cwd: folder,
    encoding: "utf8",
  });
  return status === 0 ? "" : `${stdout}${stderr}`;
}

describe("in a copy of the lists", () => {
  cpSync(join(root, "engines"), join(copy, "engines"), { recursive: true });
  writeInto(copy, newEngine("zz-toy", "Toy", "core", read));
  const readCopy = (path: string) => readFileSync(join(copy, path), "utf8");
  writeInto(copy, newEngine("aa-toy", "Toy", "full", readCopy));
  writeInto(copy, newExercise("toy-rounding", "design-the-interface"));
  writeInto(copy, newChapter("toy-chapter", "After", read));

  test("new engines are registered, load, and say what to write first", async () => {
    const { findEngine } = await import(/* @vite-ignore */ pathToFileURL(join(copy, "engines/registry.ts")).href);
    for (const [name, level] of [
      ["zz-toy", "core"],
      ["aa-toy", "full"],
    ]) {
      const { manifest, load } = findEngine(name);
      expect(manifest).toMatchObject({ name, level, language: "Toy", door: "objects" });
      const create = await load();
      expect(() => create().addOrder({ id: 1, side: "buy", price: 1, size: 1 })).toThrow("Write addOrder first");
    }
  });

  test("a new chapter is last in its group, and nothing else has moved", () => {
    const before = JSON.parse(read("chapters/order.json"));
    const after = JSON.parse(readCopy("chapters/order.json"));
    before.find(({ label }: { label: string }) => label === "After").chapters.push("toy-chapter");
    expect(after).toEqual(before);
    expect(readCopy("chapters/toy-chapter/index.mdx")).toMatch(/^---\ntitle: Toy chapter\n/);
  });

  test("all is as the formatter and the linter want it", () => expect(faultsOfFormatter(copy)).toBe(""));
});

test("the order as it stands is written as it stands", () => {
  expect(orderText(JSON.parse(read("chapters/order.json")))).toBe(read("chapters/order.json"));
});

test("an unknown group is told of together with those there are", () => {
  expect(() => newChapter("x", "Nowhere", read)).toThrow('There is no group "Nowhere". The groups are: Start,');
});
