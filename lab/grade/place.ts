import { CallFailure, type Learner, type OpenedLearner, type OpenLearner, type PlaceLimits } from "./check.ts";

/** How long a check may go on: its calls together. What a host takes to open a place is not the learner's time. */
export class Deadline {
  readonly limitMs: number;
  #at: number;

  constructor(limitMs: number) {
    this.limitMs = limitMs;
    this.#at = performance.now() + limitMs;
  }

  get leftMs(): number {
    return this.#at - performance.now();
  }

  /** Begins anew with so many limits' time. */
  restart(limits: number): void {
    this.#at = performance.now() + limits * this.limitMs;
  }

  /** Waits for what doesn't count. */
  async without<T>(waiting: Promise<T>): Promise<T> {
    const began = performance.now();
    try {
      return await waiting;
    } finally {
      this.#at += performance.now() - began;
    }
  }
}

/** Where a file's code is loaded: at first use, and afresh after it was ended. */
export class Place {
  readonly #code: string;
  readonly #open: OpenLearner;
  readonly #limits: PlaceLimits;
  #opened: Promise<OpenedLearner> | undefined;
  #closed = false;

  constructor(code: string, open: OpenLearner, limits: PlaceLimits) {
    this.#code = code;
    this.#open = open;
    this.#limits = limits;
  }

  async learner(deadline: Deadline): Promise<Learner> {
    this.#opened ??= this.#open(this.#code, this.#limits);
    const opened = await deadline.without(this.#opened);
    const { limitMs } = deadline;
    if (this.#closed) opened.close();
    return {
      exports: opened.exports,
      call: async (name, ...args) => {
        if (!opened.exports.includes(name)) throw new CallFailure("missing", missing(name, opened.exports));
        const { leftMs } = deadline;
        if (leftMs <= 0) throw this.#drop(new CallFailure("timeout", tooLong(limitMs)));
        try {
          return await opened.call(name, args, Math.ceil(leftMs));
        } catch (failure) {
          if (!(failure instanceof CallFailure)) throw failure;
          if (failure.kind === "timeout")
            throw this.#drop(new CallFailure("timeout", tooLong(limitMs, name, failure.line), failure.line));
          throw failure.kind === "ended" ? this.#drop(failure) : failure;
        }
      },
    };
  }

  /** Leaves the ended place, so that the next check opens another. */
  #drop(failure: CallFailure): CallFailure {
    this.#release();
    return failure;
  }

  #release(): void {
    this.#opened?.then(
      (opened) => opened.close(),
      () => undefined,
    );
    this.#opened = undefined;
  }

  close(): void {
    this.#closed = true;
    this.#release();
  }
}

/** Names that a harness adds are nobody's business. */
const isOwn = (name: string): boolean => !name.startsWith("$");

function missing(name: string, names: readonly string[]): string {
  const own = names.filter(isOwn);
  const others = own.length === 0 ? "It exports nothing." : `It exports ${own.join(", ")}.`;
  return `Your code exports no function \`${name}\`. ${others} Write \`export function ${name}(…)\`.`;
}

function tooLong(limitMs: number, name?: string, line?: number): string {
  const what = name === undefined || !isOwn(name) ? "Your code" : `\`${name}\``;
  const where = line === undefined ? "" : ` (line ${line})`;
  return `${what}${where} was still running when the check's ${limitMs / 1000} s were over, and was stopped: look for a loop that never ends, or for work that grows faster than its input.`;
}
