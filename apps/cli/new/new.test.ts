import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import type { RegisteredEngine } from "../../../engines/registry.ts";
import { newChapter, orderText } from "./chapter.ts";
import { type NewEngine, newEngine } from "./engine.ts";
import { newExercise } from "./exercise.ts";
import type { Made } from "./made.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const read = (path: string) => readFileSync(join(root, path), "utf8").replaceAll("\r\n", "\n");
const copy = mkdtempSync(join(tmpdir(), "hotpath-new-"));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const toys: NewEngine[] = [
  { name: "zz-toy", language: "Toy", level: "core", wasm: false },
  { name: "aa-toy", language: "Toy", level: "full", wasm: false },
  { name: "mm-toy", language: "Toy", level: "extended", wasm: false },
  { name: "toy-wasm", language: "Toy", level: "full", wasm: true },
];

function writeInto(folder: string, { files, changed }: Made): void {
  for (const [path, text] of Object.entries({ ...files, ...changed })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function faultsOfFormatter(folder: string): string {
  const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
  cpSync(join(root, "biome.json"), join(folder, "biome.json"));
  const engines = toys.map(({ name }) => `engines/${name}`);
  const paths = ["engines/registry.ts", ...engines, "exercises", "chapters/order.json"];
  const { status, stdout, stderr } = spawnSync(process.execPath, [biome, "check", "--vcs-enabled=false", ...paths], {
    cwd: folder,
    encoding: "utf8",
  });
  return status === 0 ? "" : `${stdout}${stderr}`;
}

describe("in a copy of the lists", () => {
  cpSync(join(root, "engines"), join(copy, "engines"), { recursive: true });
  const readCopy = (path: string) => readFileSync(join(copy, path), "utf8");
  for (const toy of toys) writeInto(copy, newEngine(toy, readCopy));
  writeInto(copy, newExercise("toy-rounding", "design-the-interface"));
  writeInto(copy, newChapter("toy-chapter", "After", read));

  async function registered(name: string): Promise<RegisteredEngine> {
    const { findEngine } = await import(/* @vite-ignore */ pathToFileURL(join(copy, "engines/registry.ts")).href);
    return findEngine(name);
  }

  test.each(toys.filter(({ wasm }) => !wasm))(
    "$name is registered, loads, and says what to write first",
    async (toy) => {
      const { manifest, load } = await registered(toy.name);
      expect(manifest).toMatchObject({ name: toy.name, level: toy.level, language: "Toy", door: "objects" });
      const create = await load(() => Promise.reject(new Error("It has no built file.")));
      expect(() => create().addOrder({ id: 1, side: "buy", price: 1, size: 1 })).toThrow("Write addOrder first");
    },
  );

  test("what lies beyond a new engine's level is answered before anything is written", async () => {
    const create = await (await registered("zz-toy")).load(() => Promise.reject(new Error("It has no built file.")));
    const unsupported = [{ event: "rejected", op: "kill", reason: "unsupported" }];
    expect(create().killOwner(7)).toEqual(unsupported);
  });

  test("a new engine in Wasm asks for its built file, and is whole with one that exports what it should", async () => {
    const { manifest, load } = await registered("toy-wasm");
    expect(manifest).toMatchObject({ door: "binary", sources: ["engines/toy-wasm/core"] });
    const asked: string[] = [];
    const create = await load(async (path) => {
      asked.push(path);
      return new Uint8Array(readFileSync(join(root, "engines/cpp-wasm/pkg/book.wasm")));
    });
    expect(asked).toEqual(manifest.artefacts);
    expect(create().addOrder({ id: 1, side: "buy", price: 1, size: 1 })).toEqual([{ event: "accepted", id: 1 }]);
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
