import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import { openStore } from "../../store/store.ts";
import type { ExerciseData } from "./exercise-data.ts";
import { Work } from "./work.ts";

const exercise: ExerciseData = {
  slug: "a",
  id: "id-of-a",
  hash: "h",
  starter: "the starter",
  starterHash: "starter 1",
  checks: [],
  limits: { timeMs: 1, memoryMiB: 1 },
};
const changed: ExerciseData = { ...exercise, starter: "a new starter", starterHash: "starter 2" };

let names = 0;
const freshName = (): string => `work-${++names}`;

test("begins from the starter, and after a reload from the reader's text", async () => {
  const name = freshName();
  const work = new Work(openStore(name), exercise);
  expect(await work.begin()).toEqual({ code: "the starter", stale: false });
  work.edited("mine");
  await work.flush();
  expect(await new Work(openStore(name), exercise).begin()).toEqual({ code: "mine", stale: false });
});

test("saves by itself soon after an edit", async () => {
  const store = openStore(freshName());
  new Work(store, exercise).edited("mine");
  await expect.poll(() => store.drafts.load("exercise/id-of-a")).toMatchObject({ code: "mine" });
});

test("a reset is undone with the text as it was, unsaved edits included", async () => {
  const store = openStore(freshName());
  const work = new Work(store, exercise);
  work.edited("half saved");
  const aside = await work.reset("the very last text", "reset");
  expect((await work.begin()).code).toBe("the starter");
  expect(aside && (await work.restore(aside))).toBe("the very last text");
  expect((await work.begin()).code).toBe("the very last text");
});

test("a text begun from an older starter says so, until the reader keeps it", async () => {
  const name = freshName();
  const before = new Work(openStore(name), exercise);
  before.edited("mine");
  await before.flush();
  const work = new Work(openStore(name), changed);
  expect(await work.begin()).toEqual({ code: "mine", stale: true });
  work.edited("mine, edited");
  await work.flush();
  expect(await new Work(openStore(name), changed).begin()).toEqual({ code: "mine, edited", stale: true });
  await work.keep("mine, edited");
  expect(await new Work(openStore(name), changed).begin()).toEqual({ code: "mine, edited", stale: false });
});

test("taking the new starter puts the older text aside", async () => {
  const store = openStore(freshName());
  const before = new Work(store, exercise);
  before.edited("mine");
  await before.flush();
  const work = new Work(store, changed);
  await work.begin();
  expect(await work.reset("mine", "new-starter")).toMatchObject({
    code: "mine",
    reason: "new-starter",
    starterHash: "starter 1",
  });
  expect(await work.begin()).toEqual({ code: "a new starter", stale: false });
});
