import { COMMAND_WORDS, EVENT_WORDS } from "../contract/binary.ts";
import type { BinaryDoor, CreateEngine, ReadArtefact } from "../contract/engine.ts";
import { withObjectDoor } from "../contract/object-adapter.ts";
import { startPython } from "./pyodide.ts";

const BOOK = "engines/python/core/book.py";
const FIRST_RECORDS = 1024;

/** What `Door` of `core/book.py` is for JavaScript. */
interface PythonDoor {
  /** @returns the number of words of the commands' events */
  submit(words: Int32Array): number;
  /** Copies the last events; the array has as many words as they have. */
  take(events: Int32Array): void;
}

let started: Promise<() => PythonDoor> | undefined;

/** Loads the Python book. All its engines share one interpreter, which takes seconds to start, and nothing else. */
export async function load(readArtefact: ReadArtefact): Promise<CreateEngine> {
  started ??= start(readArtefact);
  // So that a lost connection is not remembered.
  started.catch(() => {
    started = undefined;
  });
  const createDoor = await started;
  return () => withObjectDoor(new PythonBook(createDoor()));
}

async function start(readArtefact: ReadArtefact): Promise<() => PythonDoor> {
  const python = await startPython(readArtefact);
  python.runPython(new TextDecoder().decode(await readArtefact(BOOK)));
  return python.globals.get("Door") as () => PythonDoor;
}

/** Both buffers are JavaScript's: each batch is copied into the interpreter's memory, and its events are copied out. */
class PythonBook implements BinaryDoor {
  readonly #submit: PythonDoor["submit"];
  readonly #take: PythonDoor["take"];
  commands = new Int32Array(FIRST_RECORDS * COMMAND_WORDS);
  events = new Int32Array(FIRST_RECORDS * EVENT_WORDS);

  constructor(door: PythonDoor) {
    // Each look at a Python object's attribute makes a proxy: one look is enough.
    this.#submit = door.submit;
    this.#take = door.take;
  }

  reserve(commandRecords: number): void {
    if (commandRecords * COMMAND_WORDS > this.commands.length)
      this.commands = new Int32Array(commandRecords * COMMAND_WORDS);
  }

  submit(words: number): number {
    if (words >>> 0 !== words || words > this.commands.length) {
      throw new RangeError(`submit(${words}): commands holds ${this.commands.length} words; give 0 to that many`);
    }
    const written = this.#submit(this.commands.subarray(0, words));
    if (written > this.events.length) this.events = new Int32Array(2 * written);
    this.#take(this.events.subarray(0, written));
    return written;
  }
}
