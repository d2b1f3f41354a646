import { COMMAND_WORDS } from "./binary.ts";
import type { BinaryDoor } from "./engine.ts";

/**
 * What a core in WebAssembly exports, whatever language it is written in. All are integers; places are byte offsets into `memory`.
 *
 * Those that execute give the number of words of their events, or its complement, −1 − words, where the memory grew or the events
 * moved: then the views must be made again.
 */
export interface WasmCore {
  readonly memory: WebAssembly.Memory;
  /** Where the command records are, and how many words fit. */
  commands(): number;
  command_words(): number;
  /** Where the event records are, and how many words fit. */
  events(): number;
  event_words(): number;
  /** Makes room for so many command records; what was written there is lost. */
  reserve(commandRecords: number): void;
  /** Executes the commands in the first `words` words. */
  submit(words: number): number;
  /** Words 0 to 4 of an add's record. */
  add(codes: number, id: number, price: number, size: number, owner: number): number;
  cancel(id: number): number;
  replace(id: number, price: number, size: number): number;
  book(depth: number): number;
}

/**
 * One book in one Wasm instance. Beside the contract's binary door it has a door of scalars, a call per order: each such
 * call gives the number of words of its events, which stand in `events` from index 0, and takes its numbers as the words
 * of a command record (`binary.ts`), with the same checks.
 *
 * A trap (memory that can't grow, or a defect) ends the instance: that call and all later ones throw an `Error` that says
 * so. Another book from the same loader is not touched by it.
 */
export class WasmBook implements BinaryDoor {
  #core: WasmCore;
  #commands: Int32Array = new Int32Array(0);
  #events: Int32Array = new Int32Array(0);
  #ended: Error | undefined;

  constructor(core: WasmCore) {
    this.#core = core;
    this.#look();
  }

  get commands(): Int32Array {
    return this.#commands;
  }

  get events(): Int32Array {
    return this.#events;
  }

  /** Bytes of linear memory, which never shrinks. */
  get memoryBytes(): number {
    return this.#core.memory.buffer.byteLength;
  }

  reserve(commandRecords: number): void {
    if (commandRecords * COMMAND_WORDS <= this.#commands.length) return;
    try {
      this.#core.reserve(commandRecords);
      this.#look();
    } catch (trap) {
      this.#end(trap);
    }
  }

  submit(words: number): number {
    if (words >>> 0 !== words || words > this.#commands.length) {
      throw new RangeError(`submit(${words}): commands holds ${this.#commands.length} words; give 0 to that many`);
    }
    try {
      return this.#answer(this.#core.submit(words));
    } catch (trap) {
      this.#end(trap);
    }
  }

  /** @param codes word 0 of the record: op, side, type, time in force and flags @param price 0 where left out */
  add(codes: number, id: number, price: number, size: number, owner: number): number {
    try {
      return this.#answer(this.#core.add(codes, id, price, size, owner));
    } catch (trap) {
      this.#end(trap);
    }
  }

  cancel(id: number): number {
    try {
      return this.#answer(this.#core.cancel(id));
    } catch (trap) {
      this.#end(trap);
    }
  }

  replace(id: number, price: number, size: number): number {
    try {
      return this.#answer(this.#core.replace(id, price, size));
    } catch (trap) {
      this.#end(trap);
    }
  }

  book(depth: number): number {
    try {
      return this.#answer(this.#core.book(depth));
    } catch (trap) {
      this.#end(trap);
    }
  }

  /** The core answers with the complement of the words where its memory grew or its events moved. */
  #answer(words: number): number {
    if (words >= 0) return words;
    this.#look();
    return ~words;
  }

  /** Makes the views again: memory that grows leaves the old ones detached, of length 0. */
  #look(): void {
    const core = this.#core;
    // The first of these calls may grow the memory, which replaces the buffer: it is taken last.
    const [commands, commandWords] = [core.commands() >>> 0, core.command_words() >>> 0];
    const [events, eventWords] = [core.events() >>> 0, core.event_words() >>> 0];
    const { buffer } = core.memory;
    this.#commands = new Int32Array(buffer, commands, commandWords);
    this.#events = new Int32Array(buffer, events, eventWords);
  }

  /** Puts in the core's place one whose every call throws, so that the calls before a trap pay for no check. */
  #end(trap: unknown): never {
    // The first trap's words, whatever is called after it.
    if (this.#ended !== undefined) throw this.#ended;
    const mebibytes = Math.ceil(this.memoryBytes / 2 ** 20);
    const ended = new Error(
      `The Wasm instance of this engine has ended: it trapped (${trap instanceof Error ? trap.message : trap}; its memory was ${mebibytes} MiB). ` +
        "Its book is lost; make a new engine, and if the memory was near 4096 MiB, submit less at once.",
      { cause: trap },
    );
    this.#ended = ended;
    this.#core = new Proxy(this.#core, {
      get(core, name) {
        if (name === "memory") return core.memory;
        throw ended;
      },
    });
    this.#commands = new Int32Array(this.#commands.length);
    throw ended;
  }
}
