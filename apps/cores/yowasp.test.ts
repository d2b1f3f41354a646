import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { folderOf } from "./core.ts";
import { findYowasp, isYowasp, pinnedVersion } from "./yowasp.ts";

const read = (file: string) => readFileSync(folderOf(file), "utf8");

test("the compiler that is fetched is pinned by its content, from whatever registry it comes", () => {
  const text = read("apps/cores/clang/package-lock.json");
  const locked = JSON.parse(text).packages["node_modules/@yowasp/clang"];
  expect(locked).toMatchObject({ version: pinnedVersion(), integrity: expect.stringMatching(/^sha512-/) });
  expect(text).not.toContain('"resolved"');
});

test("nobody pays for it who doesn't build C++", () => {
  expect(read("package.json")).not.toContain("@yowasp");
  expect(read("package-lock.json")).not.toContain("@yowasp");
});

test("where it was fetched it counts as a compiler of its own", () => {
  const found = findYowasp();
  if (found !== undefined) expect(found.version).toBe(`@yowasp/clang ${pinnedVersion()}`);
  expect(isYowasp({ command: "clang++-19", version: "19.1.7" })).toBe(false);
});
