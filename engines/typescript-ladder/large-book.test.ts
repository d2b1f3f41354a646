import { describe, expect, test } from "vitest";
import { createOracleEngine } from "../conformance/oracle-engine.ts";
import { COMMAND_WORDS } from "../contract/binary.ts";
import type { BinaryDoor } from "../contract/engine.ts";
import { EventHash } from "../contract/hash.ts";
import { generate } from "../flow/flow.ts";
import { PROFILES } from "../flow/profiles.ts";
import { Ladder } from "./engine.ts";

/** More than a book holds before it looks ahead. */
const LIVE_ORDERS = 70_000;
const BATCH_WORDS = 1000 * COMMAND_WORDS;

/** The hash of each batch's events, so that a difference says where it begins. */
function hashesOf(engine: BinaryDoor, flows: readonly Int32Array[]): string[] {
  engine.reserve(BATCH_WORDS / COMMAND_WORDS);
  const hashes: string[] = [];
  for (const records of flows) {
    for (let from = 0; from < records.length; from += BATCH_WORDS) {
      const batch = records.subarray(from, from + BATCH_WORDS);
      engine.commands.set(batch);
      const words = engine.submit(batch.length);
      const hash = new EventHash();
      hash.add(engine.events, words);
      hashes.push(hash.value);
    }
  }
  return hashes;
}

describe("a book that looks ahead", () => {
  test("gives the oracle's events, on an ordinary flow and on one of everything", () => {
    const flows = [
      generate({ ...PROFILES.std, liveOrders: LIVE_ORDERS }, 1, LIVE_ORDERS + 20_000),
      // Its ids begin at 1 again, so that it cancels, replaces and repeats those that are there.
      generate("full", 2, 20_000),
    ];
    expect(hashesOf(new Ladder(), flows)).toEqual(hashesOf(createOracleEngine("full"), flows));
  }, 30_000);
});
