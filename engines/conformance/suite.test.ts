import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { conformanceCases } from "./cases.ts";
import { compareWithOracle } from "./differential.ts";
import { plant } from "./plant.ts";
import { ANSWER_BUGS, MATCHING_BUGS } from "./planted-bugs.ts";
import { LEVEL_BUGS, RISK_ANSWER_BUGS, RISK_BUGS } from "./planted-risk-bugs.ts";
import { type EngineProperty, engineLaws } from "./properties.ts";
import { runCase } from "./runner.ts";

const SEED = 20_261_122;
const source = readFileSync(new URL("./oracle.ts", import.meta.url), "utf8");

const bugs = [...MATCHING_BUGS, ...ANSWER_BUGS, ...RISK_BUGS, ...RISK_ANSWER_BUGS, ...LEVEL_BUGS];

describe.each(bugs)("an engine in which $what", (bug) => {
  const { level = "full" } = bug;

  test("fails a case", async () => {
    const createEngine = await plant(bug, source);
    const failed = conformanceCases.find((each) => runCase(each, createEngine, level).verdict === "failed");
    expect(failed).toBeDefined();
  });

  test("fails the differential run, which is cut down to some commands", async () => {
    const { disagreement } = compareWithOracle(await plant(bug, source), level, 400_000, SEED);
    expect(disagreement).toBeDefined();
    expect(disagreement?.commands.length).toBeLessThanOrEqual(50);
  });
});

test.each([...MATCHING_BUGS, ...RISK_BUGS])("an engine in which $what breaks a law", async (bug) => {
  const laws = engineLaws(await plant(bug, source));
  const holds = ({ property }: EngineProperty) => {
    try {
      fc.assert(property, { seed: SEED, numRuns: 1_000, endOnFailure: true });
      return true;
    } catch {
      return false;
    }
  };
  expect(laws.every(holds)).toBe(false);
});
