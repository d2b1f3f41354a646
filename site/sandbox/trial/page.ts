/** The page on which the sandbox is tried: nothing but the sandbox, within reach of the test. */

import type { RunRequest } from "../../../lab/sandbox/protocol.ts";
import { FrameSandbox } from "../frame-sandbox.ts";
import { createSandbox, learnerOpener, type Sandbox, type SandboxMessage } from "../index.ts";
import { SandboxFrame } from "../sandbox-frame.ts";

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
    return runIn(sandbox, code, { ...request, ...change }, stopAfterMs);
  },
  /** Runs with another script in the place of the worker's: what a reader's code could do at most, had it all to itself. */
  async runHostile(workerText: string): Promise<TrialRun> {
    const hostile = new FrameSandbox(() => SandboxFrame.start(workerText));
    try {
      return await runIn(hostile, "", request);
    } finally {
      hostile.close();
    }
  },
  /** What a script in the worker's place says after its first word, parsed. */
  async hear(workerText: string): Promise<unknown> {
    const frame = await SandboxFrame.start(workerText);
    try {
      return await new Promise((resolve) => {
        frame.listener = {
          onText: (text) => resolve(JSON.parse(text)),
          onNote: (note) => {
            if (note !== "alive") resolve(note);
          },
        };
        frame.send({ kind: "load", code: "", artefacts: {} });
      });
    } finally {
      frame.remove();
    }
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
  /** Calls an export with 0, 1, 2 … @returns the sum of what it gave */
  async callOften(code: string, name: string, times: number): Promise<number> {
    const learner = await learnerOpener(sandbox)(code);
    let sum = 0;
    for (let i = 0; i < times; i++) sum += (await learner.call(name, [i], 2000)) as number;
    learner.close();
    return sum;
  },
  frames: () => document.querySelectorAll("iframe").length,
};

function runIn(where: Sandbox, code: string, wanted: RunRequest, stopAfterMs?: number): Promise<TrialRun> {
  return new Promise((resolve) => {
    const messages: SandboxMessage[] = [];
    const lag = new Lag();
    const handle = where.run(code, wanted, (message) => {
      messages.push(message);
      if (message.kind === "report" || message.kind === "failed" || message.kind === "stopped") {
        resolve({ messages, lagMs: lag.stop() });
      }
    });
    if (stopAfterMs !== undefined) setTimeout(() => handle.stop(), stopAfterMs);
  });
}

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
