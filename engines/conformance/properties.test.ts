import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, test } from "vitest";
import type { ReadArtefact } from "../contract/engine.ts";
import { listEngines } from "../registry.ts";
import { createOracleEngine } from "./oracle-engine.ts";
import { engineLaws, oracleAgreement } from "./properties.ts";

const readFromDisk: ReadArtefact = async (path) =>
  new Uint8Array(await readFile(new URL(`../../${path}`, import.meta.url)));

for (const { manifest, load } of listEngines()) {
  describe(manifest.name, async () => {
    const createEngine = await load(readFromDisk);
    for (const { name, property } of [...engineLaws(createEngine), ...oracleAgreement(createEngine, manifest.level)]) {
      test(name, () => fc.assert(property, { numRuns: 150 }), 60_000);
    }
  });
}

describe.each(["core", "full", "extended"] as const)("the oracle at level %s", (level) => {
  for (const { name, property } of engineLaws(() => createOracleEngine(level))) {
    test(name, () => fc.assert(property, { numRuns: 50 }), 60_000);
  }
});
