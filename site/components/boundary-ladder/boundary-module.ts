/**
 * A Wasm module of five functions that only add up what they are given, so that what is timed is the way to them. It is
 * written here byte by byte: no toolchain is needed, and nothing stands between the caller and the function.
 */

const I32 = 0x7f;
const I64 = 0x7e;
const FUNCTION = 0x60;
const NO_RESULT = 0x40;
const END = 0x0b;

/** Bytes of one order in memory: codes, id, price, size, each 32 bits. */
export const ORDER_BYTES = 16;

/** What the module exports. */
export interface BoundaryExports {
  readonly memory: WebAssembly.Memory;
  take(codes: number, id: number, price: number, size: number): void;
  /** Reads so many orders from that byte offset on. */
  takeBatch(offset: number, orders: number): void;
  takeBytes(offset: number, length: number): void;
  takeBig(word: bigint): void;
  /** Reads so many orders from that byte offset on, and calls the host's `take` with each. */
  tellHost(offset: number, orders: number): void;
  /** What was added up since it was last asked, as a 32-bit integer. */
  total(): number;
}

type Take = (codes: number, id: number, price: number, size: number) => void;

/** A number as unsigned LEB128. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

const vector = (items: readonly (readonly number[])[]): number[] => [...unsigned(items.length), ...items.flat()];
const section = (id: number, content: readonly number[]): number[] => [id, ...unsigned(content.length), ...content];
const named = (name: string): number[] => vector([...new TextEncoder().encode(name)].map((byte) => [byte]));

const get = (local: number): number[] => [0x20, local];
const set = (local: number): number[] => [0x21, local];
const i32 = (value: number): number[] => [0x41, value];
const ADD = [0x6a];
const SUBTRACT = [0x6b];
/** Adds what is on the stack to the total, global 0. */
const ADD_TO_TOTAL = [0x23, 0, ...ADD, 0x24, 0];
/** Loads the 32 bits at local 0 and a constant offset of bytes. */
const load = (offset: number): number[] => [...get(0), 0x28, 2, offset];
const HOST_TAKE = [0x10, 0];

/** Does a step, moves local 0 on by `bytes`, and again, as often as local 1 says. */
function repeat(step: readonly number[], bytes: number): number[] {
  const leaveWhenDone = [...get(1), 0x45, 0x0d, 1];
  const advance = [...get(0), ...i32(bytes), ...ADD, ...set(0), ...get(1), ...i32(1), ...SUBTRACT, ...set(1)];
  return [0x02, NO_RESULT, 0x03, NO_RESULT, ...leaveWhenDone, ...step, ...advance, 0x0c, 0, END, END];
}

const TYPES = [
  [FUNCTION, ...vector([[I32], [I32], [I32], [I32]]), 0],
  [FUNCTION, ...vector([[I32], [I32]]), 0],
  [FUNCTION, ...vector([[I64]]), 0],
  [FUNCTION, 0, ...vector([[I32]])],
];

/** Each function: its name, the index of its type, and its body. */
const FUNCTIONS: readonly [string, number, readonly number[]][] = [
  ["take", 0, [...get(0), ...get(1), ...ADD, ...get(2), ...ADD, ...get(3), ...ADD, ...ADD_TO_TOTAL]],
  [
    "takeBatch",
    1,
    repeat([...load(0), ...load(4), ...ADD, ...load(8), ...ADD, ...load(12), ...ADD, ...ADD_TO_TOTAL], ORDER_BYTES),
  ],
  ["takeBytes", 1, repeat([...get(0), 0x2d, 0, 0, ...ADD_TO_TOTAL], 1)],
  // The lower word, and the upper one after a shift by 32.
  ["takeBig", 2, [...get(0), 0xa7, ...get(0), 0x42, 32, 0x88, 0xa7, ...ADD, ...ADD_TO_TOTAL]],
  ["tellHost", 1, repeat([...load(0), ...load(4), ...load(8), ...load(12), ...HOST_TAKE], ORDER_BYTES)],
  ["total", 3, [0x23, 0, ...i32(0), 0x24, 0]],
];

/** The module's bytes: one import, `host.take`, and two pages of memory. */
export function boundaryModule(): Uint8Array<ArrayBuffer> {
  const bodies = FUNCTIONS.map(([, , body]) => [0, ...body, END]);
  const exported = FUNCTIONS.map(([name], index) => [...named(name), 0, index + 1]);
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector(TYPES)),
    ...section(2, vector([[...named("host"), ...named("take"), 0, 0]])),
    ...section(3, vector(FUNCTIONS.map(([, type]) => [type]))),
    ...section(5, vector([[0, 2]])),
    ...section(6, vector([[I32, 1, ...i32(0), END]])),
    ...section(7, vector([[...named("memory"), 2, 0], ...exported])),
    ...section(10, vector(bodies.map((body) => [...unsigned(body.length), ...body]))),
  ]);
}

/** An instance of the module. @param take what `tellHost` calls */
export async function instantiateBoundary(take: Take): Promise<BoundaryExports> {
  const { instance } = await WebAssembly.instantiate(boundaryModule(), { host: { take } });
  return instance.exports as unknown as BoundaryExports;
}
