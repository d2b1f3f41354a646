import { COMMAND_WORDS } from "../../engines/contract/binary.ts";
import type { Command } from "../../engines/contract/commands.ts";
import { encodeCommand } from "../../engines/contract/encode.ts";

const FIRST_RECORDS = 1024;

/** Records of commands in the order of their execution, when each reached the book, and how many of them each batch had. */
export class CommandLog {
  /** Replaced where it grows. */
  records = new Int32Array(FIRST_RECORDS * COMMAND_WORDS);
  /** Simulated ns, one for each record. Replaced where it grows. */
  times = new Float64Array(FIRST_RECORDS);
  /** Records written. */
  count = 0;
  batchSizes: number[] = [];
  #inBatch = 0;

  /** @returns the word at which the next record is to be written */
  place(timeNs: number): number {
    if (this.count === this.times.length) this.#grow();
    this.times[this.count] = timeNs;
    this.#inBatch++;
    return this.count++ * COMMAND_WORDS;
  }

  write(command: Command, timeNs: number): void {
    // First the place: it may replace `records`.
    const at = this.place(timeNs);
    encodeCommand(command, this.records, at);
  }

  endBatch(): void {
    this.batchSizes.push(this.#inBatch);
    this.#inBatch = 0;
  }

  clear(): void {
    this.count = 0;
    this.batchSizes = [];
  }

  #grow(): void {
    const records = new Int32Array(2 * this.records.length);
    records.set(this.records);
    this.records = records;
    const times = new Float64Array(2 * this.times.length);
    times.set(this.times);
    this.times = times;
  }
}
