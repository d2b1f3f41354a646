import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import type { Verdict } from "../../lab/grade/verdict.ts";
import { openStore } from "./store.ts";
import type { WorkbookFile } from "./transfer.ts";

let names = 0;
const freshStore = () => openStore(`transfer-${++names}`);

const verdict = (points: number): Verdict => ({
  version: 1,
  exercise: { id: "e", hash: "h" },
  codeHash: "c",
  seed: 1,
  checks: [
    {
      name: "a",
      credit: "correctness",
      points,
      of: 10,
      status: "partial",
      reason: "Some of it.",
      failing: { input: "f(1)", expected: "2", got: "1", data: { n: 1 } },
    },
  ],
  points,
  of: 10,
  host: { name: "test", at: "2026-01-01T00:00:00Z", ms: 1 },
});

async function worked() {
  const store = freshStore();
  await store.drafts.save("exercise/e", { code: "first", starterHash: "s" });
  await store.drafts.reset("exercise/e");
  await store.drafts.save("exercise/e", { code: "second", starterHash: "s" });
  await store.progress.record("e", { code: "second", verdict: verdict(7) });
  await store.progress.hintsShown("e", 2);
  return store;
}

test("work taken to another browser is all there", async () => {
  const [from, to] = [await worked(), freshStore()];
  const text = JSON.stringify(await from.exportWork());
  expect(await to.importWork(text)).toEqual({ drafts: 1, exercises: 1 });
  expect(await to.drafts.load("exercise/e")).toEqual(await from.drafts.load("exercise/e"));
  expect(await to.progress.load("e")).toEqual(await from.progress.load("e"));
  expect((await to.drafts.history("exercise/e")).map(({ code }) => code)).toEqual(["first"]);
  expect((await to.progress.attempts("e")).map(({ verdict }) => verdict)).toEqual([verdict(7)]);
});

test("importing the same file twice changes nothing more", async () => {
  const [from, to] = [await worked(), freshStore()];
  const text = JSON.stringify(await from.exportWork());
  await to.importWork(text);
  const once = { ...(await to.exportWork()), exportedAt: "" };
  expect(await to.importWork(text)).toEqual({ drafts: 0, exercises: 1 });
  expect({ ...(await to.exportWork()), exportedAt: "" }).toEqual(once);
});

test("neither text is lost where both browsers have one, and the better result stays", async () => {
  const [from, to] = [await worked(), freshStore()];
  const file = await from.exportWork();
  await new Promise((resolve) => setTimeout(resolve, 2));
  await to.drafts.save("exercise/e", { code: "newer", starterHash: "s" });
  await to.progress.record("e", { code: "newer", verdict: verdict(3) });
  await to.importWork(JSON.stringify(file));
  expect(await to.drafts.load("exercise/e")).toMatchObject({ code: "newer" });
  expect((await to.drafts.history("exercise/e")).map(({ code }) => code)).toContain("second");
  expect(await to.progress.load("e")).toMatchObject({ bestPoints: 7, attempts: 2, hintsShown: 2, last: { points: 3 } });
});

test.each<[string, string, RegExp]>([
  ["no JSON", "{", /not JSON/],
  ["something else", '{"kind":"other"}', /no export of a workbook/],
  ["an array", "[]", /no export of a workbook/],
  ["a later version", '{"kind":"hotpath-workbook","version":3}', /version 3.*reads versions 1 and 2/],
  ["a missing list", '{"kind":"hotpath-workbook","version":1}', /no list of drafts/],
])("refuses %s", async (_what, text, message) => {
  await expect(freshStore().importWork(text)).rejects.toThrow(message);
});

test.each<[string, (file: WorkbookFile) => void, string]>([
  ["a code that is no text", (file) => Object.assign(file.drafts[0], { code: 1 }), "drafts[0].code"],
  [
    "a file name that leaves its folder",
    (file) => Object.assign(file.drafts[0], { otherFiles: { "../x.ts": "" } }),
    "drafts[0].otherFiles.../x.ts",
  ],
  [
    "points that are no number",
    (file) => Object.assign(file.progress[0], { bestPoints: "9" }),
    "progress[0].bestPoints",
  ],
  ["a verdict without checks", (file) => Object.assign(file.attempts[0], { verdict: {} }), "attempts[0].verdict"],
  [
    "an unknown status",
    (file) => Object.assign((file.progress[0].last as Verdict).checks[0], { status: "<b>" }),
    "progress[0].last.checks[0].status",
  ],
])("refuses a file with %s, and changes nothing", async (_what, spoil, place) => {
  const file = JSON.parse(JSON.stringify(await (await worked()).exportWork()));
  spoil(file);
  const to = freshStore();
  await expect(to.importWork(JSON.stringify(file))).rejects.toThrow(`${place} is not what Export writes`);
  expect(await to.drafts.load("exercise/e")).toBeUndefined();
  expect(await to.progress.all()).toEqual([]);
});

test("a text of several files and its title are taken along, and a file of version 1 is still read", async () => {
  const [from, to] = [freshStore(), freshStore()];
  const text = { code: "a", otherFiles: { "model.ts": "b" }, title: "Two files", starterHash: "s" };
  await from.drafts.save("lab/two", text);
  const file = await from.exportWork();
  await to.importWork(JSON.stringify(file));
  expect(await to.drafts.load("lab/two")).toMatchObject(text);
  const old = freshStore();
  const first = { key: "lab/one", code: "old", starterHash: "s", savedAt: 5 };
  await old.importWork(JSON.stringify({ ...file, version: 1, drafts: [first] }));
  expect(await old.drafts.load("lab/one")).toEqual(first);
});

test("an import is told before it changes anything, and what it changes is told to open editors", async () => {
  const [from, to] = [await worked(), freshStore()];
  await from.drafts.save("lab/l", { code: "in the lab", starterHash: "s", title: "Lab" });
  await to.drafts.save("lab/l", { code: "older", starterHash: "s" });
  const file = await from.exportWork();
  for (const draft of file.drafts) draft.savedAt += 1_000;
  const text = JSON.stringify(file);
  const before = { ...(await to.exportWork()), exportedAt: "" };
  expect(await to.planImport(text)).toEqual({
    exportedAt: file.exportedAt,
    drafts: [
      { key: "exercise/e", change: "new", savedAt: expect.any(Number) },
      { key: "lab/l", change: "newer", title: "Lab", savedAt: expect.any(Number) },
    ],
    versions: 1,
    attempts: 1,
    exercises: 1,
  });
  expect({ ...(await to.exportWork()), exportedAt: "" }).toEqual(before);
  const told: string[] = [];
  to.drafts.onOtherTab((key) => told.push(key));
  await to.importWork(text);
  expect(told).toEqual(["exercise/e", "lab/l"]);
  expect(await to.planImport(text)).toMatchObject({
    drafts: [{ change: "same" }, { change: "same" }],
    versions: 0,
    attempts: 0,
  });
});

test("takes no field over that nobody knows", async () => {
  const file = JSON.parse(JSON.stringify(await (await worked()).exportWork()));
  file.drafts[0].extra = "x";
  const to = freshStore();
  await to.importWork(JSON.stringify(file));
  expect(await to.drafts.load("exercise/e")).not.toHaveProperty("extra");
});
