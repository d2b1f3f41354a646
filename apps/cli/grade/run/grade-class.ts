import type { AssignedExercise, Assignment } from "../assignment.ts";
import type { ExerciseFiles } from "../exercise-files.ts";
import type { GradedSubmission } from "../graded.ts";
import type { Submission } from "../submission.ts";
import { type GivenExercise, needsAlone, refusedSubmission, type Stage } from "./grade-submission.ts";
import { type Grader, GraderClient } from "./grader-client.ts";
import type { Journal } from "./journal.ts";

export interface ClassGrading {
  assignment: Assignment;
  exercises: readonly ExerciseFiles[];
  submissions: readonly Submission[];
  journal: Journal;
  /** Graders that work at a time on this machine, 1 or more. */
  jobs: number;
  /** Instead of them: at least one; the same may stand there more than once. They are closed when all is done. */
  graders?: readonly Grader[];
  /** Ends it: what was graded is in the journal. */
  signal: AbortSignal;
  /** Told after each step, and of the steps that there are at most. */
  onProgress(progress: Progress): void;
}

export interface Progress {
  done: number;
  failed: number;
  of: number;
}

interface Step {
  submission: Submission;
  exercise: GivenExercise;
  assigned: AssignedExercise;
}

/**
 * Grades submissions, some at a time, and then, one after the other, what must be alone.
 *
 * @returns in the order of the submissions
 * @throws the signal's reason
 */
export async function gradeClass(grading: ClassGrading): Promise<GradedSubmission[]> {
  const steps = stepsOf(grading);
  const clients = grading.graders ?? Array.from({ length: grading.jobs }, () => new GraderClient());
  const close = () => Promise.all(clients.map((client) => client.close()));
  grading.signal.addEventListener("abort", close);
  try {
    const run = new Run(grading, steps.length);
    const first = await run.stage("rest", steps, clients);
    const due = steps.filter(
      (step, index) => first[index].refused === undefined && needsAlone(first[index], step.exercise),
    );
    const alone = await run.stage("alone", due, clients.slice(0, 1), (step) => first[steps.indexOf(step)]);
    return first.map((graded, index) => alone[due.indexOf(steps[index])] ?? graded);
  } finally {
    grading.signal.removeEventListener("abort", close);
    await close();
  }
}

function stepsOf({ assignment, exercises, submissions }: ClassGrading): Step[] {
  return submissions.map((submission) => {
    const at = assignment.exercises.findIndex(({ slug }) => slug === submission.exercise);
    if (at === -1) throw new Error(`${submission.source} is for ${submission.exercise}, which is not assigned.`);
    const assigned = assignment.exercises[at];
    return { submission, assigned, exercise: { files: exercises[at], hidden: assigned.hidden } };
  });
}

class Run {
  readonly #grading: ClassGrading;
  readonly #progress: Progress;

  constructor(grading: ClassGrading, steps: number) {
    this.#grading = grading;
    this.#progress = { done: 0, failed: 0, of: steps };
  }

  /** @returns in the order of the steps */
  async stage(
    stage: Stage,
    steps: readonly Step[],
    clients: readonly Grader[],
    before?: (step: Step) => GradedSubmission,
  ): Promise<GradedSubmission[]> {
    const results: GradedSubmission[] = new Array(steps.length);
    if (stage === "alone") this.#progress.of += steps.length;
    let next = 0;
    const work = async (client: Grader): Promise<void> => {
      while (next < steps.length) {
        const index = next++;
        const { submission, assigned } = steps[index];
        const { journal, onProgress } = this.#grading;
        const known = journal.find(submission, assigned.hash, stage);
        results[index] = known ?? (await this.#graded(stage, steps[index], client, before?.(steps[index])));
        this.#progress.done++;
        if (results[index].verdict.points === 0) this.#progress.failed++;
        onProgress({ ...this.#progress });
      }
    };
    await Promise.all(clients.map(work));
    return results;
  }

  async #graded(
    stage: Stage,
    { submission, exercise, assigned }: Step,
    client: Grader,
    before: GradedSubmission | undefined,
  ): Promise<GradedSubmission> {
    const { signal, assignment, journal } = this.#grading;
    const task = { submission, exercise, seed: assignment.seed, stage, before };
    signal.throwIfAborted();
    const answer = await client.ask(task);
    signal.throwIfAborted();
    const graded = "graded" in answer ? answer.graded : refusedSubmission(task, refusal(answer.failed));
    journal.add(graded, assigned.hash, stage);
    return graded;
  }
}

function refusal(why: string): string {
  return `It could not be graded: ${why}. The instructor has to look at it.`;
}
