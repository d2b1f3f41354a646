import { mkdirSync, mkdtempSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { changesIn } from "./watch.ts";

test("a change is told of however an editor writes it, and in folders that came later", async () => {
  const folder = mkdtempSync(join(tmpdir(), "hotpath-watch-"));
  const file = join(folder, "book.ts");
  writeFileSync(file, "1");
  const stopping = new AbortController();
  const changes = await changesIn([folder], stopping.signal);
  const ways: Record<string, () => void> = {
    "written over": () => writeFileSync(file, "2"),
    replaced: () => {
      writeFileSync(join(folder, "book.ts~"), "3");
      renameSync(join(folder, "book.ts~"), file);
    },
    "written over once it was replaced": () => writeFileSync(file, "4"),
    "a new folder": () => mkdirSync(join(folder, "core")),
    "in the new folder": () => writeFileSync(join(folder, "core", "queue.ts"), "5"),
  };
  const told: string[] = [];
  for (const [way, change] of Object.entries(ways)) {
    change();
    await changes.next();
    told.push(way);
  }
  expect(told).toEqual(Object.keys(ways));
  stopping.abort();
  await changes.next();
});

test("a folder that isn't there has no changes", async () => {
  const stopping = new AbortController();
  const changes = await changesIn([join(tmpdir(), "hotpath-nowhere")], stopping.signal);
  const ended = changes.next();
  stopping.abort();
  await expect(ended).resolves.toBeUndefined();
});
