/** A command as it comes from outside: any field may be left out, and may hold anything. */
export interface Command {
  op: "add" | "cancel" | "replace" | "book";
  id?: unknown;
  side?: unknown;
  type?: unknown;
  price?: unknown;
  size?: unknown;
  tif?: unknown;
  postOnly?: unknown;
  owner?: unknown;
  stp?: unknown;
  depth?: unknown;
}

const WORDS = 6;
const OPS = { add: 1, cancel: 2, replace: 3, book: 4 };

/** The commands as records, six words each, side by side. */
export function encode(commands: Command[]): Int32Array {
  const words = new Int32Array(commands.length * WORDS);
  for (const [index, { op, id, price, size, owner, depth }] of commands.entries()) {
    // Whatever the values are, the array makes integers of them. And the options?
    words.set([OPS[op], id, price, size, owner, depth] as number[], index * WORDS);
  }
  return words;
}
