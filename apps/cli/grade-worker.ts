import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import type { Command } from "commander";
import { callersFolder } from "./callers-folder.ts";
import { readAssignment } from "./grade/assignment-file.ts";
import { readable } from "./grade/give/readable.ts";
import { jobsOf } from "./grade.ts";

interface WorkerFlags {
  queue: string;
  assignment: string;
  jobs: number;
}

/** Adds the command `grade-worker`: grades what another machine puts on a queue. */
export function addGradeWorker(program: Command): void {
  program
    .command("grade-worker")
    .summary("grade submissions that another machine puts on a queue")
    .description(
      "Takes submissions from a queue in Redis and grades them, until Ctrl-C. The assignment and its hidden checks are this machine's own; a submission for another assignment is refused.",
    )
    .requiredOption("-q, --queue <redis://…>", "where Redis is")
    .requiredOption("-a, --assignment <class.json>", "the same as hotpath grade is given")
    .option("-j, --jobs <number>", "submissions at a time (default: one for each core)", jobsOf, availableParallelism())
    .addHelpText("after", EXAMPLES)
    .action(work);
}

const EXAMPLES = `
Examples:
  npm run grade-worker -- --queue redis://grading.local:6379 --assignment class.json
  npm run grade -- submissions.zip --assignment class.json --out graded --queue redis://grading.local:6379

A worker that dies loses nothing: what it was grading is given to another. Who can write to that Redis can write grades, so let
nobody else reach it: a password, TLS (rediss://), a network of its own.
Exit codes: 0 stopped by Ctrl-C; 1 Redis or a file can't be read or used; 2 a wrong command line.`;

async function work({ queue, assignment, jobs }: WorkerFlags): Promise<void> {
  const read = await readAssignment(resolve(callersFolder("grade-worker"), assignment), assignment);
  // BullMQ is large, and only a queue needs it.
  const { connected, startWorker } = await import("./grade/run/grade-queue.ts");
  const redis = await connected(queue);
  const stopped = new Promise<void>((resolve) => {
    process.on("SIGINT", resolve);
    process.on("SIGTERM", resolve);
  });
  const tell = (text: string) => process.stderr.write(`${text}\n`);
  const worker = startWorker(redis, read, jobs, ({ source }) => tell(`graded ${readable(source, 200)}`));
  tell(`waiting for submissions, ${jobs} at a time; stop it by Ctrl-C`);
  await stopped;
  tell("stopping, when what was begun is graded");
  await worker.close();
  redis.disconnect();
}
