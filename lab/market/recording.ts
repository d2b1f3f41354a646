import { COMMAND_WORDS, OP } from "../../engines/contract/binary.ts";
import type { SessionLog } from "./session.ts";

/** The beginning of a run, kept so that it can be replayed on each part alone. */
export class Recording {
  readonly #limit: number;
  /** Command records, book reads included. */
  records = new Int32Array(0);
  batchSizes: number[] = [];
  /** Commands without the book reads. */
  commands = 0;
  #words = 0;
  #full = false;

  /** @param limit records at which it is full; the stretch that reaches it is still taken whole */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get full(): boolean {
    return this.#full;
  }

  /** Takes the next stretch in. */
  add(log: SessionLog): void {
    if (this.#full) return;
    const words = this.#words + log.commands.length;
    if (words > this.records.length) {
      const grown = new Int32Array(2 * words);
      grown.set(this.records.subarray(0, this.#words));
      this.records = grown;
    }
    this.records.set(log.commands, this.#words);
    for (const size of log.batchSizes) this.batchSizes.push(size);
    for (let at = this.#words; at < words; at += COMMAND_WORDS) if (this.records[at] !== OP.book) this.commands++;
    this.#words = words;
    if (words >= this.#limit * COMMAND_WORDS) this.close();
  }

  /** Takes nothing more. */
  close(): void {
    this.#full = true;
  }
}
