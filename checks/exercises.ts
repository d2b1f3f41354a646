/**
 * `npm run check:exercises [-- slug …]`: holds every exercise, or those named, to what an exercise is, and says what to mend.
 * `npm run check:exercises -- slug --runs 20`: how often its speed checks judge the solution and the given code rightly.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { exerciseReport } from "./exercise-faults.ts";
import { readExercise } from "./exercise-folder.ts";
import { repeatSpeed } from "./exercise-repeats.ts";
import { root } from "./tree.ts";

const USAGE = "npm run check:exercises [-- slug … [--runs N]]";

async function report(slugs: readonly string[]): Promise<void> {
  const { found, faults } = await exerciseReport(join(root, "exercises"), join(root, "chapters"), slugs);
  for (const line of found) console.log(line);
  for (const line of faults) console.error(`exercises/${line}`);
  if (faults.length > 0) process.exitCode = 1;
  else
    console.log(found.length === 1 ? "1 exercise, as it should be." : `${found.length} exercises, as they should be.`);
}

async function repeat(slugs: readonly string[], runs: number): Promise<void> {
  if (!(Number.isInteger(runs) && runs >= 1)) throw new Error(`--runs must be a whole number from 1. ${USAGE}`);
  if (slugs.length === 0) throw new Error(`Name the exercises whose speed checks are to be repeated. ${USAGE}`);
  for (const slug of slugs) {
    const exercise = await readExercise(join(root, "exercises", slug), slug);
    for (const { file, check, right } of await repeatSpeed(exercise, runs, console.log)) {
      const wanted = file === "solution.ts" ? "passed" : "refused";
      console.log(`${slug}/${file}, "${check}": ${wanted} in ${right} of ${runs} runs.`);
      if (right < runs) process.exitCode = 1;
    }
  }
}

try {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { runs: { type: "string" } } });
  if (values.runs === undefined) await report(positionals);
  else await repeat(positionals, Number(values.runs));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
