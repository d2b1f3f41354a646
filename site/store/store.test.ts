import "fake-indexeddb/auto";
import { describe, expect, test } from "vitest";
import type { Verdict } from "../../lab/grade/verdict.ts";
import { inMemory, openIndexedDb } from "./database.ts";
import { openStore, type Store } from "./store.ts";

let names = 0;
const freshName = (): string => `store-${++names}`;
const refusing = (): Promise<never> => Promise.reject(new Error("storage is switched off"));

const verdict = (points: number): Verdict => ({
  version: 1,
  exercise: { id: "e", hash: "h" },
  codeHash: "c",
  seed: 1,
  checks: [],
  points,
  of: 10,
  host: { name: "test", at: "2026-01-01T00:00:00Z", ms: 1 },
});

describe.each<[string, () => Store]>([
  ["in the browser's storage", () => openStore(freshName())],
  ["without storage", () => openStore(freshName(), refusing)],
])("%s", (_where, open) => {
  test("a draft is had back as it was saved, with the hash it began from", async () => {
    const { drafts } = open();
    await drafts.save("exercise/a", { code: "let x;", starterHash: "s1" });
    expect(await drafts.load("exercise/a")).toMatchObject({ code: "let x;", starterHash: "s1" });
    expect(await drafts.load("exercise/b")).toBeUndefined();
  });

  test("a reset can be undone", async () => {
    const { drafts } = open();
    await drafts.save("k", { code: "mine", starterHash: "s" });
    const aside = await drafts.reset("k");
    expect(await drafts.load("k")).toBeUndefined();
    expect(aside).toMatchObject({ code: "mine", reason: "reset" });
    expect(await drafts.restore("k", aside?.id ?? -1)).toMatchObject({ code: "mine", starterHash: "s" });
    expect(await drafts.load("k")).toMatchObject({ code: "mine" });
  });

  test("what a restored version replaces is put aside too", async () => {
    const { drafts } = open();
    await drafts.save("k", { code: "first", starterHash: "s" });
    const aside = await drafts.reset("k");
    await drafts.save("k", { code: "second", starterHash: "s" });
    await drafts.restore("k", aside?.id ?? -1);
    expect((await drafts.history("k")).map((snapshot) => snapshot.code)).toEqual(["second", "first"]);
  });

  test("a version that isn't there is named in the error", async () => {
    await expect(open().drafts.restore("k", 77)).rejects.toThrow("no version 77 of k");
  });

  test("only the last 30 versions of a text are kept", async () => {
    const { drafts } = open();
    for (let round = 1; round <= 33; round++) {
      await drafts.save("k", { code: `version ${round}`, starterHash: "s" });
      await drafts.reset("k");
    }
    const history = await drafts.history("k");
    expect(history).toHaveLength(30);
    expect(history[0].code).toBe("version 33");
  });

  test("a worse attempt never lowers the best", async () => {
    const { progress } = open();
    expect(await progress.load("e")).toMatchObject({ attempts: 0, bestPoints: 0 });
    await progress.record("e", { code: "good", verdict: verdict(8) });
    const after = await progress.record("e", { code: "worse", verdict: verdict(3) });
    expect(after).toMatchObject({ attempts: 2, bestPoints: 8, of: 10, last: { points: 3 } });
    expect((await progress.attempts("e")).map((attempt) => attempt.code)).toEqual(["worse", "good"]);
    expect(await progress.all()).toHaveLength(1);
  });

  test("hints once opened stay counted", async () => {
    const { progress } = open();
    await progress.hintsShown("e", 2);
    await progress.hintsShown("e", 1);
    await progress.solutionShown("e");
    expect(await progress.load("e")).toMatchObject({ hintsShown: 2, solutionShown: true, attempts: 0 });
  });
});

test("a second page finds what the first one saved", async () => {
  const name = freshName();
  const first = openStore(name);
  await first.drafts.save("k", { code: "kept", starterHash: "s" });
  await first.progress.record("e", { code: "kept", verdict: verdict(5) });
  await first.close();
  const second = openStore(name);
  expect(await second.keeping()).toEqual({ kept: true });
  expect(await second.drafts.load("k")).toMatchObject({ code: "kept" });
  expect(await second.progress.load("e")).toMatchObject({ attempts: 1, bestPoints: 5 });
});

