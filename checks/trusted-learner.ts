import { Worker } from "node:worker_threads";
import { transform } from "sucrase";
import { CallFailure, type OpenedLearner } from "../lab/grade/check.ts";

/** How long a module's own top level may take, ms. */
const LOAD_LIMIT_MS = 10_000;

interface Failure {
  message: string;
  line?: number;
}

interface Reply {
  exports?: string[];
  loadFailure?: Failure;
  value?: unknown;
  failure?: Failure;
}

/** Threads that wait for the next module: starting one takes longer than grading most code. */
const idle: Thread[] = [];

/**
 * Loads code of ours in another thread, for the project's tests. A thread is no wall: a class's submissions need the
 * grader's processes.
 *
 * @throws CallFailure of kind `syntax` or `load`
 */
export async function openTrusted(code: string): Promise<OpenedLearner> {
  const text = transpiled(code);
  const thread = idle.pop() ?? new Thread();
  const loaded = await thread.ask({ code: text }, LOAD_LIMIT_MS, "Its top level did not end.");
  if (loaded.loadFailure !== undefined) {
    thread.release();
    throw new CallFailure("load", loaded.loadFailure.message, loaded.loadFailure.line);
  }
  return {
    exports: loaded.exports ?? [],
    close: () => thread.release(),
    async call(name, args, timeoutMs) {
      const reply = await thread.ask({ name, args }, timeoutMs, `\`${name}\` took too long.`);
      if (reply.failure !== undefined) throw new CallFailure("thrown", reply.failure.message, reply.failure.line);
      return reply.value;
    },
  };
}

function transpiled(code: string): string {
  try {
    return transform(code, { transforms: ["typescript"], disableESTransforms: true }).code;
  } catch (error) {
    const { message, loc } = error as Error & { loc?: { line: number } };
    throw new CallFailure("syntax", message, loc?.line);
  }
}

interface Asked {
  resolve(reply: Reply): void;
  reject(error: CallFailure): void;
}

/** Answers one question at a time, and is ended when no answer comes. */
class Thread {
  readonly #worker = new Worker(new URL("./trusted-worker.ts", import.meta.url), {
    stdout: true,
    stderr: true,
    execArgv: [],
  });
  #asked: Asked | undefined;
  #over: CallFailure | undefined;

  constructor() {
    this.#worker.on("message", (reply: Reply) => this.#settle()?.resolve(reply));
    this.#worker.on("error", (error) => this.#end(new CallFailure("ended", `It ended its thread: ${error.message}`)));
    this.#worker.on("exit", () => this.#end(new CallFailure("ended", "It ended its own process.")));
  }

  ask(message: object, limitMs: number, late: string): Promise<Reply> {
    if (this.#over !== undefined) return Promise.reject(this.#over);
    this.#worker.ref();
    return new Promise<Reply>((resolve, reject) => {
      const timer = setTimeout(() => this.#end(new CallFailure("timeout", late)), limitMs);
      const settled = Promise.withResolvers<Reply>();
      settled.promise.then(resolve, reject).finally(() => clearTimeout(timer));
      this.#asked = settled;
      this.#worker.postMessage(message);
    });
  }

  #settle(): Asked | undefined {
    const asked = this.#asked;
    this.#asked = undefined;
    return asked;
  }

  #end(failure: CallFailure): void {
    this.#over ??= failure;
    this.#settle()?.reject(this.#over);
    void this.#worker.terminate();
  }

  /** Keeps the thread for the next module; one that still computes is ended instead. */
  release(): void {
    if (this.#asked !== undefined) this.#end(new CallFailure("ended", "It was closed."));
    if (this.#over !== undefined || idle.includes(this)) return;
    this.#worker.unref();
    idle.push(this);
  }
}
