import { Worker } from "node:worker_threads";
import { CallFailure, type OpenedLearner } from "../lab/grade/check.ts";
import type { Failure } from "../lab/sandbox/protocol.ts";
import type { Answer, Asked } from "./trusted-worker.ts";

/** How long reading a module and its top level may take, ms. */
const LOAD_LIMIT_MS = 10_000;
/** How much longer than its own limit a call is waited for, so that the guard's word, with the loop's line, comes first. */
const GRACE_MS = 500;

const KINDS = { syntax: "syntax", load: "load", run: "thrown", loop: "timeout" } as const;

/** Threads that wait for the next module: starting one takes longer than grading most code. */
const idle: Thread[] = [];

/**
 * Loads code of ours in another thread, for the project's tests. A thread is no wall: a class's submissions need the
 * grader's processes.
 *
 * @throws CallFailure of kind `syntax` or `load`
 */
export async function openTrusted(code: string): Promise<OpenedLearner> {
  const thread = idle.pop() ?? new Thread();
  const loaded = await thread.ask({ code }, LOAD_LIMIT_MS);
  if ("failure" in loaded) {
    thread.release();
    throw callFailure(loaded.failure);
  }
  return {
    exports: "exports" in loaded ? loaded.exports : [],
    close: () => thread.release(),
    async call(name, args, timeoutMs) {
      const answer = await thread.ask({ name, args: [...args], timeoutMs }, timeoutMs + GRACE_MS);
      if ("failure" in answer) throw callFailure(answer.failure);
      return "value" in answer ? answer.value : undefined;
    },
  };
}

function callFailure({ phase, message, line }: Failure): CallFailure {
  return new CallFailure(KINDS[phase], message, line);
}

interface Waiting {
  resolve(answer: Answer): void;
  reject(error: CallFailure): void;
}

/** Answers one question at a time, and is ended when no answer comes. */
class Thread {
  readonly #worker = new Worker(new URL("./trusted-worker.ts", import.meta.url), {
    stdout: true,
    stderr: true,
    execArgv: [],
  });
  #waiting: Waiting | undefined;
  #over: CallFailure | undefined;

  constructor() {
    this.#worker.on("message", (answer: Answer) => this.#settle()?.resolve(answer));
    this.#worker.on("error", (error) => this.#end(new CallFailure("ended", `It ended its thread: ${error.message}`)));
    this.#worker.on("exit", () => this.#end(new CallFailure("ended", "It ended its own process.")));
  }

  ask(asked: Asked, limitMs: number): Promise<Answer> {
    if (this.#over !== undefined) return Promise.reject(this.#over);
    this.#worker.ref();
    const waiting = Promise.withResolvers<Answer>();
    const timer = setTimeout(() => this.#end(new CallFailure("timeout", "It took too long.")), limitMs);
    this.#waiting = waiting;
    this.#worker.postMessage(asked);
    return waiting.promise.finally(() => clearTimeout(timer));
  }

  #settle(): Waiting | undefined {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    return waiting;
  }

  #end(failure: CallFailure): void {
    this.#over ??= failure;
    this.#settle()?.reject(this.#over);
    void this.#worker.terminate();
  }

  /** Keeps the thread for the next module; one that still computes is ended instead. */
  release(): void {
    if (this.#waiting !== undefined) this.#end(new CallFailure("ended", "It was closed."));
    if (this.#over !== undefined || idle.includes(this)) return;
    this.#worker.unref();
    idle.push(this);
  }
}
