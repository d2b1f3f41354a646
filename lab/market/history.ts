import { COMMAND_WORDS } from "../../engines/contract/binary.ts";
import type { Command } from "../../engines/contract/commands.ts";
import { decodeCommand } from "../../engines/contract/decode.ts";

/** The commands of a run from its start, so that a difference can be told with what led to it. */
export class History {
  readonly #limit: number;
  #records = new Int32Array(0);
  #words = 0;

  /** @param limit records that are kept; of a longer run, only the last are, and at least `limit / 2` of them */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether all commands since the start are kept. */
  isWhole = true;

  add(records: Int32Array): void {
    if (this.#words + records.length > this.#limit * COMMAND_WORDS) this.#dropHalf();
    const words = this.#words + records.length;
    if (words > this.#records.length) {
      const larger = new Int32Array(2 * words);
      larger.set(this.#records.subarray(0, this.#words));
      this.#records = larger;
    }
    this.#records.set(records, this.#words);
    this.#words = words;
  }

  /** The last ones, the oldest first. */
  last(count: number): Command[] {
    const commands: Command[] = [];
    const first = Math.max(0, this.#words - count * COMMAND_WORDS);
    // A log holds no record of unknown op.
    for (let at = first; at < this.#words; at += COMMAND_WORDS)
      commands.push(decodeCommand(this.#records, at) as Command);
    return commands;
  }

  get count(): number {
    return this.#words / COMMAND_WORDS;
  }

  #dropHalf(): void {
    const from = Math.floor(this.count / 2) * COMMAND_WORDS;
    this.#records.copyWithin(0, from, this.#words);
    this.#words -= from;
    this.isWhole = false;
  }
}
