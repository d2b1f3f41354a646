import type { Checks, Outcome } from "../../../lab/grade/check.ts";
import { type GradeOptions, grade, rerun } from "../../../lab/grade/grade.ts";
import type { Verdict } from "../../../lab/grade/verdict.ts";
import { readArtefact } from "../../sandbox/artefacts.ts";
import { createSandbox, learnerOpener, type SandboxMessage } from "../../sandbox/index.ts";
import type { ExerciseData } from "./exercise-data.ts";

/** Grades in the page: loaded when the reader first asks for it, with the exercise's checks and the sandbox. */

const checkModules = import.meta.glob<{ checks: Checks }>("../../../exercises/*/checks.ts");
const solutions = import.meta.glob<string>("../../../exercises/*/solution.ts", { query: "?raw", import: "default" });

const sandbox = createSandbox();

/** A line that the learner's code wrote to the console. */
export type ConsoleLine = Extract<SandboxMessage, { kind: "log" }>;

const folderOf = ({ slug }: ExerciseData): string => `../../../exercises/${slug}`;

async function tools(exercise: ExerciseData, onLine: (line: ConsoleLine) => void) {
  const { checks } = await checkModules[`${folderOf(exercise)}/checks.ts`]();
  const open = learnerOpener(sandbox, (message) => {
    if (message.kind === "log") onLine(message);
  });
  return { exercise, checks, open, files: exercise.given, readArtefact };
}

/** @throws the signal's reason where the reader stopped it */
export async function gradeInPage(
  exercise: ExerciseData,
  options: Pick<GradeOptions, "code" | "seed" | "signal" | "onStart" | "onResult">,
  onLine: (line: ConsoleLine) => void,
): Promise<Verdict> {
  return grade({ ...(await tools(exercise, onLine)), ...options, host: "page" });
}

/** Runs one failing case again. */
export async function rerunInPage(
  exercise: ExerciseData,
  failing: { code: string; check: string; data: unknown },
  onLine: (line: ConsoleLine) => void,
): Promise<Outcome> {
  return rerun({ ...(await tools(exercise, onLine)), code: failing.code }, failing.check, failing.data);
}

export async function solutionOf(exercise: ExerciseData): Promise<string> {
  return (await solutions[`${folderOf(exercise)}/solution.ts`]()).replaceAll("\r\n", "\n");
}
