import { Worker } from "node:worker_threads";
import { Failure } from "../failure.ts";

/** The user stopped the bench. */
export class Stopped extends Error {
  override name = "Stopped";
}

/** What a worker replies to a question. */
type Reply = { answer: unknown } | { failed: string };

/** A worker that is asked one question at a time, and answers each with what `Answers` has under its name. */
export class WorkerClient<Answers extends object, Question extends { ask: keyof Answers }> {
  readonly #worker: Worker;
  readonly #name: string;
  readonly #signal: AbortSignal;
  #settle: ((reply: Reply) => void) | undefined;

  /**
   * @param module the worker's code, a file beside this one
   * @param name what the worker measures, for messages
   * @param signal stops what is under way
   */
  constructor(module: string, name: string, signal: AbortSignal) {
    signal.throwIfAborted();
    this.#name = name;
    this.#signal = signal;
    this.#worker = new Worker(new URL(module, import.meta.url), { execArgv: [] });
    this.#worker.on("message", (reply: Reply) => this.#settle?.(reply));
    this.#worker.on("error", (error) => this.#settle?.({ failed: String((error as Error)?.message ?? error) }));
    this.#worker.on("exit", () => this.#settle?.({ failed: "its worker ended too early" }));
  }

  /** @throws Failure where the worker fails, Stopped where the signal came */
  async ask<Q extends Question>(question: Q): Promise<Answers[Q["ask"]]> {
    const stop = () => this.#settle?.({ failed: "stopped" });
    const replied = new Promise<Reply>((resolve) => {
      this.#settle = resolve;
    });
    this.#signal.addEventListener("abort", stop, { once: true });
    if (this.#signal.aborted) stop();
    this.#worker.postMessage(question);
    const reply = await replied;
    this.#signal.removeEventListener("abort", stop);
    this.#settle = undefined;
    this.#signal.throwIfAborted();
    if ("failed" in reply) throw new Failure(`${this.#name} failed: ${reply.failed}`);
    return reply.answer as Answers[Q["ask"]];
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}
