/** The page on which the sandbox is tried: nothing but the sandbox, within reach of the test. */

import type { RunRequest } from "../../../lab/sandbox/protocol.ts";
import { createSandbox, learnerOpener, type SandboxMessage } from "../index.ts";

const sandbox = createSandbox();

const request: RunRequest = { engines: ["typescript", "rust-wasm"], seed: 7, profile: "std", orders: 20_000 };

/** What a run told, and how late the page's own timers were meanwhile. */
export interface TrialRun {
  messages: SandboxMessage[];
  /** The longest wait of a timer of 10 ms, ms. */
  lagMs: number;
}

const trial = {
  isolated: globalThis.crossOriginIsolated,
  /** Runs to the end. @param stopAfterMs presses Stop so long after the first progress, or after the start where there is none */
  run(code: string, change: Partial<RunRequest> = {}, stopAfterMs?: number): Promise<TrialRun> {
    return new Promise((resolve) => {
      const messages: SandboxMessage[] = [];
      const lag = new Lag();
      const handle = sandbox.run(code, { ...request, ...change }, (message) => {
        messages.push(message);
        if (message.kind === "report" || message.kind === "failed" || message.kind === "stopped") {
          resolve({ messages, lagMs: lag.stop() });
        }
      });
      if (stopAfterMs !== undefined) setTimeout(() => handle.stop(), stopAfterMs);
    });
  },
  /** Calls an export of a module, and says what came of it. */
  async call(code: string, name: string, args: unknown[], timeoutMs = 2000) {
    const logs: string[] = [];
    const open = learnerOpener(sandbox, (message) => {
      if (message.kind === "log") logs.push(message.text);
    });
    try {
      const learner = await open(code);
      try {
        return { value: await learner.call(name, args, timeoutMs), logs };
      } finally {
        learner.close();
      }
    } catch (error) {
      const { kind, message, line } = error as { kind: string; message: string; line?: number };
      return { kind, message, line, logs };
    }
  },
  frames: () => document.querySelectorAll("iframe").length,
};

class Lag {
  #last = performance.now();
  #longest = 0;
  readonly #timer = setInterval(() => this.#look(), 10);

  stop(): number {
    this.#look();
    clearInterval(this.#timer);
    return this.#longest;
  }

  #look(): void {
    const now = performance.now();
    this.#longest = Math.max(this.#longest, now - this.#last - 10);
    this.#last = now;
  }
}

declare global {
  interface Window {
    trial: typeof trial;
  }
}

window.trial = trial;
