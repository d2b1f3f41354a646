import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { CallFailure } from "../../../../lab/grade/check.ts";
import { AnswerReader, UnusableAnswer } from "./answer-reader.ts";
import { type Answer, type Asked, TOKEN_BYTES } from "./asked.ts";
import { plainBytes } from "./plain-bytes.ts";
import { commandOf } from "./process-command.ts";
import { lookEveryMs, residentMiB } from "./resident-memory.ts";

/** What Deno itself holds, with room for the code that it compiles, MiB. */
const OWN_MIB = 160;
/** What a process may write where its errors go: more is a flood, bytes. */
const MOST_ERRORS_BYTES = 2 ** 18;

/** Where processes of submissions stand. */
export interface Ground {
  /** An empty folder. */
  folder: string;
  /** Deno's own cache. */
  cache: string;
}

/** What a process did that it should not have, told beside its grade. */
export type Misdeed = "channel" | "flood" | "memory";

interface Waiting {
  resolve(answer: Answer): void;
  reject(failure: CallFailure): void;
}

/**
 * One process, for one loading of one submission's code. It answers one question at a time; whatever else it does ends it,
 * with all of its group.
 */
export class SubmissionProcess {
  readonly memoryMiB: number;
  /** Names in `TOLD` that the code reached for, as the process says. */
  readonly tried = new Set<string>();
  readonly misdeeds = new Set<Misdeed>();
  readonly #child: ChildProcess;
  readonly #reader: AnswerReader;
  #waiting: Waiting | undefined;
  #number = 0;
  #errors = "";
  #over: CallFailure | undefined;
  #look: NodeJS.Timeout | undefined;

  constructor(memoryMiB: number, ground: Ground) {
    this.memoryMiB = memoryMiB;
    const token = randomBytes(TOKEN_BYTES);
    this.#reader = new AnswerReader(token);
    const { program, args, environment } = commandOf(memoryMiB, ground);
    this.#child = spawn(program, args, {
      cwd: ground.folder,
      env: environment,
      stdio: ["pipe", "pipe", "pipe"],
      // Of its own group, so that all of it can be ended, and so that Ctrl-C reaches the grader alone.
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    this.#child.on("error", (error) =>
      this.#end(new CallFailure("ended", `Its process didn't start: ${error.message}`)),
    );
    this.#child.on("close", (code) => this.#end(this.#whyGone(code)));
    this.#child.stdout?.on("data", (bytes: Buffer) => this.#take(bytes));
    this.#child.stderr?.on("data", (bytes: Buffer) => this.#takeErrors(bytes));
    // Who has gone can't be written to: its end is told by `close`.
    this.#child.stdin?.on("error", () => undefined);
    this.#child.stdin?.write(token);
    this.#unref();
  }

  /** @throws CallFailure where no answer comes: of kind `timeout` after `limitMs`, else `ended` */
  ask(asked: Asked, limitMs: number): Promise<Answer> {
    if (this.#over !== undefined) return Promise.reject(this.#over);
    const value = plainBytes(asked, 8);
    const head = new DataView(value.buffer, value.byteOffset);
    head.setUint32(0, value.length - 8, true);
    head.setUint32(4, ++this.#number, true);
    const waiting = Promise.withResolvers<Answer>();
    this.#waiting = waiting;
    const timer = setTimeout(() => this.#end(new CallFailure("timeout", "It took too long.")), limitMs);
    this.#watchMemory();
    this.#child.stdin?.write(value);
    return waiting.promise.finally(() => {
      clearTimeout(timer);
      clearTimeout(this.#look);
    });
  }

  get isOver(): boolean {
    return this.#over !== undefined;
  }

  close(): void {
    this.#end(new CallFailure("ended", "It was closed."));
  }

  #take(bytes: Buffer): void {
    if (this.#over !== undefined) return;
    try {
      for (const { number, answer, tried } of this.#reader.read(bytes)) {
        if (this.#waiting === undefined || number !== this.#number)
          throw new UnusableAnswer("An answer to no question.");
        for (const name of tried) this.tried.add(name);
        const waiting = this.#waiting;
        this.#waiting = undefined;
        waiting.resolve(answer);
      }
    } catch (error) {
      if (!(error instanceof UnusableAnswer)) throw error;
      this.misdeeds.add("channel");
      this.#end(new CallFailure("ended", "It wrote to the grader's channel, and was stopped."));
    }
  }

  #takeErrors(bytes: Buffer): void {
    if (this.#errors.length > MOST_ERRORS_BYTES) {
      this.misdeeds.add("flood");
      this.#end(new CallFailure("ended", "It wrote without end, and was stopped."));
    } else this.#errors += bytes.toString("latin1");
  }

  /** Array buffers and Wasm's memory are outside of what the heap's limit counts. */
  #watchMemory(): void {
    const everyMs = lookEveryMs();
    const pid = this.#child.pid;
    if (everyMs === undefined || pid === undefined) return;
    const look = async (): Promise<void> => {
      const held = await residentMiB(pid);
      if (this.#waiting === undefined || this.#over !== undefined) return;
      if (held !== undefined && held > this.memoryMiB + OWN_MIB) this.#end(this.#tooMuchMemory());
      else this.#look = setTimeout(look, everyMs);
    };
    this.#look = setTimeout(look, everyMs);
  }

  #tooMuchMemory(): CallFailure {
    this.misdeeds.add("memory");
    const message = `It took more memory than the ${this.memoryMiB} MiB that the exercise allows: look for an array or a map that only grows.`;
    return new CallFailure("ended", message);
  }

  #whyGone(code: number | null): CallFailure {
    if (/out of memory|Failed to reserve|memory allocation of/i.test(this.#errors)) return this.#tooMuchMemory();
    if (/Top-level await promise never resolved/.test(this.#errors)) {
      return new CallFailure("ended", "It waits for a promise that nothing will ever keep.");
    }
    const how = code === null || code > 1 ? "Its process broke down." : "It ended its own process.";
    return new CallFailure("ended", how);
  }

  #end(failure: CallFailure): void {
    if (this.#over !== undefined) return;
    this.#over = failure;
    this.#kill();
    this.#waiting?.reject(failure);
    this.#waiting = undefined;
  }

  #kill(): void {
    const { pid } = this.#child;
    if (pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    try {
      // Of the whole group, where there are groups.
      if (process.platform === "win32") this.#child.kill("SIGKILL");
      else process.kill(-pid, "SIGKILL");
    } catch {
      this.#child.kill("SIGKILL");
    }
  }

  /** A process that only waits keeps the grader from ending no more than its own pipes do. */
  #unref(): void {
    this.#child.unref();
    for (const stream of this.#child.stdio) (stream as { unref?(): void } | null)?.unref?.();
  }
}
