import { loadChecks, loadChecksFile } from "../exercise-files.ts";
import type { GivenExercise, LoadedExercise } from "./grade-submission.ts";

/** Loads an exercise's checks, the hidden ones too. @throws Error where one doesn't load */
export async function loadExercise({ files, hidden }: GivenExercise): Promise<LoadedExercise> {
  const checks = await loadChecks(files.slug);
  return { files, hidden, checks, hiddenChecks: hidden === undefined ? {} : await loadChecksFile(hidden.file) };
}
