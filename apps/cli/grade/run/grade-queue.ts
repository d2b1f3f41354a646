import type { EventEmitter } from "node:events";
import { type ConnectionOptions, type Job, Queue, QueueEvents, UnrecoverableError, Worker } from "bullmq";
import { Redis } from "ioredis";
import { digest } from "../../../../lab/grade/digest.ts";
import { Failure } from "../../failure.ts";
import type { ReadAssignment } from "../assignment-file.ts";
import type { GradedSubmission } from "../graded.ts";
import type { Submission } from "../submission.ts";
import type { GradingTask, Stage } from "./grade-submission.ts";
import type { GraderAnswer } from "./grader.ts";
import { type Grader, GraderClient } from "./grader-client.ts";

/** What goes over the queue: no check, no seed, nothing that a student may not see of the assignment but its hash. */
interface QueuedTask {
  assignmentHash: string;
  submission: Submission;
  stage: Stage;
  before?: GradedSubmission;
}

const QUEUE = "hotpath-grade";
/** A worker that says nothing for so long is taken for dead, and its submission given to another, ms. */
const SILENCE_MS = 5_000;
/** A submission whose graders died so often is refused: it may be why. */
const MOST_DEATHS = 3;
/** How long an answer is kept for who asked and was stopped, s. */
const KEEP_S = 24 * 60 * 60;
const MAX_CODE_LENGTH = 256 * 1024;

/** Connects to Redis. @throws Failure where the address is none, or nobody answers there */
export async function connected(address: string): Promise<Redis> {
  if (!/^rediss?:\/\/./.test(address) || !URL.canParse(address)) {
    throw new Failure(`--queue ${address}: give Redis's address, such as redis://localhost:6379.`, 2);
  }
  const redis = new Redis(address, { lazyConnect: true, maxRetriesPerRequest: null, connectTimeout: 5_000 });
  // Told by what waits for it.
  redis.on("error", () => undefined);
  try {
    await redis.connect();
    await redis.ping();
    return redis;
  } catch (error) {
    redis.disconnect();
    const { host } = new URL(address);
    throw new Failure(
      `--queue: no Redis answers at ${host} (${(error as Error).message}). Start it, or mend the address.`,
    );
  }
}

/** Graders elsewhere: each submission is put on the queue, and its answer waited for. */
export class QueuedGraders implements Grader {
  readonly #queue: Queue;
  readonly #events: QueueEvents;
  readonly #assignmentHash: string;
  readonly #asked = new Set<Job>();
  #closed = false;

  constructor(redis: Redis, { assignment }: ReadAssignment) {
    const connection = redis as unknown as ConnectionOptions;
    this.#assignmentHash = assignment.hash;
    this.#queue = new Queue(QUEUE, { connection });
    this.#events = new QueueEvents(QUEUE, { connection });
    for (const each of [this.#queue, this.#events] as EventEmitter[]) {
      each.on("error", () => undefined);
      // One for each submission that is waited for.
      each.setMaxListeners(0);
    }
  }

  /** @throws Failure where a worker refuses it */
  async ask({ submission, stage, before }: GradingTask): Promise<GraderAnswer> {
    await this.#events.waitUntilReady();
    const task: QueuedTask = { assignmentHash: this.#assignmentHash, submission, stage, before };
    const jobId = digest(
      [task.assignmentHash, stage, submission.student.key, submission.source, submission.codeHash].join("\n"),
    );
    // One that failed before is asked again; one that is under way since a grading that was stopped is waited for.
    const old = await this.#queue.getJob(jobId);
    if (old !== undefined && (await old.isFailed())) await old.remove();
    const keep = { age: KEEP_S };
    const job = await this.#queue.add("grade", task, { jobId, removeOnComplete: keep, removeOnFail: keep });
    this.#asked.add(job);
    try {
      return await job.waitUntilFinished(this.#events);
    } catch (error) {
      if (this.#closed) return { failed: "it was stopped" };
      const { message } = error as Error;
      if (message.startsWith(REFUSED)) throw new Failure(message);
      return { failed: message };
    } finally {
      this.#asked.delete(job);
    }
  }

  /** Takes what nobody has begun from the queue. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await Promise.allSettled([...this.#asked].map((job) => job.remove()));
    await Promise.allSettled([this.#events.close(), this.#queue.close()]);
  }
}

const REFUSED = "A worker has another assignment";

export interface QueueWorker {
  /** Ends when the submissions that were begun are graded. */
  close(): Promise<void>;
}

/**
 * Takes submissions from the queue and grades them by the assignment and the hidden checks on this machine's own disk.
 *
 * @param onGraded told after each
 */
export function startWorker(
  redis: Redis,
  read: ReadAssignment,
  jobs: number,
  onGraded: (submission: Submission) => void,
): QueueWorker {
  const idle = Array.from({ length: jobs }, () => new GraderClient());
  const all = [...idle];
  const worker = new Worker<QueuedTask, GraderAnswer>(
    QUEUE,
    async ({ data }) => {
      const task = taskOf(data, read);
      const client = idle.pop() as GraderClient;
      try {
        return await client.ask(task);
      } finally {
        idle.push(client);
        onGraded(task.submission);
      }
    },
    {
      connection: redis as unknown as ConnectionOptions,
      concurrency: jobs,
      lockDuration: SILENCE_MS,
      stalledInterval: SILENCE_MS,
      maxStalledCount: MOST_DEATHS,
    },
  );
  worker.on("error", () => undefined);
  return {
    async close() {
      await worker.close();
      for (const client of all) client.close();
    },
  };
}

/** Holds what came over the queue to the assignment that is here. @throws UnrecoverableError where it is for another */
function taskOf(
  { assignmentHash, submission, stage, before }: QueuedTask,
  { assignment, exercises }: ReadAssignment,
): GradingTask {
  if (assignmentHash !== assignment.hash) {
    const [asked, own] = [assignmentHash, assignment.hash].map((hash) => String(hash).slice(0, 12));
    throw new UnrecoverableError(
      `${REFUSED} (${own} in the place of ${asked}). Give all workers the same files: the assignment, its hidden checks and the project's version.`,
    );
  }
  const at = assignment.exercises.findIndex(({ slug }) => slug === submission.exercise);
  if (at === -1 || submission.code.length > MAX_CODE_LENGTH || digest(submission.code) !== submission.codeHash) {
    throw new UnrecoverableError("what came over the queue is no submission of this assignment");
  }
  const exercise = { files: exercises[at], hidden: assignment.exercises[at].hidden };
  return { submission, exercise, seed: assignment.seed, stage, before };
}
