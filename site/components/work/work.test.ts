import "fake-indexeddb/auto";
import { describe, expect, test } from "vitest";
import type { SourceFiles } from "../../../lab/sandbox/source-files.ts";
import { openStore, type Store } from "../../store/store.ts";
import { type Origin, Work } from "./work.ts";

const origin: Origin = {
  key: "exercise/id-of-a",
  title: "A",
  starter: { "a.ts": "the starter" },
  starterHash: "starter 1",
};
const changed: Origin = { ...origin, starter: { "a.ts": "a new starter" }, starterHash: "starter 2" };
const text = (code: string): SourceFiles => ({ "a.ts": code });

let names = 0;
const freshName = (): string => `work-${++names}`;

async function worked(store: Store, code: string): Promise<Work> {
  const work = new Work(store, origin);
  await work.begin();
  work.edited(text(code));
  await work.flush();
  return work;
}

const versions = async (work: Work): Promise<string[]> =>
  (await work.history()).map(({ code, reason }) => `${reason}: ${code}`);

test("begins from the starter, and after a reload from the reader's text", async () => {
  const name = freshName();
  expect(await new Work(openStore(name), origin).begin()).toEqual({ files: text("the starter"), stale: false });
  await worked(openStore(name), "mine");
  expect(await new Work(openStore(name), origin).begin()).toEqual({ files: text("mine"), stale: false });
});

test("saves by itself soon after an edit", async () => {
  const store = openStore(freshName());
  new Work(store, origin).edited(text("mine"));
  await expect.poll(() => store.drafts.load("exercise/id-of-a")).toMatchObject({ code: "mine", title: "A" });
});

test("a reset is undone with the text as it was, unsaved edits included", async () => {
  const work = new Work(openStore(freshName()), origin);
  work.edited(text("half saved"));
  const aside = await work.reset(text("the very last text"), "reset");
  expect((await work.begin()).files).toEqual(text("the starter"));
  expect(await work.restore(aside?.id ?? -1)).toEqual(text("the very last text"));
  expect((await work.begin()).files).toEqual(text("the very last text"));
});

test("a text begun from an older starter says so, until the reader keeps it", async () => {
  const name = freshName();
  await worked(openStore(name), "mine");
  const work = new Work(openStore(name), changed);
  expect(await work.begin()).toEqual({ files: text("mine"), stale: true });
  work.edited(text("mine, edited"));
  await work.flush();
  expect(await new Work(openStore(name), changed).begin()).toEqual({ files: text("mine, edited"), stale: true });
  await work.keep(text("mine, edited"));
  expect(await new Work(openStore(name), changed).begin()).toEqual({ files: text("mine, edited"), stale: false });
});

test("taking the new starter puts the older text aside", async () => {
  const store = openStore(freshName());
  await worked(store, "mine");
  const work = new Work(store, changed);
  await work.begin();
  const aside = await work.reset(text("mine"), "new-starter");
  expect(aside).toMatchObject({ code: "mine", reason: "new-starter", starterHash: "starter 1" });
  expect(await work.begin()).toEqual({ files: text("a new starter"), stale: false });
});

test("all files of a text are kept, and a draft from before a file was there gets it from the starter", async () => {
  const store = openStore(freshName());
  await worked(store, "mine");
  const two: Origin = { ...origin, starter: { "a.ts": "1", "b.ts": "2" } };
  const work = new Work(store, two);
  expect((await work.begin()).files).toEqual({ "a.ts": "mine", "b.ts": "2" });
  work.edited({ "a.ts": "mine", "b.ts": "mine too" });
  await work.flush();
  expect((await new Work(store, two).begin()).files).toEqual({ "a.ts": "mine", "b.ts": "mine too" });
});

describe("the history", () => {
  test("has what was there when the reader came back, and what was run, each once", async () => {
    const store = openStore(freshName());
    await worked(store, "yesterday's");
    const work = new Work(store, origin);
    const { files } = await work.begin();
    await work.ran(files);
    work.edited(text("today's"));
    await work.ran(text("today's"));
    await work.ran(text("today's"));
    await work.ran(text("the starter"));
    expect(await versions(work)).toEqual(["run: today's", "run: yesterday's"]);
  });

  test("keeps the text found, before the first edit replaces it", async () => {
    const store = openStore(freshName());
    await worked(store, "yesterday's");
    const work = new Work(store, origin);
    await work.begin();
    work.edited(text("today's"));
    await work.flush();
    expect(await versions(work)).toEqual(["opened: yesterday's"]);
  });

  test("gives any version back, and keeps what stood in its place", async () => {
    const work = await worked(openStore(freshName()), "first");
    await work.ran(text("first"));
    const [version] = await work.history();
    expect(await work.restore(version.id, text("second"))).toEqual(text("first"));
    expect(await versions(work)).toContain("restore: second");
  });
});

describe("two tabs", () => {
  async function twoTabs() {
    const name = freshName();
    const [here, there] = [await worked(openStore(name), "begun"), new Work(openStore(name), origin)];
    await there.begin();
    const asked: (SourceFiles | undefined)[] = [];
    here.onOtherTab = (theirs) => asked.push(theirs);
    there.edited(text("theirs"));
    await there.flush();
    await expect.poll(() => asked).toEqual([text("theirs")]);
    return { here, there, asked };
  }

  test("what is typed while the reader is asked is kept, and overwrites nothing", async () => {
    const { here, there } = await twoTabs();
    here.edited(text("typed o"));
    await here.flush();
    here.edited(text("typed on"));
    await here.flush();
    expect(here.disputed).toBe(true);
    expect((await there.begin()).files).toEqual(text("theirs"));
    expect(await versions(here)).toContain("other-tab: typed on");
    expect(await versions(here)).not.toContain("other-tab: typed o");
  });

  test("keeping mine puts theirs aside, and the other tab is asked in its turn", async () => {
    const { here, there } = await twoTabs();
    const asked: (SourceFiles | undefined)[] = [];
    there.onOtherTab = (theirs) => asked.push(theirs);
    await here.keepMine(text("mine"));
    await expect.poll(() => asked).toEqual([text("mine")]);
    expect(await versions(here)).toContain("other-tab: theirs");
    expect(here.disputed).toBe(false);
  });

  test("taking theirs puts mine aside", async () => {
    const { here, there } = await twoTabs();
    expect(await here.takeTheirs(text("mine"))).toEqual(text("theirs"));
    expect(await versions(here)).toContain("other-tab: mine");
    const others: unknown[] = [];
    there.onOtherTab = (theirs) => others.push(theirs);
    here.edited(text("theirs"));
    await here.flush();
    await there.look();
    expect(others).toEqual([]);
    here.edited(text("theirs, and more"));
    await here.flush();
    expect(here.disputed).toBe(false);
    expect((await here.begin()).files).toEqual(text("theirs, and more"));
  });
});
