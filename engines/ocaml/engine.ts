import type { BinaryDoor, CreateEngine, ReadArtefact } from "../contract/engine.ts";
import { importBytes } from "../contract/import-bytes.ts";
import { withObjectDoor } from "../contract/object-adapter.ts";

const ARTEFACT = "engines/ocaml/pkg/book.js";

/** What `core/browser.ml` makes. Its buffers are read again after each call: they are replaced as they grow. */
interface OcamlBook {
  commands(): Int32Array;
  events(): Int32Array;
  reserve(commandRecords: number): void;
  submit(words: number): number;
}

/** Starts the runtime of the language, and gives what the core exports. */
type StartRuntime = (globals: object) => { createBook(): OcamlBook };

/** Where the runtime finds these, it takes over what the host's whole program throws and nobody catches. */
const HIDDEN: ReadonlySet<string | symbol> = new Set(["process", "addEventListener"]);

/** Loads the OCaml core. Its engines share one runtime of the language, and nothing else. */
export async function load(readArtefact: ReadArtefact): Promise<CreateEngine> {
  const { default: start } = await importBytes(await readArtefact(ARTEFACT));
  const globals = new Proxy({}, { get: (_, name) => (HIDDEN.has(name) ? undefined : Reflect.get(globalThis, name)) });
  const { createBook } = (start as StartRuntime)(globals);
  return () => withObjectDoor(new Book(createBook()));
}

class Book implements BinaryDoor {
  readonly #book: OcamlBook;
  #commands: Int32Array;
  #events: Int32Array;

  constructor(book: OcamlBook) {
    this.#book = book;
    this.#commands = book.commands();
    this.#events = book.events();
  }

  get commands(): Int32Array {
    return this.#commands;
  }

  get events(): Int32Array {
    return this.#events;
  }

  reserve(commandRecords: number): void {
    this.#book.reserve(commandRecords);
    this.#commands = this.#book.commands();
  }

  submit(words: number): number {
    if (words >>> 0 !== words || words > this.#commands.length) {
      throw new RangeError(`submit(${words}): commands holds ${this.#commands.length} words; give 0 to that many`);
    }
    const written = this.#book.submit(words);
    if (written > this.#events.length) this.#events = this.#book.events();
    return written;
  }
}
