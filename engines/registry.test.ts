import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { describe, expect, test, vi } from "vitest";
import { findEngine, listEngines } from "./registry.ts";

// Python's interpreter takes seconds to start, and longer where the machine is busy.
vi.setConfig({ testTimeout: 60_000 });

const here = new URL("./", import.meta.url);
const root = new URL("../", here);

function readArtefact(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return Promise.resolve(new Uint8Array(readFileSync(new URL(path, root))));
}

describe.each(listEngines().map((engine) => [engine.manifest.name, engine] as const))("%s", (name, engine) => {
  test("has the manifest of its folder, with every field", () => {
    const { manifest } = findEngine(name);
    expect(JSON.parse(readFileSync(new URL(`${name}/engine.json`, here), "utf8"))).toEqual(manifest);
    expect(manifest).toEqual({
      name: expect.stringMatching(/^[a-z]+(-[a-z]+)*$/),
      title: expect.stringMatching(/./),
      language: expect.stringMatching(/./),
      level: expect.stringMatching(/^(core|full|extended)$/),
      door: expect.stringMatching(/^(objects|binary)$/),
      unsupported: expect.any(Array),
      artefacts: expect.any(Array),
      sources: expect.any(Array),
      ...(manifest.downloadMiB !== undefined && { downloadMiB: expect.any(Number) }),
    });
  });

  test("says how much a page loads, where that is megabytes", () => {
    const bytes = engine.manifest.artefacts.reduce((sum, path) => sum + statSync(new URL(path, root)).size, 0);
    expect(engine.manifest.downloadMiB).toBe(bytes > 2 ** 20 ? Math.round(bytes / 2 ** 20) : undefined);
  });

  test("says why it doesn't do what it doesn't do", () => {
    const reason = { what: expect.stringMatching(/./), why: expect.stringMatching(/./) };
    expect(engine.manifest.unsupported).toEqual(engine.manifest.unsupported.map(() => reason));
  });

  test("has its built files and its sources where it says", () => {
    const { artefacts, sources } = engine.manifest;
    expect([...artefacts, ...sources].filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
  });

  test("asks for no file but those of its manifest", async () => {
    const asked: string[] = [];
    await engine.load((path) => {
      asked.push(path);
      return readArtefact(path);
    });
    expect(asked.filter((path) => !engine.manifest.artefacts.includes(path))).toEqual([]);
  });

  test("makes engines that share nothing", async () => {
    const create = await engine.load(readArtefact);
    const first = create();
    const second = create();
    first.addOrder({ id: 1, side: "buy", price: 100, size: 5 });
    expect(second.getBook()).toEqual({ event: "book", bids: [], asks: [] });
    expect(first.getBook()).toEqual({ event: "book", bids: [[100, 5, 1]], asks: [] });
  });
});

test("each folder with a manifest is registered", () => {
  const folders = readdirSync(here).filter((name) => existsSync(new URL(`${name}/engine.json`, here)));
  const names = listEngines().map(({ manifest }) => manifest.name);
  expect(names.toSorted()).toEqual(folders.toSorted());
});

test("an unknown name is told of together with those there are", () => {
  const names = listEngines().map(({ manifest }) => manifest.name);
  expect(() => findEngine("constructor")).toThrow(
    `There is no engine "constructor". The engines are: ${names.join(", ")}.`,
  );
});
