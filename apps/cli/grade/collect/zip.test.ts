import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findFiles } from "./files.ts";
import { BOUNDS } from "./found.ts";
import { type ZippedFile, zipOf } from "./zip.fixture.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hotpath-zip-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** What is found in a zip of a folder: each file's text, or why there is none. */
async function foundIn(zip: Buffer, name = "work.zip"): Promise<Record<string, string>> {
  const own = await mkdtemp(join(folder, "each-"));
  await writeFile(join(own, name), zip);
  const found: Record<string, string> = {};
  for await (const file of findFiles([own])) {
    if ("reason" in file) found[file.source] = file.reason;
    else if ("leftOut" in file) found[file.source] = `left out: ${file.leftOut}`;
    else found[file.source] = await file.read().then(String, (error: Error) => `can't be read: ${error.message}`);
  }
  return found;
}

const good: ZippedFile = { name: "a/good.ts", data: "export {};" };

describe("a zip", () => {
  test("gives its files, and those of zips in it", async () => {
    const inner = zipOf([{ name: "inner.ts", data: "1" }]);
    expect(await foundIn(zipOf([good, { name: "b.zip", data: inner }]))).toEqual({
      "work.zip/a/good.ts": "export {};",
      "work.zip/b.zip/inner.ts": "1",
    });
  });

  test.each<[string, ZippedFile, string]>([
    ["../../etc/passwd", { name: "../../etc/passwd" }, "Its path leads out of the zip"],
    ["a/../../b.ts", { name: "a/../../b.ts" }, "Its path leads out of the zip"],
    ["an absolute path", { name: "/etc/cron.d/x" }, "Its path leads out of the zip"],
    ["a drive", { name: "C:/x.ts" }, "Its path leads out of the zip"],
    ["backslashes", { name: "..\\..\\x.ts" }, "Its path leads out of the zip"],
    ["a link", { name: "link.ts", data: "/etc/passwd", mode: 0o120777 }, "It is a link"],
    ["a device", { name: "device.ts", mode: 0o020644 }, "It is no plain file"],
    ["a pipe", { name: "pipe.ts", mode: 0o010644 }, "It is no plain file"],
    ["an encrypted file", { name: "x.ts", data: "1", encrypted: true }, "It is encrypted"],
    ["an unknown packing", { name: "x.ts", data: "1", method: 99 }, "It is packed in a way"],
    ["a path that is too long", { name: `${"x".repeat(1_100)}.ts` }, "Its path is longer than 1,000 characters"],
    ["too many folders", { name: `${"d/".repeat(40)}x.ts` }, "It is in too many folders"],
    ["the same path again", { name: "a/good.ts", data: "other" }, "The zip has another file of this very path"],
  ])("keeps its good files beside %s, which is refused with the reason", async (_, file, reason) => {
    const found = await foundIn(zipOf([good, file, { name: "after.ts", data: "2" }]));
    expect(Object.values(found)).toContainEqual(expect.stringContaining(reason));
    expect(found).toMatchObject({ "work.zip/after.ts": "2" });
    if (file.name !== good.name) expect(found).toMatchObject({ "work.zip/a/good.ts": "export {};" });
  });

  test("that says less than it inflates to is stopped there", async () => {
    const found = await foundIn(zipOf([{ name: "x.ts", data: "x".repeat(100_000), saysBytes: 10 }]));
    expect(found["work.zip/x.ts"]).toContain("can't be read: too many bytes");
  });

  test("whose inner zip is packed as a bomb's is refused without being inflated", async () => {
    const bomb = Buffer.alloc(8 * 1024 * 1024);
    const found = await foundIn(zipOf([{ name: "bomb.zip", data: bomb }, good]));
    expect(found["work.zip/bomb.zip"]).toContain("packed as tightly as a zip bomb");
    expect(found["work.zip/a/good.ts"]).toBe("export {};");
  });

  test("whose inner zip says that it is huge is refused", async () => {
    const found = await foundIn(zipOf([{ name: "x.zip", data: "PK", saysBytes: BOUNDS.innerZipBytes + 1 }]));
    expect(found["work.zip/x.zip"]).toContain("more than 32 MiB in a zip");
  });

  test("in a zip in a zip in a zip is not opened", async () => {
    let zip = zipOf([good]);
    for (let depth = 0; depth < 5; depth++) zip = zipOf([{ name: `${depth}.zip`, data: zip }]);
    const found = await foundIn(zip);
    expect(Object.values(found)).toEqual([expect.stringContaining("It is a zip in 3 zips")]);
  });

  test("whose files share their bytes is a bomb", async () => {
    const data = Buffer.from(Array.from({ length: 50_000 }, (_, index) => (index * 7919) % 251));
    const files = Array.from({ length: 50 }, (_, index) => ({ name: `${index}.ts`, data }));
    const shared = files.map((file, index) => (index === 0 ? file : { ...file, sharesWith: 0 }));
    const found = await foundIn(zipOf(shared));
    expect(found["work.zip"]).toContain("packs the same bytes as several files");
  });

  test("of too many files is read up to there, and said to be", { timeout: 60_000 }, async () => {
    const files = Array.from({ length: BOUNDS.zip.entries + 1 }, (_, index) => ({ name: `${index}/` }));
    const found = await foundIn(zipOf(files));
    expect(found["work.zip"]).toContain("holds more files than any class hands in");
  });

  test("can't show escape sequences, controls or turned directions in its names", async () => {
    const found = await foundIn(zipOf([{ name: "\u001b[31mred\u0007\u202e.ts", data: "1" }]));
    expect(found).toEqual({ "work.zip/red.ts": "1" });
  });

  test("leaves out what tools put beside, by name", async () => {
    const found = await foundIn(zipOf([{ name: "__MACOSX/._x.ts" }, { name: "a/.DS_Store" }, good]));
    expect(found).toEqual({
      "work.zip/__MACOSX/._x.ts": "left out: __MACOSX",
      "work.zip/a/.DS_Store": "left out: .DS_Store",
      "work.zip/a/good.ts": "export {};",
    });
  });

  test.each([
    ["nothing", Buffer.alloc(0)],
    ["text", Buffer.from("not a zip")],
    ["the first half of one", zipOf([good]).subarray(0, 40)],
  ])("that is %s is told of", async (_, bytes) => {
    expect((await foundIn(bytes))["work.zip"]).toMatch(/^It is no zip that can be read \(.+\)\. Ask for it again\.$/);
  });

  test("never ends the collecting, whatever bytes of it are changed", { timeout: 60_000 }, async () => {
    const zip = zipOf([good, { name: "b.zip", data: zipOf([{ name: "inner.ts", data: "1" }]) }]);
    const change = fc.tuple(fc.nat(zip.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const bytes = Buffer.from(zip);
        for (const [at, value] of changes) bytes[at] = value;
        for (const source of Object.keys(await foundIn(bytes))) expect(source.startsWith("work.zip")).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
