import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { GradingTask } from "./grade-submission.ts";
import type { GraderAnswer } from "./grader.ts";

const program = fileURLToPath(new URL("grader.ts", import.meta.url));

/** A check's time is counted anew while a failing case is made smaller, ten times as long; and places take time to open. */
const LONGEST = 12;
const OVERHEAD_MS = 60_000;

/** Who judges one submission's stage, here or elsewhere. */
export interface Grader {
  /** @returns what it found, or why it could not */
  ask(task: GradingTask): Promise<GraderAnswer>;
  close(): void | Promise<void>;
}

/** One grader's process, which is started when it is first asked, and again after it has broken down. */
export class GraderClient implements Grader {
  #child: ChildProcess | undefined;

  /** @returns what it found, or why it could not */
  async ask(question: GradingTask): Promise<GraderAnswer> {
    const child = this.#child ?? this.#start();
    const answered = Promise.withResolvers<GraderAnswer>();
    const onExit = () => answered.resolve({ failed: "the grader's process broke down" });
    const onTime = () => {
      this.close();
      answered.resolve({ failed: "grading it took longer than all its checks may together" });
    };
    const timer = setTimeout(onTime, mostMs(question));
    child.once("message", answered.resolve);
    child.once("exit", onExit);
    child.send(question, (error) => error !== null && onExit());
    try {
      return await answered.promise;
    } finally {
      clearTimeout(timer);
      child.removeListener("message", answered.resolve);
      child.removeListener("exit", onExit);
    }
  }

  /** Ends it, and with it whatever of a submission still runs. */
  close(): void {
    const child = this.#child;
    this.#child = undefined;
    if (child?.connected) child.disconnect();
    // A grader that is busy does not hear of it.
    const timer = setTimeout(() => child?.kill("SIGKILL"), 2_000);
    child?.once("exit", () => clearTimeout(timer));
    timer.unref();
  }

  #start(): ChildProcess {
    const child = fork(program, [], {
      execArgv: [],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      // Ctrl-C is for who asks it.
      detached: process.platform !== "win32",
    });
    child.once("exit", () => {
      if (this.#child === child) this.#child = undefined;
    });
    // What is sent to one that has gone is told by its exit.
    child.on("error", () => undefined);
    this.#child = child;
    return child;
  }
}

function mostMs({ exercise: { files, hidden } }: GradingTask): number {
  const checks = files.manifest.checks.length + (hidden?.checks.length ?? 0);
  return checks * files.manifest.limits.timeMs * LONGEST + OVERHEAD_MS;
}
