import type { Progress } from "./grade-class.ts";

/** A plain line comes no sooner than this after the one before, ms. */
const PLAIN_EVERY_MS = 10_000;

/** Says how far a grading is: on a terminal in one line that changes, else in a line from time to time. */
export class ProgressLine {
  readonly #stream: NodeJS.WriteStream;
  readonly #now: () => number;
  readonly #began: number;
  #last = Number.NEGATIVE_INFINITY;
  #before = 0;
  #first: number | undefined;

  constructor(stream: NodeJS.WriteStream, now: () => number = () => performance.now()) {
    this.#stream = stream;
    this.#now = now;
    this.#began = now();
  }

  show(progress: Progress): void {
    // What an earlier run has done took no time in this one.
    this.#first ??= progress.done - 1;
    const text = progressText(progress, this.#leftMs(progress));
    if (this.#stream.isTTY) this.#stream.write(`\r\x1b[K${text}`);
    else if (progress.done === progress.of || this.#now() - this.#last >= PLAIN_EVERY_MS) {
      this.#last = this.#now();
      this.#stream.write(`${text}\n`);
    }
    this.#before = progress.done;
  }

  /** Ends the line that changes. */
  end(): void {
    if (this.#stream.isTTY && this.#before > 0) this.#stream.write("\n");
  }

  #leftMs({ done, of }: Progress): number {
    const here = done - (this.#first ?? 0);
    return here <= 0 ? Number.NaN : ((this.#now() - this.#began) / here) * (of - done);
  }
}

/** @param leftMs NaN where it can't be told yet */
export function progressText({ done, failed, of }: Progress, leftMs: number): string {
  const left = done === of || Number.isNaN(leftMs) ? "" : `, about ${duration(leftMs)} left`;
  return `graded ${done} of ${of}, ${failed} without a point${left}`;
}

function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
