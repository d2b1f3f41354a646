import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { createOracleEngine } from "../../engines/conformance/oracle-engine.ts";
import { COMMAND_WORDS } from "../../engines/contract/binary.ts";
import type { BinaryDoor, CreateEngine } from "../../engines/contract/engine.ts";
import { generate } from "../../engines/flow/flow.ts";
import { findEngine } from "../../engines/registry.ts";
import { playSlowConsumer } from "./conflation.ts";
import { beginDay } from "./cut-over-run.ts";
import { trapAndRecover, trapLines } from "./failure.ts";
import { executeOne } from "./journal.ts";
import { replayDay, replayLines } from "./replay.ts";
import { ShadowRouter } from "./shadow.ts";

let makeOld: CreateEngine;
let makeNew: CreateEngine;

beforeAll(async () => {
  const read = async (path: string) => new Uint8Array(await readFile(new URL(`../../${path}`, import.meta.url)));
  makeOld = await findEngine("typescript").load(read);
  makeNew = await findEngine("rust-wasm").load(read);
});

const recordsOf = (day: Int32Array): Int32Array[] =>
  Array.from({ length: day.length / COMMAND_WORDS }, (_, i) =>
    day.subarray(i * COMMAND_WORDS, (i + 1) * COMMAND_WORDS),
  );

/** Gives a wrong size in the events of one command, from 0. */
function wrongAt(engine: BinaryDoor, command: number): BinaryDoor {
  let executed = 0;
  return {
    get commands() {
      return engine.commands;
    },
    get events() {
      return engine.events;
    },
    reserve: (records) => engine.reserve(records),
    submit(words) {
      const given = engine.submit(words);
      if (executed++ === command) engine.events[1] ^= 1;
      return given;
    },
  };
}

const day = fc.record({ seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }), commands: fc.integer({ min: 1, max: 400 }) });

describe("shadow mode", () => {
  test("whenever it cuts over and rolls back, the client is told what one engine alone says", () => {
    fc.assert(
      fc.property(day, fc.nat(), fc.nat(), ({ seed, commands }, a, b) => {
        const records = recordsOf(generate("full", seed, commands));
        const [over, back] = [a % commands, b % commands].sort((x, y) => x - y);
        const router = new ShadowRouter(makeOld(), makeNew());
        const alone = makeOld();
        for (const [index, record] of records.entries()) {
          if (index === over) router.cutOver();
          if (index === back)
            expect(router.rollBack(makeOld())).toMatchObject({ unanswered: [], toldOtherwise: undefined });
          expect([...router.execute(record)]).toEqual([...executeOne(alone, record)]);
        }
        expect(router.counts.differed).toBe(0);
        expect(router.counts.commands).toBe(commands);
      }),
      { numRuns: 40 },
    );
  });

  test("a wrong shadow is counted and named, changes no answer, and is not cut over to", () => {
    const router = new ShadowRouter(makeOld(), wrongAt(makeNew(), 7));
    const alone = makeOld();
    for (const record of recordsOf(generate("std", 1, 50)))
      expect([...router.execute(record)]).toEqual([...executeOne(alone, record)]);
    expect(router.counts).toEqual({ commands: 50, agreed: 49, differed: 1 });
    expect(router.difference?.command).toBe(7);
    expect(router.difference?.live).not.toBe(router.difference?.shadow);
    expect(() => router.cutOver()).toThrow("They differed on command 8");
  });

  test("a shadow that traps stops being asked, and the client does not notice", () => {
    const shadow = makeNew();
    expect(() => shadow.reserve(2 ** 28)).toThrow("has ended");
    const router = new ShadowRouter(makeOld(), shadow);
    for (const record of recordsOf(generate("std", 1, 20))) router.execute(record);
    expect(router.counts).toEqual({ commands: 20, agreed: 0, differed: 1 });
    expect(router.difference?.shadow).toContain("it trapped");
  });

  test("a roll-back names the first command of which clients were told wrongly", () => {
    const router = new ShadowRouter(makeOld(), wrongAt(makeNew(), 30));
    for (const [index, record] of recordsOf(generate("std", 1, 60)).entries()) {
      if (index === 20) router.cutOver();
      router.execute(record);
    }
    expect(router.difference?.command).toBe(30);
    expect(router.rollBack(makeOld()).toldOtherwise).toBe(30);
  });
});

