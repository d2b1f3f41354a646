/**
 * One grader: a process of ours that judges one submission at a time, and asks submissions' own processes for their outputs.
 * So a check that takes long keeps no other submission's clock waiting.
 */

import type { GradedSubmission } from "../graded.ts";
import { type GradingTask, gradeSubmission, type LoadedExercise } from "./grade-submission.ts";
import { Isolation } from "./isolation.ts";
import { loadExercise } from "./load-exercise.ts";

export type GraderAnswer = { graded: GradedSubmission } | { failed: string };

const isolation = new Isolation();
const loaded = new Map<string, Promise<LoadedExercise>>();

process.on("message", async (question: GradingTask) => {
  const answer: GraderAnswer = await answered(question).catch((error: Error) => ({ failed: error.message }));
  process.send?.(answer);
});
process.on("disconnect", () => {
  isolation.close();
  process.exit();
});

async function answered({ exercise, ...task }: GradingTask): Promise<GraderAnswer> {
  const { slug } = exercise.files;
  const ready = loaded.get(slug) ?? loadExercise(exercise);
  loaded.set(slug, ready);
  return { graded: await gradeSubmission({ ...task, exercise: await ready }, isolation) };
}
