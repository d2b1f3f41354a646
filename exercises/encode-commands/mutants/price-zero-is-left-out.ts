// Caught by: nothing is bent into another number
// A market order with a price of 0 becomes one without a price.
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
/** Of a field that has no such value: no code of any field. */
const INVALID = 15;

/** The codes of each field; `undefined` is a field that was left out. */
const SIDES = new Map<unknown, number>([
  ["buy", 1],
  ["sell", 2],
]);
const TYPES = new Map<unknown, number>([
  [undefined, 0],
  ["limit", 0],
  ["market", 1],
]);
const TIFS = new Map<unknown, number>([
  [undefined, 0],
  ["gtc", 1],
  ["ioc", 2],
  ["fok", 3],
]);
const POST_ONLY = new Map<unknown, number>([
  [undefined, 0],
  [false, 0],
  [true, 1],
]);
const STPS = new Map<unknown, number>([
  [undefined, 0],
  ["none", 0],
  ["cancel-resting", 1],
  ["cancel-incoming", 2],
  ["cancel-both", 3],
]);

export function encode(commands: Command[]): Int32Array {
  const words = new Int32Array(commands.length * WORDS);
  for (const [index, command] of commands.entries()) write(command, words, index * WORDS);
  return words;
}

function write(command: Command, words: Int32Array, at: number): void {
  words[at] = command.op === "add" ? codesOf(command) : OPS[command.op];
  words[at + 1] = integer(command.id, 0);
  words[at + 2] = price(command.price);
  words[at + 3] = command.op === "book" ? integer(whenLeftOut(command.depth, 10), 0) : integer(command.size, 0);
  words[at + 4] = integer(whenLeftOut(command.owner, 0), -1);
}

function codesOf({ side, type, tif, postOnly, stp }: Command): number {
  const code = (codes: Map<unknown, number>, value: unknown): number => codes.get(value) ?? INVALID;
  return (
    OPS.add |
    (code(SIDES, side) << 8) |
    (code(TYPES, type) << 12) |
    (code(TIFS, tif) << 16) |
    (code(POST_ONLY, postOnly) << 20) |
    (code(STPS, stp) << 24)
  );
}

/** `null` is not left out: it is a value, and invalid. */
function whenLeftOut(value: unknown, usual: number): unknown {
  return value === undefined ? usual : value;
}

/** The value where a word can carry it, or else `invalid`: a store into an `Int32Array` would make another number of it. */
function integer(value: unknown, invalid: number): number {
  return typeof value === "number" && (value | 0) === value ? value : invalid;
}

/** 0 is a price that was left out, so a price that is there never becomes 0. */
function price(value: unknown): number {
  return value === undefined ? 0 : integer(value, -1);
}
