import { CallFailure, type FailureKind } from "../../lab/grade/check.ts";
import type { Failure, FromWorker } from "../../lab/sandbox/protocol.ts";
import type { Source } from "../../lab/sandbox/source-files.ts";
import type { ModuleHandle, SandboxMessage } from "./api.ts";
import { Guest, type GuestPart } from "./guest.ts";
import type { SandboxFrame } from "./sandbox-frame.ts";

/** How much longer than its own limit a call is waited for, so that the guard's word, with the loop's line, comes first. */
const GRACE_MS = 500;

interface OpenCall {
  resolve(value: unknown): void;
  reject(failure: CallFailure): void;
  timer: ReturnType<typeof setTimeout>;
}

/** A reader's module whose exports are called from the page. */
export class ModuleGuest implements ModuleHandle, GuestPart {
  readonly exports: Promise<readonly string[]>;
  readonly #code: Source;
  readonly #guest: Guest;
  readonly #onEnded: () => void;
  readonly #calls = new Map<number, OpenCall>();
  readonly #loaded = Promise.withResolvers<readonly string[]>();
  #lastCall = 0;
  #failure = new CallFailure("ended", "The module was closed.");

  constructor(
    code: Source,
    frame: Promise<SandboxFrame>,
    onMessage: (message: SandboxMessage) => void,
    onEnded: () => void,
  ) {
    this.#code = code;
    this.#onEnded = onEnded;
    this.exports = this.#loaded.promise;
    // Who doesn't ask for the exports hears of the failure by a message.
    this.exports.catch(() => {});
    this.#guest = new Guest(this, frame, onMessage);
  }

  async call(name: string, args: readonly unknown[], timeoutMs: number): Promise<unknown> {
    await this.exports;
    if (this.#guest.over) throw this.#failure;
    const call = ++this.#lastCall;
    const timer = setTimeout(() => {
      this.#guest.stop("timeout", `The call of ${name} took longer than ${timeoutMs / 1000} s.`);
    }, timeoutMs + GRACE_MS);
    const answer = new Promise((resolve, reject) => this.#calls.set(call, { resolve, reject, timer }));
    this.#guest.send({ kind: "call", call, name, args: [...args], timeoutMs });
    return answer;
  }

  close(): void {
    this.#guest.close();
  }

  async load() {
    return { kind: "load" as const, code: this.#code, artefacts: {} };
  }

  take(message: FromWorker, guest: Guest): "go on" | "done" | "forged" {
    switch (message.kind) {
      case "loaded":
        // From here on it is quiet until it is called, and each call has its own limit.
        guest.expectWord(false);
        guest.tell(message);
        this.#loaded.resolve(message.exports);
        return "go on";
      case "returned":
        return this.#settle(message.call, (open) => open.resolve(message.value));
      case "threw": {
        const kind = message.missing ? "missing" : "thrown";
        return this.#settle(message.call, (open) => open.reject(new CallFailure(kind, message.message, message.line)));
      }
      case "failed":
        return "done";
      default:
        return "forged";
    }
  }

  ended(last: SandboxMessage | undefined): void {
    this.#failure = failureOf(last);
    this.#loaded.reject(this.#failure);
    for (const { timer, reject } of this.#calls.values()) {
      clearTimeout(timer);
      reject(this.#failure);
    }
    this.#calls.clear();
    this.#onEnded();
  }

  #settle(call: number, how: (open: OpenCall) => void): "go on" | "forged" {
    const open = this.#calls.get(call);
    if (open === undefined) return "forged";
    this.#calls.delete(call);
    clearTimeout(open.timer);
    how(open);
    return "go on";
  }
}

const KINDS: Record<Failure["phase"], FailureKind> = { syntax: "syntax", load: "load", run: "ended", loop: "timeout" };

function failureOf(last: SandboxMessage | undefined): CallFailure {
  if (last?.kind === "failed") return new CallFailure(KINDS[last.phase], last.message, last.line);
  if (last?.kind !== "stopped") return new CallFailure("ended", "The module was closed.");
  const kind = last.reason === "timeout" || last.reason === "silence" ? "timeout" : "ended";
  return new CallFailure(kind, last.message, last.line);
}