describe("the replay of a day", () => {
  test.each(["std", "full"] as const)("finds old and new identical, on %s", (profile) => {
    const report = replayDay(makeOld(), makeNew(), generate(profile, 3, 5000));
    expect(report.hashes[0]).toBe(report.hashes[1]);
    expect(replayLines(report).at(-1)).toContain("identical");
    expect(report.commands).toBe(5000);
  });

  test("stops at the first difference, and shows both answers", () => {
    const report = replayDay(createOracleEngine("full"), wrongAt(makeNew(), 12), generate("full", 3, 50));
    expect(report.commands).toBe(13);
    expect(report.hashes[0]).not.toBe(report.hashes[1]);
    expect(replayLines(report).join("\n")).toContain("different at command 13");
  });
});

describe("a trap", () => {
  test("loses no command: a new instance is brought to the same state, and answers what was open", () => {
    const records = generate("std", 5, 300);
    const alone = makeNew();
    const answers = recordsOf(records).map((record) => [...executeOne(alone, record)]);
    const report = trapAndRecover(makeNew, records, 200);
    expect(report.error).toMatch(/has ended: it trapped \(.*Its book is lost/);
    expect(report.restored).toBe(report.told);
    expect(report.answered).toContain(`"id":${answers[199][1]}`);
    expect(trapLines(report)).toHaveLength(4);
    expect(() => trapAndRecover(makeNew, records, 301)).toThrow("give 1 to 300");
  });
});

describe("the page's day", () => {
  test("is sent, cut over and rolled back, and says who answers", () => {
    const run = beginDay(makeOld, makeNew, ["old", "new"]);
    run.send(100);
    run.cutOver();
    run.send(100);
    expect(run.state).toMatchObject({ commands: 200, agreed: 200, differed: 0, live: "new", shadow: "old" });
    expect(run.rollBack()).toBeUndefined();
    expect(run.state).toMatchObject({ commands: 200, live: "old", shadow: "none" });
  });
});

describe("a slow consumer", () => {
  test.each([1, 7, 100, 1000])("that looks once in %i commands has the right book in the end", (every) => {
    const { updates, taken, wrong } = playSlowConsumer(makeOld(), 300, every);
    expect(wrong).toBe(0);
    expect(taken).toBeLessThanOrEqual(updates);
    if (every === 1) expect(taken).toBe(updates);
    if (every === 1000) expect(taken).toBeLessThan(updates);
  });
});

const python = ["python3", "python"].find(
  (command) => spawnSync(command, ["-c", "import sys; sys.exit(sys.version_info < (3, 8))"]).status === 0,
);

test.skipIf(python === undefined)("the router in Python names what differs, and rolls back", () => {
  const program = `
import json
from shadow import ShadowRouter
double, wrong = (lambda x: 2 * x), (lambda x: 2 * x + (x == 3))
same, other = ShadowRouter(double, double), ShadowRouter(double, wrong)
told = [[router.execute(x) for x in range(5)] for router in (same, other)]
same.cut_over()
try:
    other.cut_over()
except RuntimeError as error:
    refused = str(error)
print(json.dumps([told, refused, same.roll_back(double), other.roll_back(wrong), same.execute(9)]))`;
  const cwd = fileURLToPath(new URL(".", import.meta.url));
  const { stdout, stderr } = spawnSync(python as string, ["-B", "-c", program], { cwd, encoding: "utf8" });
  expect(stderr).toBe("");
  const told = [0, 2, 4, 6, 8];
  expect(JSON.parse(stdout)).toEqual([[told, told], "they differed on command 4", [], [3], 18]);
});
