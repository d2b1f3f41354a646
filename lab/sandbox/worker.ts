/**
 * The worker that runs a reader's code: a classic worker, because an opaque origin can have no other. It gets one port
 * with its first message, and talks through that alone; the reader's code never holds the port.
 *
 * What it needs of the platform it takes before the reader's code can change it.
 */

import type { ReadArtefact } from "../../engines/contract/engine.ts";
import { moduleAddress } from "../../engines/contract/import-bytes.ts";
import type { Strategy } from "../market/strategy.ts";
import { BoundedConsole } from "./bounded-console.ts";
import { thrownText } from "./error-place.ts";
import { lockDown } from "./lockdown.ts";
import { LoopGuard } from "./loop-guard.ts";
import { GUARD_NAME } from "./loop-guards.ts";
import { Outbox } from "./outbox.ts";
import { encodePlain } from "./plain-values.ts";
import type { Failure, RunRequest, ToWorker } from "./protocol.ts";
import { type ModuleExports, ReaderModule } from "./reader-module.ts";
import { runComparison } from "./run-comparison.ts";
import type { Source } from "./source-files.ts";
import { strategyOf } from "./strategy-export.ts";

/** What one callback, or a file's top level, may take in loops. */
const CALLBACK_LIMIT_MS = 1000;

/** Somewhat less than the frame's bound, because the message has other parts. */
const MAX_RETURNED_LENGTH = 4_000_000;

const now = performance.now.bind(performance);
const listen = globalThis.addEventListener.bind(globalThis);
const pauseChannel = new MessageChannel();
const resume = pauseChannel.port1.postMessage.bind(pauseChannel.port1);

listen("message", (event) => start(event.ports[0]), { once: true });

function start(port: MessagePort): void {
  const worker = new ReaderWorker(port.postMessage.bind(port));
  port.onmessage = ({ data }) => void worker.take(data as ToWorker);
  listen("unhandledrejection", ({ reason }) => worker.fail("run", reason));
  listen("error", ({ error }) => worker.fail("run", error));
  worker.prepare();
}

class ReaderWorker {
  readonly #console = new BoundedConsole(() => this.#module?.runningPlace());
  readonly #outbox: Outbox;
  readonly #guard: LoopGuard;
  #module: ReaderModule | undefined;
  #exports: ModuleExports = {};
  #artefacts: Record<string, Uint8Array<ArrayBuffer>> = {};
  #linesSent = 0;

  constructor(post: (text: string) => void) {
    this.#outbox = new Outbox(post, this.#console);
    // Told at once: the reader's code may catch what the guard throws.
    this.#guard = new LoopGuard(now, (error) => this.fail("run", error));
  }

