import type { ExerciseFolder } from "./exercise-folder.ts";
import { graded } from "./exercise-grading.ts";

/** How often one file was judged rightly by a speed check. */
export interface Repeats {
  /** `solution.ts`, which is to pass, or `given/<name>`, which is to be refused. */
  file: string;
  check: string;
  right: number;
  runs: number;
}

/**
 * Judges the solution and every given file by the exercise's speed checks, again and again, with seeds from 1: the solution is to
 * pass each time, and the given code to be refused. What is pending is neither. For a quiet machine.
 *
 * @param tell is told of each judgement as it comes
 * @throws Error where the exercise has no speed check or no given file
 */
export async function repeatSpeed(
  exercise: ExerciseFolder,
  runs: number,
  tell: (line: string) => void,
): Promise<Repeats[]> {
  const { slug, manifest, solution, given } = exercise;
  const entries = manifest.checks.filter(({ credit }) => credit === "speed");
  if (entries.length === 0 || Object.keys(given).length === 0)
    throw new Error(`${slug} has no speed check against given code: name an exercise that has.`);
  const asked = [
    { file: "solution.ts", code: solution, right: "passed" },
    ...Object.entries(given).map(([name, code]) => ({ file: `given/${name}`, code, right: "failed" })),
  ];
  const counts = asked.flatMap(({ file }) => entries.map((entry) => ({ file, check: entry.name, right: 0, runs })));
  for (let seed = 1; seed <= runs; seed++) {
    for (const { file, code, right } of asked) {
      for (const { name, status, reason } of await graded(exercise, entries, code, seed)) {
        tell(`${slug} ${seed}/${runs}: ${file}, "${name}": ${status}. ${reason}`);
        const count = counts.find((each) => each.file === file && each.check === name);
        if (count !== undefined && status === right) count.right++;
      }
    }
  }
  return counts;
}
