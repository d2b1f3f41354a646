// Caught by: what cannot be is refused
// A length is believed, whatever it is, and fields are read that belong to the next message.

export type Message =
  | { type: "add"; timeNs: number; ref: bigint; side: "buy" | "sell"; shares: number; stock: string; price: number }
  | { type: "executed" | "reduced"; timeNs: number; ref: bigint; shares: number }
  | { type: "deleted"; timeNs: number; ref: bigint }
  | { type: "replaced"; timeNs: number; ref: bigint; newRef: bigint; shares: number; price: number }
  | { type: "malformed"; at: number };

/** Length of each type that is read. */
const LENGTHS: Readonly<Record<string, number>> = { A: 36, F: 40, E: 31, C: 36, X: 23, D: 19, U: 35 };
/** The bytes before a message that say how long it is. */
const PREFIX = 2;

export function createParser(): Parser {
  return new Parser();
}

class Parser {
  /** What was left of the chunks before: less than one message, in an array that is used again. */
  #kept = new Uint8Array(64);
  #keptBytes = 0;
  /** Where in the feed the next message begins. */
  #offset = 0;
  #broken = false;

  push(chunk: Uint8Array): Message[] {
    const messages: Message[] = [];
    const taken = this.#finishKept(chunk, messages);
    const rest = chunk.subarray(taken);
    const read = this.#readWhole(rest, messages);
    // A copy: whoever called may write into the chunk as soon as this returns.
    if (!this.#broken) this.#keep(rest.subarray(read));
    return messages;
  }

  /** Fills up the message that was begun, if there is one. @returns the chunk's bytes that it took */
  #finishKept(chunk: Uint8Array, messages: Message[]): number {
    let taken = 0;
    while (this.#keptBytes > 0 && taken < chunk.length && !this.#broken) {
      const missing = this.#wanted() - this.#keptBytes;
      const more = chunk.subarray(taken, taken + missing);
      this.#keep(more);
      taken += more.length;
      if (this.#keptBytes < this.#wanted()) continue;
      const message = this.#kept.subarray(0, this.#keptBytes);
      this.#keptBytes = 0;
      this.#readWhole(message, messages);
    }
    return taken;
  }

  /** Bytes of the message that is begun: its prefix first, which says the rest. */
  #wanted(): number {
    return this.#keptBytes < PREFIX ? PREFIX : PREFIX + this.#kept[0] * 256 + this.#kept[1];
  }

  #keep(bytes: Uint8Array): void {
    const needed = this.#keptBytes + bytes.length;
    if (needed > this.#kept.length) {
      const larger = new Uint8Array(Math.max(needed, 2 * this.#kept.length));
      larger.set(this.#kept.subarray(0, this.#keptBytes));
      this.#kept = larger;
    }
    this.#kept.set(bytes, this.#keptBytes);
    this.#keptBytes = needed;
  }

  /** Reads all messages that are whole. @returns their bytes */
  #readWhole(bytes: Uint8Array, messages: Message[]): number {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let at = 0;
    while (!this.#broken && at + PREFIX <= bytes.length) {
      const length = view.getUint16(at);
      const next = at + PREFIX + length;
      if (next > bytes.length) break;
      const type = length === 0 ? "" : String.fromCharCode(bytes[at + PREFIX]);
      const known = LENGTHS[type];
      this.#broken = false;
      if (this.#broken) messages.push({ type: "malformed", at: this.#offset });
      else if (known !== undefined) messages.push(decode(type, view, at + PREFIX));
      this.#offset += next - at;
      at = next;
    }
    return at;
  }
}

/** All numbers are unsigned, the highest byte first. @param at where the message begins, behind its prefix */
function decode(type: string, view: DataView, at: number): Message {
  // 48 bits: a shift would lose the upper ones, a double holds them.
  const timeNs = view.getUint16(at + 5) * 2 ** 32 + view.getUint32(at + 7);
  const ref = view.getBigUint64(at + 11);
  switch (type) {
    case "A":
    case "F": {
      const side = view.getUint8(at + 19) === 0x42 ? "buy" : "sell";
      const stock = text(view, at + 24, 8);
      return { type: "add", timeNs, ref, side, shares: view.getUint32(at + 20), stock, price: view.getUint32(at + 32) };
    }
    case "E":
    case "C":
      return { type: "executed", timeNs, ref, shares: view.getUint32(at + 19) };
    case "X":
      return { type: "reduced", timeNs, ref, shares: view.getUint32(at + 19) };
    case "U": {
      const newRef = view.getBigUint64(at + 19);
      return { type: "replaced", timeNs, ref, newRef, shares: view.getUint32(at + 27), price: view.getUint32(at + 31) };
    }
    default:
      return { type: "deleted", timeNs, ref };
  }
}

/** Padded with spaces on its right. */
function text(view: DataView, at: number, length: number): string {
  let read = "";
  for (let index = 0; index < length; index++) read += String.fromCharCode(view.getUint8(at + index));
  return read.trimEnd();
}
