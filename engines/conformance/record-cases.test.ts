import { readFile } from "node:fs/promises";
import { describe, expect, test, vi } from "vitest";
import { COMMAND_WORDS } from "../contract/binary.ts";
import type { CreateEngine, Level, ReadArtefact } from "../contract/engine.ts";
import { listEngines } from "../registry.ts";
import { createOracleEngine } from "./oracle-engine.ts";
import { recordCaseFailure, recordCases } from "./record-cases.ts";
import { reasonToSkip } from "./runner.ts";

// Python's interpreter takes seconds to start, and longer where the machine is busy.
vi.setConfig({ testTimeout: 60_000 });

const readFromDisk: ReadArtefact = async (path) =>
  new Uint8Array(await readFile(new URL(`../../${path}`, import.meta.url)));

interface Subject {
  name: string;
  level: Level;
  load: () => Promise<CreateEngine>;
}

const subjects: Subject[] = [
  { name: "the oracle", level: "extended", load: async () => () => createOracleEngine("extended") },
  ...listEngines().map(({ manifest: { name, level }, load }) => ({ name, level, load: () => load(readFromDisk) })),
];

describe.each(subjects)("$name", ({ level, load }) => {
  for (const each of recordCases) {
    test.skipIf(reasonToSkip(each, level) !== undefined)(each.name, async () =>
      expect(recordCaseFailure(each, await load())).toBeUndefined(),
    );
  }

  test.each([-1, 0.5, Number.NaN, 2 ** 32])("submit(%s) is a RangeError, and executes nothing", async (words) => {
    const engine = (await load())();
    engine.reserve(1);
    engine.commands.set([1 | (1 << 8), 1, 100, 10, 0, 0]);
    expect(() => engine.submit(words)).toThrow(RangeError);
    expect(engine.getBook()).toEqual({ event: "book", bids: [], asks: [] });
  });

  test("one word more than the commands hold is a RangeError", async () => {
    const engine = (await load())();
    expect(() => engine.submit(engine.commands.length + 1)).toThrow(RangeError);
  });

  test("all that the commands hold can be submitted", async () => {
    const engine = (await load())();
    engine.reserve(3);
    engine.commands.fill(0);
    expect(engine.submit(engine.commands.length)).toBeGreaterThan(0);
  });

  test("a reserve of more than before holds that many", async () => {
    const engine = (await load())();
    for (const records of [1, 2, 1_000, 50_000, 3]) {
      engine.reserve(records);
      expect(engine.commands.length).toBeGreaterThanOrEqual(records * COMMAND_WORDS);
    }
  });

  test("no value makes the object door throw", async () => {
    const engine = (await load())();
    const values: unknown[] = [undefined, null, 7, "add", true, [], {}, Number.NaN, Symbol.iterator, 1n, () => 1];
    for (const value of values as never[]) {
      expect(engine.addOrder(value)).toMatchObject([{ event: "rejected", op: "add", reason: "invalid-id" }]);
      for (const key of ["side", "type", "size", "price", "tif", "postOnly", "owner", "stp"]) {
        const order = { id: 1, side: "buy", price: 100, size: 10, [key]: value } as never;
        expect(engine.addOrder(order)).toHaveLength(1);
        engine.cancelOrder(1);
      }
      if (value !== 7) {
        expect(engine.cancelOrder(value)).toEqual([{ event: "rejected", op: "cancel", reason: "invalid-id" }]);
        expect(engine.replaceOrder(value, value, value)).toHaveLength(1);
        expect(engine.replaceOrder(1, value, value)).toHaveLength(1);
      }
      expect(engine.getBook(value)).toHaveProperty("event");
      expect(engine.setLimits(value)).toEqual([{ event: "rejected", op: "limits", reason: "invalid-owner" }]);
      for (const key of ["maxOrderSize", "maxOpenOrders", "positionLimit", "priceBand"]) {
        expect(engine.setLimits({ owner: 9, [key]: value } as never)).toHaveLength(1);
      }
      expect(engine.killOwner(value)).toHaveLength(1);
      expect(engine.liftOwner(value)).toHaveLength(1);
    }
  });
});
