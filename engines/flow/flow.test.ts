import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createOracleEngine } from "../conformance/oracle-engine.ts";
import { COMMAND_WORDS, EVENT_WORDS, KIND, OP } from "../contract/binary.ts";
import { EventHash } from "../contract/hash.ts";
import { Flow, generate } from "./flow.ts";
import { levelOf, PROFILES, type ProfileName } from "./profiles.ts";

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
      "risk",
      "risk",
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
    expect(() => generate("deeep" as ProfileName, 1, 1)).toThrow(/"deeep".*std, deep, wide, risk, full/);
  });
});

describe("risk", () => {
  const owners = PROFILES.risk.owners;
  const opening = owners * COMMAND_WORDS;
  const records = generate("risk", 9, 6_000);

  test("is std of owners who are held to limits", () => {
    const std = generate("std", 9, 6_000 - owners);
    const held = std.map((word, at) => {
      const from = at - (at % COMMAND_WORDS);
      const isOwner = at - from === 4 && (std[from] & 0xff) === OP.add;
      return isOwner ? 1 + (std[from + 1] % owners) : word;
    });
    expect(records.subarray(opening)).toEqual(held);
    expect(levelOf(PROFILES.risk)).toBe("extended");
  });

  test("stops no order", () => {
    const oracle = createOracleEngine("extended");
    oracle.reserve(records.length / COMMAND_WORDS);
    oracle.commands.set(records);
    const words = oracle.submit(records.length);
    const kinds = Array.from({ length: words / EVENT_WORDS }, (_, i) => oracle.events[i * EVENT_WORDS] & 0xff);
    expect(kinds.filter((kind) => kind === KIND.limits)).toHaveLength(owners);
    expect(kinds).not.toContain(KIND.rejected);
  });
});
