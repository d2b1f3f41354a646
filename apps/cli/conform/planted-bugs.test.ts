import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { plant } from "../../../engines/conformance/plant.ts";
import { ANSWER_BUGS, MATCHING_BUGS, type PlantedBug } from "../../../engines/conformance/planted-bugs.ts";
import type { EngineManifest } from "../../../engines/contract/engine.ts";
import { check } from "./check.ts";
import { engineSubject } from "./subject.ts";

const source = readFileSync(new URL("../../../engines/conformance/oracle.ts", import.meta.url), "utf8");
/** What `npm test` alone tries: each takes a second, since `conform` goes on to count what else fails. */
const quick = ["a partial fill loses priority", "fok fills what it can"];
/** Ten of the mistakes that people make. */
const ten = [
  "the last in the queue trades first",
  "trades at the taker's price",
  "does not trade at the limit itself",
  "a partial fill loses priority",
  "the residual of an ioc order rests",
  "an empty level stays",
  "owner 0 self-trades",
  "a replaced order that crosses does not trade",
  "a size of NaN is accepted",
  "fok fills what it can",
];

const isHeavy = process.env.HOTPATH_HEAVY !== undefined;
const tried = [...MATCHING_BUGS, ...ANSWER_BUGS].filter(({ what }) => (isHeavy ? ten : quick).includes(what));

function subjectOf(createEngine: Awaited<ReturnType<typeof plant>>, { level = "full" }: PlantedBug) {
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
  return engineSubject(manifest, createEngine);
}

describe("conform", () => {
  test("is tried on bugs that there are", () => expect(tried).toHaveLength(isHeavy ? 10 : 2));

  test.each(tried)(
    "shows in at most 10 commands that $what",
    async (bug) => {
      const subject = subjectOf(await plant(bug, source), bug);
      const beganMs = performance.now();
      const options = { level: bug.level ?? "full", seed: 1, deepCommands: 0, onProgress: () => {} };
      const { failure } = check(subject, options);
      const seconds = ((performance.now() - beganMs) / 1000).toFixed(1);
      expect(failure).toBeDefined();
      expect(failure?.records?.length ?? failure?.commands.length).toBeLessThanOrEqual(10);
      if (isHeavy) {
        console.info(`conform: "${bug.what}" caught in ${seconds} s, by ${failure?.commands.length} commands`);
      }
    },
    60_000,
  );
});