  /** Makes the realm what a reader's code may have, and says that it is ready. */
  prepare(): void {
    define("console", Object.freeze(this.#consoleThatIsSent()));
    define(GUARD_NAME, (line: number, file?: string) => this.#guard.turn(line, file));
    lockDown(globalThis);
    this.#outbox.send({ kind: "ready" });
  }

  async take(message: ToWorker): Promise<void> {
    if (message.kind === "load") await this.#load(message.code, message.artefacts);
    else if (message.kind === "run") await this.#run(message.request, message.recording);
    else await this.#call(message);
  }

  fail(phase: Failure["phase"] & ("load" | "run"), error: unknown): void {
    const failure = this.#module?.failureOf(phase, error);
    this.#outbox.send(failure ?? { kind: "failed", phase, message: thrownText(error) });
  }

  async #load(code: Source, artefacts: Record<string, Uint8Array<ArrayBuffer>>): Promise<void> {
    this.#artefacts = artefacts;
    const module = ReaderModule.read(code, moduleAddress);
    if (!(module instanceof ReaderModule)) return this.#outbox.send(module);
    this.#module = module;
    try {
      this.#guard.begin(CALLBACK_LIMIT_MS);
      this.#exports = await module.instance();
    } catch (error) {
      return this.fail("load", error);
    }
    this.#outbox.send({ kind: "loaded", exports: Object.keys(this.#exports).slice(0, 100) });
  }

  async #run(request: RunRequest, recording: Uint8Array | undefined): Promise<void> {
    refuseChance();
    try {
      const report = await runComparison(request, {
        now,
        isolated: globalThis.crossOriginIsolated,
        readArtefact: this.#readArtefact,
        recording,
        newStrategy: (heard) => this.#newStrategy(heard),
        send: (message) => this.#outbox.send(message),
        pause,
      });
      this.#outbox.send(report);
    } catch (error) {
      this.fail("run", error);
    }
  }

  async #newStrategy(heard: boolean): Promise<Strategy> {
    this.#console.heard = heard;
    this.#guard.begin(CALLBACK_LIMIT_MS);
    let strategy: Strategy;
    try {
      // The first instance is there since the load.
      strategy = strategyOf(heard ? this.#exports : await (this.#module as ReaderModule).instance());
    } catch (error) {
      this.fail("load", error);
      throw error;
    }
    const enter = () => {
      this.#console.heard = heard;
      this.#guard.begin(CALLBACK_LIMIT_MS);
    };
    return guardedStrategy(strategy, enter);
  }

  async #call({ call, name, args, timeoutMs }: Extract<ToWorker, { kind: "call" }>): Promise<void> {
    const called = Object.hasOwn(this.#exports, name) ? this.#exports[name] : undefined;
    if (typeof called !== "function") {
      const message = `The file exports no function named ${name}.`;
      return this.#outbox.send({ kind: "threw", call, missing: true, message });
    }
    this.#guard.begin(timeoutMs);
    try {
      const value: unknown = await called(...args);
      this.#outbox.send({ kind: "returned", call, value: encodeReturned(name, value) });
    } catch (error) {
      const failure = (this.#module as ReaderModule).failureOf("run", error);
      if (failure.phase === "loop") return this.#outbox.send(failure);
      const { message, line, file } = failure;
      const place = { ...(line !== undefined && { line }), ...(file !== undefined && { file }) };
      this.#outbox.send({ kind: "threw", call, missing: false, message, ...place });
    }
  }

  readonly #readArtefact: ReadArtefact = async (path) => {
    if (!Object.hasOwn(this.#artefacts, path)) throw new Error(`The page did not hand over ${path}.`);
    return this.#artefacts[path];
  };

  /** So that lines are seen while a callback still runs. */
  #consoleThatIsSent(): Record<string, (...values: unknown[]) => void> {
    const methods = this.#console.methods();
    for (const [name, write] of Object.entries(methods)) {
      methods[name] = (...values) => {
        write(...values);
        const time = now();
        if (time - this.#linesSent < 100) return;
        this.#linesSent = time;
        this.#outbox.sendLines();
      };
    }
    return methods;
  }
}

function guardedStrategy(strategy: Strategy, enter: () => void): Strategy {
  const guarded: Strategy = {};
  if (strategy.onStart !== undefined) {
    guarded.onStart = (market) => {
      enter();
      return strategy.onStart?.(market);
    };
  }
  if (strategy.onBook !== undefined) {
    guarded.onBook = (book, market) => {
      enter();
      return strategy.onBook?.(book, market);
    };
  }
  if (strategy.onFill !== undefined) {
    guarded.onFill = (fill, market) => {
      enter();
      return strategy.onFill?.(fill, market);
    };
  }
  if (strategy.onReject !== undefined) {
    guarded.onReject = (orderId, reason, market) => {
      enter();
      return strategy.onReject?.(orderId, reason, market);
    };
  }
  if (strategy.onTimer !== undefined) {
    guarded.onTimer = (timer, market) => {
      enter();
      return strategy.onTimer?.(timer, market);
    };
  }
  return guarded;
}

/** @throws TypeError for the reader, where the value can't be carried or is larger than the frame lets through */
function encodeReturned(name: string, value: unknown): unknown {
  let plain: unknown;
  try {
    plain = encodePlain(value);
  } catch (error) {
    throw new TypeError(`${name} returned ${(error as Error).message}.`);
  }
  if (JSON.stringify(plain).length > MAX_RETURNED_LENGTH) {
    throw new TypeError(`${name} returned more than the page takes: 4 million characters as JSON.`);
  }
  return plain;
}

/** A strategy that draws lots itself would do something else on each engine. */
function refuseChance(): void {
  Math.random = () => {
    throw new Error("Math.random() gives other numbers on each engine and in each run. Use market.random().");
  };
}

function pause(): Promise<void> {
  return new Promise((resolve) => {
    pauseChannel.port2.onmessage = () => resolve();
    resume(null);
  });
}

function define(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, writable: false, configurable: false, enumerable: false });
}
