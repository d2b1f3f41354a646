import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { plant } from "../../../engines/conformance/plant.ts";
import { ANSWER_BUGS, MATCHING_BUGS, type PlantedBug } from "../../../engines/conformance/planted-bugs.ts";
import { RISK_ANSWER_BUGS, RISK_BUGS } from "../../../engines/conformance/planted-risk-bugs.ts";
import type { EngineManifest } from "../../../engines/contract/engine.ts";
import { check } from "./check.ts";
import { engineSubject, type Subject } from "./subject.ts";

/** What a contributor can read and try at once. */
const MOST_COMMANDS = 10;

const ALL = [...MATCHING_BUGS, ...ANSWER_BUGS, ...RISK_BUGS, ...RISK_ANSWER_BUGS];
/** One of each part of the contract. `npm test` takes the first of them: each is a whole check. */
const TEN = [
  "the last in the queue trades first",
  "a larger size keeps priority",
  "cancel-both cancels the taker alone",
  "a partial fill loses priority",
  "fok fills what it can",
  "a replace forgets post-only",
  "an empty level stays",
  "fractions are accepted",
  "core answers as full",
  "a kill cancels the youngest first",
];
const asked = process.env.HOTPATH_HEAVY ? TEN : TEN.slice(0, 1);

const source = readFileSync(new URL("../../../engines/conformance/oracle.ts", import.meta.url), "utf8");

/** The oracle with the bug in it, as an engine of a contributor's. */
async function broken(bug: PlantedBug): Promise<Subject> {
  const { level = "full" } = bug;
  const manifest: EngineManifest = {
    name: "planted",
    title: "Planted",
    language: "TypeScript",
    level,
    door: "objects",
    unsupported: [],
    artefacts: [],
    sources: [],
  };
  return engineSubject(manifest, await plant(bug, source));
}

test.each(asked)("an engine in which %s fails conform in few commands", { timeout: 60_000 }, async (what) => {
  const bug = ALL.find((each) => each.what === what);
  if (bug === undefined) throw new Error(`no planted bug is called "${what}"`);
  const subject = await broken(bug);
  const beginMs = performance.now();
  const { failure, tallies } = check(subject, {
    level: bug.level ?? "full",
    seed: 1,
    deepCommands: 0,
    onProgress: () => {},
  });
  const seconds = ((performance.now() - beginMs) / 1000).toFixed(1);
  console.info(`${what}: ${seconds} s, ${failure?.commands.length} commands, by "${failure?.name}"`);
  expect(tallies.some(({ failed }) => failed > 0)).toBe(true);
  const shown = failure?.records ?? failure?.commands ?? [];
  expect(shown.length).toBeGreaterThan(0);
  expect(shown.length).toBeLessThanOrEqual(MOST_COMMANDS);
});
