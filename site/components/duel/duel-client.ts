import type { DuelAnswers, DuelQuestion } from "./duel-messages.ts";

type Reply = { answer: unknown } | { failed: string };

const makeDuelWorker = (): Worker => new Worker(new URL("./duel-worker.ts", import.meta.url), { type: "module" });

/** The worker of one instance, asked one question at a time: `Q` are its questions, `A` has the answer to each by its name. */
export class DuelClient<Q extends { ask: PropertyKey } = DuelQuestion, A = DuelAnswers> {
  readonly #worker: Worker;
  readonly #signal: AbortSignal;
  readonly #stop = (): void => {
    this.end();
    this.#fail?.(this.#signal.reason);
  };
  #succeed: ((reply: Reply) => void) | undefined;
  #fail: ((reason: unknown) => void) | undefined;

  /** @param signal ends the worker at once, whatever it does @throws the signal's reason where it came before */
  constructor(signal: AbortSignal, makeWorker: () => Worker = makeDuelWorker) {
    this.#worker = makeWorker();
    this.#signal = signal;
    signal.addEventListener("abort", this.#stop, { once: true });
    this.#worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => this.#succeed?.(data));
    this.#worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#fail?.(new Error(event.message || "the engine's code could not be loaded"));
    });
    if (signal.aborted) {
      this.end();
      throw signal.reason;
    }
  }

  /** @throws Error where the worker fails @throws the signal's reason where it came */
  async ask<K extends Q>(question: K): Promise<A[K["ask"] & keyof A]> {
    this.#signal.throwIfAborted();
    const reply = await new Promise<Reply>((resolve, reject) => {
      this.#succeed = resolve;
      this.#fail = reject;
      this.#worker.postMessage(question);
    });
    if ("failed" in reply) throw new Error(reply.failed);
    return reply.answer as A[K["ask"] & keyof A];
  }

  end(): void {
    this.#signal.removeEventListener("abort", this.#stop);
    this.#worker.terminate();
  }
}
