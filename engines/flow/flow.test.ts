import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { COMMAND_WORDS } from "../contract/binary.ts";
import { EventHash } from "../contract/hash.ts";
import { Flow, generate } from "./flow.ts";
import type { ProfileName } from "./profiles.ts";

function hashOf(records: Int32Array): string {
  const hash = new EventHash();
  hash.add(records, records.length);
  return hash.value;
}

/** The rows of the README's last table. */
const vectors = readFileSync(new URL("README.md", import.meta.url), "utf8")
  .split("\n")
  .map((line) => /^\| `(\w+)` +\| (\d+) +\| `([0-9a-f]{16})` \|$/.exec(line))
  .filter((row) => row !== null)
  .map(([, profile, seed, hash]) => ({ profile: profile as ProfileName, seed: Number(seed), hash }));

describe("generate", () => {
  test("there are vectors for each profile", () => {
    expect(vectors.map(({ profile }) => profile)).toEqual([
      "std",
      "std",
      "deep",
      "deep",
      "wide",
      "wide",
      "full",
      "full",
    ]);
  });

  test.each(vectors)("$profile with seed $seed gives the documented records", ({ profile, seed, hash }) => {
    expect(hashOf(generate(profile, seed, 100_000))).toBe(hash);
  });

  test("a flow written one by one is the same", () => {
    const flow = new Flow("full", 5);
    const records = new Int32Array(1000 * COMMAND_WORDS);
    for (let offset = 0; offset < records.length; offset += COMMAND_WORDS) flow.next(records, offset);
    expect(records).toEqual(generate("full", 5, 1000));
  });

  test("other seeds give other records", () => {
    expect(hashOf(generate("std", 1, 100))).not.toBe(hashOf(generate("std", 2, 100)));
  });

  test("an unknown profile names those that there are", () => {
    expect(() => generate("deeep" as ProfileName, 1, 1)).toThrow(/"deeep".*std, deep, wide, full/);
  });
});
