/** Turns after which the first look at the clock is due. */
const FIRST_LOOK = 1024;
const MAX_INTERVAL = 65_536;

/** What the guard throws; nothing but the guard makes one. */
export class LoopTooLong extends Error {
  readonly line: number;
  /** Left out for the file that is run. */
  readonly file: string | undefined;

  constructor(line: number, limitMs: number, file?: string) {
    super(
      `The loop on line ${line}${file === undefined ? "" : ` of ${file}`} went on for more than ${limitMs / 1000} s, and was stopped.`,
    );
    this.name = "LoopTooLong";
    this.line = line;
    this.file = file;
  }
}

/**
 * Notices when what runs between `begin` and the next `begin` turns its loops for longer than the limit. A turn costs a
 * decrement; the clock is read after so many turns as last took a few milliseconds.
 */
export class LoopGuard {
  readonly #now: () => number;
  readonly #onTooLong: (error: LoopTooLong) => void;
  #limitMs = 1000;
  #left = FIRST_LOOK;
  #interval = FIRST_LOOK;
  #begin = Number.NaN;
  #lastLook = 0;

  /**
   * @param now a clock, in ms
   * @param onTooLong is told before the error is thrown, because the reader's code may catch it
   */
  constructor(now: () => number, onTooLong: (error: LoopTooLong) => void) {
    this.#now = now;
    this.#onTooLong = onTooLong;
  }

  /** Something new begins. The time runs from the first look at the clock. */
  begin(limitMs: number): void {
    this.#limitMs = limitMs;
    this.#begin = Number.NaN;
    if (this.#left > FIRST_LOOK) {
      this.#left = FIRST_LOOK;
      this.#interval = FIRST_LOOK;
    }
  }

  /** One turn of the loop on that line. @throws LoopTooLong */
  turn(line: number, file?: string): void {
    if (--this.#left <= 0) this.#look(line, file);
  }

  #look(line: number, file: string | undefined): void {
    const now = this.#now();
    if (Number.isNaN(this.#begin)) this.#begin = now;
    else {
      const sinceLook = now - this.#lastLook;
      if (sinceLook > 20) this.#interval = Math.max(1, this.#interval >> 2);
      else if (sinceLook < 5) this.#interval = Math.min(MAX_INTERVAL, this.#interval * 2);
    }
    this.#lastLook = now;
    this.#left = this.#interval;
    if (now - this.#begin <= this.#limitMs) return;
    const error = new LoopTooLong(line, this.#limitMs, file);
    this.#onTooLong(error);
    throw error;
  }
}
