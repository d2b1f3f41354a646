import { readFileSync } from "node:fs";
import fc from "fast-check";
import { transform } from "sucrase";
import { describe, expect, test } from "vitest";
import { withBinaryDoor } from "../contract/binary-adapter.ts";
import type { CreateEngine } from "../contract/engine.ts";
import { conformanceCases } from "./cases.ts";
import { compareWithOracle } from "./differential.ts";
import type { Oracle } from "./oracle.ts";
import { OracleDoor } from "./oracle-engine.ts";
import { ANSWER_BUGS, MATCHING_BUGS, type PlantedBug } from "./planted-bugs.ts";
import { LEVEL_BUGS, RISK_ANSWER_BUGS, RISK_BUGS } from "./planted-risk-bugs.ts";
import { type EngineProperty, engineLaws } from "./properties.ts";
import { runCase } from "./runner.ts";

const SEED = 20_261_122;
const source = readFileSync(new URL("./oracle.ts", import.meta.url), "utf8");

/** The oracle with the bug in it, as an engine. */
async function plant({ what, from, to, level = "full" }: PlantedBug): Promise<CreateEngine> {
  const places = source.split(from).length - 1;
  if (places !== 1) throw new Error(`"${what}": its text stands ${places} times in oracle.ts, not once: ${from}`);
  const { code } = transform(
    source.replace(from, () => to),
    { transforms: ["typescript"] },
  );
  const planted = (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`)) as {
    Oracle: typeof Oracle;
  };
  return () => withBinaryDoor(new OracleDoor(new planted.Oracle(level)));
}

const bugs = [...MATCHING_BUGS, ...ANSWER_BUGS, ...RISK_BUGS, ...RISK_ANSWER_BUGS, ...LEVEL_BUGS];

describe.each(bugs)("an engine in which $what", (bug) => {
  const { level = "full" } = bug;

  test("fails a case", async () => {
    const createEngine = await plant(bug);
    const failed = conformanceCases.find((each) => runCase(each, createEngine, level).verdict === "failed");
    expect(failed).toBeDefined();
  });

  test("fails the differential run, which is cut down to some commands", async () => {
    const { disagreement } = compareWithOracle(await plant(bug), level, 400_000, SEED);
    expect(disagreement).toBeDefined();
    expect(disagreement?.commands.length).toBeLessThanOrEqual(50);
  });
});

test.each([...MATCHING_BUGS, ...RISK_BUGS])("an engine in which $what breaks a law", async (bug) => {
  const laws = engineLaws(await plant(bug));
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
