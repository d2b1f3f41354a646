// Caught by: messages cut anywhere, what cannot be is refused, a feed without an end
// It keeps a view of the caller's chunk, in which other bytes stand by the time it looks again.

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
  #kept: Uint8Array = new Uint8Array(0);
  /** Where in the feed `#kept` begins. */
  #offset = 0;
  #broken = false;

  push(chunk: Uint8Array): Message[] {
    const messages: Message[] = [];
    if (this.#broken) return messages;
    let bytes: Uint8Array = chunk;
    if (this.#kept.length > 0) {
      bytes = new Uint8Array(this.#kept.length + chunk.length);
      bytes.set(this.#kept);
      bytes.set(chunk, this.#kept.length);
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let at = 0;
    while (at + PREFIX <= bytes.length) {
      const length = view.getUint16(at);
      const next = at + PREFIX + length;
      if (next > bytes.length) break;
      const type = length === 0 ? "" : String.fromCharCode(bytes[at + PREFIX]);
      const known = LENGTHS[type];
      if (length === 0 || (known !== undefined && known !== length)) {
        messages.push({ type: "malformed", at: this.#offset + at });
        this.#broken = true;
        return messages;
      }
      if (known !== undefined) messages.push(decode(type, view, at + PREFIX));
      at = next;
    }
    this.#offset += at;
    this.#kept = bytes.subarray(at);
    return messages;
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
