const STOCK_BYTES = 8;
/** How many symbols a message to people lists. */
const LISTED = 40;

/**
 * Which stock of an ITCH recording is read. Messages carry a locate, a number that stands for a stock that day; the stock
 * directory says which, and so does each order's first message.
 */
export class ItchSymbols {
  readonly #wanted: string | undefined;
  readonly #names = new Map<number, string>();
  #chosen: string | undefined;
  /** The locate of the stock that is read; −1 until it is known. */
  locate = -1;
  /** The first and second four bytes of its name, the highest first. */
  first = 0;
  second = 0;

  /** @param wanted the stock to read, or undefined where there must be but one */
  constructor(wanted: string | undefined) {
    this.#wanted = wanted;
  }

  get chosen(): string | undefined {
    return this.#chosen;
  }

  /** Takes in an entry of the stock directory, whose name is at `at`. @returns what is wrong, if something is */
  list(locate: number, view: DataView, at: number): string | undefined {
    const name = nameAt(view, at);
    const problem = this.#name(locate, name);
    if (problem !== undefined) return problem;
    if (name === this.#wanted) this.#choose(locate, view, at);
    return undefined;
  }

  /** Takes in an order's stock that is not known to be the one that is read. @returns what is wrong, if something is */
  meet(locate: number, view: DataView, at: number): string | undefined {
    if (this.#wanted !== undefined && this.locate >= 0 && locate !== this.locate) return undefined;
    const name = nameAt(view, at);
    const problem = this.#name(locate, name);
    if (problem !== undefined) return problem;
    if (this.#wanted === undefined) {
      if (this.#names.size > 1) return `the recording has several symbols; give one as --symbol: ${this.#list()}`;
      this.#choose(locate, view, at);
    } else if (name === this.#wanted) this.#choose(locate, view, at);
    return undefined;
  }

  /** What is wrong with a change to an order of a locate that is not the one that is read. */
  problemOfOther(locate: number): string | undefined {
    if (this.#wanted !== undefined) return undefined;
    if (this.locate < 0) return `it changes an order of locate ${locate}, and no order was added before`;
    return `it has locate ${locate}, while all orders so far are of ${this.#chosen}, which has ${this.locate}`;
  }

  problemAtEnd(): string | undefined {
    if (this.#wanted === undefined || this.locate >= 0) return undefined;
    const has = this.#names.size === 0 ? "it has none" : `it has ${this.#list()}`;
    return `the recording ends, and has no symbol "${this.#wanted}"; ${has}`;
  }

  #name(locate: number, name: string): string | undefined {
    const before = this.#names.get(locate);
    if (before !== undefined && before !== name) return `locate ${locate} stands for ${before} and for ${name}`;
    if (name === this.#chosen && locate !== this.locate) return `${name} has locate ${this.locate} and ${locate}`;
    this.#names.set(locate, name);
    return undefined;
  }

  #choose(locate: number, view: DataView, at: number): void {
    this.#chosen = nameAt(view, at);
    this.locate = locate;
    this.first = view.getInt32(at);
    this.second = view.getInt32(at + 4);
  }

  #list(): string {
    const names = [...new Set(this.#names.values())].sort();
    const shown = names.slice(0, LISTED).join(", ");
    return names.length > LISTED ? `${shown} and ${names.length - LISTED} more` : shown;
  }
}

/** A name is padded with spaces on its right. */
function nameAt(view: DataView, at: number): string {
  return String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, STOCK_BYTES)).trimEnd();
}
