import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { Random } from "../../../../engines/flow/random.ts";
import { ended, gradesIn, startGrading } from "./grade-process.ts";
import { writeSampleClass, wrongGrades } from "./sample-class.ts";

/** `.ci/run` grades a class of 30 and kills it ten times; `npm test` a class of five, once. */
const whole = process.env.HOTPATH_HEAVY === "1";
const [students, kills] = whole ? [30, 10] : [5, 1];

const folder = mkdtempSync(join(tmpdir(), "hotpath-class-"));
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

describe("a class that is graded", () => {
  test("gets what each must, and the same when the grading is killed at any moment and goes on", {
    timeout: whole ? 600_000 : 60_000,
  }, async () => {
    const sample = await writeSampleClass(folder, students);
    const began = performance.now();
    const once = await ended(startGrading(sample, join(folder, "whole")));
    const tookMs = performance.now() - began;
    expect(once).toMatchObject({ exitCode: 0 });
    expect(await wrongGrades(join(folder, "whole"), sample.expected)).toEqual([]);

    const random = new Random(7);
    const out = join(folder, "killed");
    let killed = 0;
    for (let kill = 0; kill < kills; kill++) {
      const child = startGrading(sample, out);
      // Each goes on a little, so that there is something left to be killed in.
      const timer = setTimeout(() => child.kill("SIGKILL"), 300 + random.below(Math.ceil(tookMs / 4)));
      if ((await ended(child)).exitCode === null) killed++;
      clearTimeout(timer);
    }
    expect(killed).toBeGreaterThan(0);
    expect(await ended(startGrading(sample, out))).toMatchObject({ exitCode: 0 });
    expect(await gradesIn(out)).toEqual(await gradesIn(join(folder, "whole")));
  });

  test.skipIf(process.platform === "win32")("stops at Ctrl-C, and says how to go on", { timeout: 60_000 }, async () => {
    const sample = await writeSampleClass(join(folder, "stopped-class"), 20);
    const child = startGrading(sample, join(folder, "stopped"));
    const end = ended(child);
    child.stderr?.once("data", () => child.kill("SIGINT"));
    const { exitCode, text } = await end;
    expect(exitCode).toBe(130);
    expect(text).toMatch(/Give the same command again to go on/);
  });
});
