import type { DuelAnswers, DuelQuestion, DuelReply } from "./duel-messages.ts";

/** The worker of one instance, asked one question at a time. */
export class DuelClient {
  readonly #worker = new Worker(new URL("./duel-worker.ts", import.meta.url), { type: "module" });
  readonly #signal: AbortSignal;
  readonly #stop = (): void => {
    this.end();
    this.#fail?.(this.#signal.reason);
  };
  #succeed: ((reply: DuelReply) => void) | undefined;
  #fail: ((reason: unknown) => void) | undefined;

  /** @param signal ends the worker at once, whatever it does @throws the signal's reason where it came before */
  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener("abort", this.#stop, { once: true });
    this.#worker.addEventListener("message", ({ data }: MessageEvent<DuelReply>) => this.#succeed?.(data));
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
  async ask<Q extends DuelQuestion>(question: Q): Promise<DuelAnswers[Q["ask"]]> {
    this.#signal.throwIfAborted();
    const reply = await new Promise<DuelReply>((resolve, reject) => {
      this.#succeed = resolve;
      this.#fail = reject;
      this.#worker.postMessage(question);
    });
    if ("failed" in reply) throw new Error(reply.failed);
    return reply.answer as DuelAnswers[Q["ask"]];
  }

  end(): void {
    this.#signal.removeEventListener("abort", this.#stop);
    this.#worker.terminate();
  }
}
