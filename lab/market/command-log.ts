import { COMMAND_WORDS } from "../../engines/contract/binary.ts";
import type { Command } from "../../engines/contract/commands.ts";
import { encodeCommand } from "../../engines/contract/encode.ts";

/** Records of commands in the order of their execution, and how many of them each batch had. */
export class CommandLog {
  /** Replaced where it grows. */
  records = new Int32Array(1024 * COMMAND_WORDS);
  /** Records written. */
  count = 0;
  batchSizes: number[] = [];
  #inBatch = 0;

  /** @returns the word at which the next record is to be written */
  place(): number {
    const at = this.count++ * COMMAND_WORDS;
    this.#inBatch++;
    if (at === this.records.length) {
      const grown = new Int32Array(2 * at);
      grown.set(this.records);
      this.records = grown;
    }
    return at;
  }

  write(command: Command): void {
    // First the place: it may replace `records`.
    const at = this.place();
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
}
