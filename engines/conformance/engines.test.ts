import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import type { ReadArtefact } from "../contract/engine.ts";
import { listEngines } from "../registry.ts";
import { conformanceCases, stepsOf } from "./cases.ts";
import { differenceText } from "./comparison.ts";
import { createOracleEngine } from "./oracle-engine.ts";
import { admittedGap, type CaseOutcome, reasonToSkip, runCase } from "./runner.ts";

const readFromDisk: ReadArtefact = async (path) =>
  new Uint8Array(await readFile(new URL(`../../${path}`, import.meta.url)));

function failure(outcome: CaseOutcome): string | undefined {
  return outcome.verdict === "failed" ? differenceText(outcome.difference) : undefined;
}

describe("the cases", () => {
  test("have names of their own", () => {
    const names = conformanceCases.map(({ name }) => name);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  test("expect events of every command", () => {
    const silent = conformanceCases.filter((each) => stepsOf(each).some(({ expected }) => expected.length === 0));
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  test("are at least 300", () => expect(conformanceCases.length).toBeGreaterThanOrEqual(300));
});

describe.each(["core", "full", "extended"] as const)("the oracle at level %s", (level) => {
  for (const each of conformanceCases.filter((candidate) => reasonToSkip(candidate, level) === undefined)) {
    test(each.name, () => expect(failure(runCase(each, () => createOracleEngine(level), level))).toBeUndefined());
  }
});

for (const { manifest, load } of listEngines()) {
  describe(`${manifest.name} at level ${manifest.level}`, async () => {
    const createEngine = await load(readFromDisk);
    for (const each of conformanceCases) {
      const why = reasonToSkip(each, manifest.level) ?? admittedGap(each, manifest);
      if (why !== undefined) {
        test.skip(`${each.name} (${why})`, () => {});
        continue;
      }
      test(each.name, () => expect(failure(runCase(each, createEngine, manifest.level))).toBeUndefined());
    }
  });
}
