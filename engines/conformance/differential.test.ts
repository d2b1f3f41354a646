import { mkdtempSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ReadArtefact } from "../contract/engine.ts";
import { listEngines } from "../registry.ts";
import { differenceText } from "./comparison.ts";
import { compareWithOracle, type Disagreement } from "./differential.ts";
import { flowText } from "./flow-text.ts";
import { compareRecordsWithOracle } from "./record-differential.ts";

const readFromDisk: ReadArtefact = async (path) =>
  new Uint8Array(await readFile(new URL(`../../${path}`, import.meta.url)));

const seed = integerFrom("HOTPATH_SEED", crypto.getRandomValues(new Uint32Array(1))[0], 0xffffffff);
const commands = integerFrom("HOTPATH_COMMANDS", 100_000, Number.MAX_SAFE_INTEGER);
const again = `HOTPATH_SEED=${seed} HOTPATH_COMMANDS=${commands}`;
const timeoutMs = 60_000 + commands / 5;
/** Of the commands, where no number is asked for: an interpreter takes some 20 times as long as the others, and so much of every test run. */
const INTERPRETED_SHARE = process.env.HOTPATH_COMMANDS ? 1 : 0.2;

function integerFrom(name: string, byDefault: number, highest: number): number {
  const text = process.env[name];
  if (text === undefined || text === "") return byDefault;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= highest) return value;
  throw new Error(`${name} is "${text}": give it an integer from 0 to ${highest}, or nothing`);
}

/** Writes the shrunk flow where `replay` can take it, and says all that is needed to look into it. */
function report(engine: string, { flowSeed, difference, commands: shrunk }: Disagreement): string {
  const file = join(mkdtempSync(join(tmpdir(), "hotpath-")), `${engine}-${flowSeed}.ndjson`);
  writeFileSync(file, flowText(shrunk));
  const replay = `npm run --silent replay -- --engine ${engine} ${file}`;
  return `${engine} and the oracle disagree; ${again}\n${differenceText(difference)}\n${flowText(shrunk)}\n${replay}`;
}

describe(`${commands} commands an engine, seed ${seed}`, () => {
  console.info(`To run the differential tests with the same commands again: ${again}`);

  for (const { manifest, load } of listEngines()) {
    const { name, level, downloadMiB } = manifest;
    const wanted = downloadMiB === undefined ? commands : commands * INTERPRETED_SHARE;

    test(`${name} agrees with the oracle`, { timeout: timeoutMs }, async () => {
      const { commands: executed, disagreement } = compareWithOracle(await load(readFromDisk), level, wanted, seed);
      if (disagreement !== undefined) expect.fail(report(name, disagreement));
      expect(executed).toBeGreaterThanOrEqual(wanted);
    });

    test(`${name} agrees with the oracle on records that are none`, { timeout: timeoutMs }, async () => {
      const { disagreement } = compareRecordsWithOracle(await load(readFromDisk), level, wanted / 5, seed);
      expect(disagreement, again).toBeUndefined();
    });
  }
});
