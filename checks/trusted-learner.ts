import { Worker } from "node:worker_threads";
import { CallFailure, type OpenedLearner, type PlaceLimits } from "../lab/grade/check.ts";
import type { Failure } from "../lab/sandbox/protocol.ts";
import type { Answer, Asked } from "./trusted-worker.ts";

/** How long reading a module and its top level may take, ms. */
const LOAD_LIMIT_MS = 10_000;
/** How much longer than its own limit a call is waited for, so that the guard's word, with the loop's line, comes first. */
const GRACE_MS = 500;

/** What the worker's own modules take of its heap. */
const OWN_HEAP_MIB = 32;

const KINDS = { syntax: "syntax", load: "load", run: "thrown", loop: "timeout" } as const;

/** Threads that wait for the next module: starting one takes longer than grading most code. */
const idle: Thread[] = [];

/** Roomy: what V8 itself takes for a small heap. */
const NO_LIMITS: PlaceLimits = { memoryMiB: 1024 };

/** A thread's heap is bounded when it starts, so it serves modules of one limit only. */
function takeIdle(memoryMiB: number): Thread | undefined {
  const index = idle.findIndex((thread) => thread.memoryMiB === memoryMiB);
  return index === -1 ? undefined : idle.splice(index, 1)[0];
}

/**
 * Loads code of ours in another thread, for the project's tests. A thread is no wall: a class's submissions need the
 * grader's processes.
 *
 * @throws CallFailure of kind `syntax` or `load`
 */
export async function openTrusted(code: string, { memoryMiB }: PlaceLimits = NO_LIMITS): Promise<OpenedLearner> {
  return openIn(takeIdle(memoryMiB) ?? new Thread(memoryMiB), code, (thread) => thread.release());
}

/** The same in a thread that nothing else runs in, before or after: for code that spoils what it runs in. */
export async function openAlone(code: string, { memoryMiB }: PlaceLimits = NO_LIMITS): Promise<OpenedLearner> {
  return openIn(new Thread(memoryMiB), code, (thread) => thread.end());
}

async function openIn(thread: Thread, code: string, leave: (thread: Thread) => void): Promise<OpenedLearner> {
  const loaded = await thread.ask({ code }, LOAD_LIMIT_MS);
  if ("failure" in loaded) {
    leave(thread);
    throw callFailure(loaded.failure);
  }
  return {
    exports: "exports" in loaded ? loaded.exports : [],
    close: () => leave(thread),
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

function whyEnded(error: Error & { code?: string }, memoryMiB: number): string {
  if (error.code !== "ERR_WORKER_OUT_OF_MEMORY") return `It ended its thread: ${error.message}`;
  return `It took more memory than the ${memoryMiB} MiB that the exercise allows: look for an array or a map that only grows.`;
}

interface Waiting {
  resolve(answer: Answer): void;
  reject(error: CallFailure): void;
}

/** Answers one question at a time, and is ended when no answer comes. */
class Thread {
  readonly memoryMiB: number;
  readonly #worker: Worker;
  #waiting: Waiting | undefined;
  #over: CallFailure | undefined;

  constructor(memoryMiB: number) {
    this.memoryMiB = memoryMiB;
    this.#worker = new Worker(new URL("./trusted-worker.ts", import.meta.url), {
      stdout: true,
      stderr: true,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: memoryMiB + OWN_HEAP_MIB },
    });
    this.#worker.on("message", (answer: Answer) => this.#settle()?.resolve(answer));
    this.#worker.on("error", (error) => this.#end(new CallFailure("ended", whyEnded(error, memoryMiB))));
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

  end(): void {
    this.#end(new CallFailure("ended", "It was closed."));
  }

  /** Keeps the thread for the next module; one that still computes is ended instead. */
  release(): void {
    if (this.#waiting !== undefined) this.#end(new CallFailure("ended", "It was closed."));
    if (this.#over !== undefined || idle.includes(this)) return;
    this.#worker.unref();
    idle.push(this);
  }
}