describe("two tabs on one text", () => {
  async function twoTabs() {
    const name = freshName();
    const [ours, theirs] = [openStore(name), openStore(name)];
    await ours.drafts.save("k", { code: "ours", starterHash: "s" });
    await theirs.drafts.load("k");
    return { ours: ours.drafts, theirs: theirs.drafts };
  }

  test("what the other saved meanwhile is not overwritten, but handed back", async () => {
    const { ours, theirs } = await twoTabs();
    await theirs.save("k", { code: "theirs", starterHash: "s" });
    const saved = await ours.save("k", { code: "ours again", starterHash: "s" });
    expect(saved).toMatchObject({ saved: false, theirs: { code: "theirs" } });
    expect(await theirs.load("k")).toMatchObject({ code: "theirs" });
  });

  test("overwritten on the reader's word, it is in the history", async () => {
    const { ours, theirs } = await twoTabs();
    await theirs.save("k", { code: "theirs", starterHash: "s" });
    await ours.overwrite("k", { code: "ours again", starterHash: "s" });
    expect(await ours.load("k")).toMatchObject({ code: "ours again" });
    expect(await ours.history("k")).toMatchObject([{ code: "theirs", reason: "other-tab" }]);
  });

  test("a reset of the other is noticed", async () => {
    const { ours, theirs } = await twoTabs();
    await theirs.reset("k");
    expect(await ours.check("k")).toMatchObject({ saved: false });
    expect(await ours.save("k", { code: "more", starterHash: "s" })).toEqual({ saved: false });
  });

  test("the same text in both is no conflict", async () => {
    const { ours, theirs } = await twoTabs();
    await theirs.save("k", { code: "same", starterHash: "s" });
    expect(await ours.save("k", { code: "same", starterHash: "s" })).toEqual({ saved: true });
  });

  test("each save is told to the other", async () => {
    const { ours, theirs } = await twoTabs();
    const told: string[] = [];
    ours.onOtherTab((key) => told.push(key));
    await theirs.save("k", { code: "theirs", starterHash: "s" });
    await expect.poll(() => told).toEqual(["k"]);
  });
});

test("a version held aside is replaced in place, and can be forgotten", async () => {
  const { drafts } = openStore(freshName());
  const id = await drafts.putAside("k", { code: "one", starterHash: "s" }, "other-tab");
  expect(await drafts.putAside("k", { code: "two", starterHash: "s" }, "other-tab", id)).toBe(id);
  expect(await drafts.history("k")).toMatchObject([{ id, code: "two" }]);
  await drafts.forget(id);
  expect(await drafts.history("k")).toEqual([]);
});

test("where storage is refused, the reader is told why", async () => {
  const store = openStore(freshName(), refusing);
  expect(await store.keeping()).toMatchObject({
    kept: false,
    full: false,
    why: expect.stringContaining("storage is switched off"),
  });
});

test("a full storage is told once, and the work goes on in memory", async () => {
  const heard: string[] = [];
  const full = async () => ({
    ...inMemory(),
    put: () => Promise.reject(new DOMException("no room", "QuotaExceededError")),
  });
  const store = openStore(freshName(), full);
  store.onTrouble((keeping) => heard.push(keeping.kept ? "" : keeping.why));
  await store.drafts.save("k", { code: "big", starterHash: "s" });
  await store.drafts.save("k", { code: "bigger", starterHash: "s" });
  expect(await store.drafts.load("k")).toMatchObject({ code: "bigger" });
  expect(heard).toEqual([expect.stringContaining("storage is full")]);
});

test("room made in a full storage keeps what memory held, history included, and the reader is told", async () => {
  let full = false;
  const name = freshName();
  const filling: typeof openIndexedDb = async (...args) => {
    const database = await openIndexedDb(...args);
    return {
      ...database,
      put: (table, row) =>
        full ? Promise.reject(new DOMException("no room", "QuotaExceededError")) : database.put(table, row),
      remove(table, key) {
        full = false;
        return database.remove(table, key);
      },
    };
  };
  const store = openStore(name, filling);
  const told: boolean[] = [];
  store.onTrouble(({ kept }) => told.push(kept));
  await store.drafts.putAside("k", { code: "old", starterHash: "s" }, "run");
  full = true;
  await store.drafts.save("k", { code: "held", starterHash: "s" });
  expect(await store.keeping()).toMatchObject({ kept: false, full: true });
  expect(await store.makeRoom()).toEqual({ versions: 1, attempts: 0, keeping: { kept: true } });
  expect(told).toEqual([false, true]);
  expect(await openStore(name).drafts.load("k")).toMatchObject({ code: "held" });
});

test("what memory held is dropped once storage takes the row again", async () => {
  let full = true;
  const name = freshName();
  const flaky: typeof openIndexedDb = async (...args) => {
    const database = await openIndexedDb(...args);
    return { ...database, put: (table, row) => (full ? Promise.reject(new Error("full")) : database.put(table, row)) };
  };
  const store = openStore(name, flaky);
  await store.drafts.save("k", { code: "held", starterHash: "s" });
  full = false;
  await store.drafts.save("k", { code: "kept", starterHash: "s" });
  expect(await store.drafts.load("k")).toMatchObject({ code: "kept" });
  expect(await openStore(name).drafts.load("k")).toMatchObject({ code: "kept" });
});
