import type { BoundaryExports } from "./boundary-module.ts";
import { type Crossing, ORDERS, totalOf } from "./orders.ts";

const MASK = ORDERS - 1;
const encoder = new TextEncoder();

interface OrderObject {
  codes: number;
  id: number;
  price: number;
  size: number;
}

// #region string
/** What a `&str` costs at least: the text becomes UTF-8 in Wasm's memory, and its place and length cross. */
function sendStrings(core: BoundaryExports, bytes: Uint8Array, texts: readonly string[], orders: number): void {
  for (let sent = 0; sent < orders; sent++) {
    const { written } = encoder.encodeInto(texts[sent & MASK], bytes);
    core.takeBytes(0, written);
  }
}
// #endregion string

// #region bigint
/** Price and size in one integer of 64 bits. */
function sendBigInts(core: BoundaryExports, integers: readonly bigint[], orders: number): void {
  for (let sent = 0; sent < orders; sent++) core.takeBig(integers[sent & MASK]);
}
// #endregion bigint

// #region copy
/** An array of its own for each order, copied into Wasm's memory. */
function sendCopies(core: BoundaryExports, memory: Int32Array, arrays: readonly Int32Array[], orders: number): void {
  for (let sent = 0; sent < orders; sent++) {
    memory.set(arrays[sent & MASK], 0);
    core.takeBatch(0, 1);
  }
}
// #endregion copy

let taken = 0;

function takeObject({ codes, id, price, size }: OrderObject): void {
  taken = (taken + codes + id + price + size) | 0;
}

// #region json
function sendJson(objects: readonly OrderObject[], orders: number): void {
  for (let sent = 0; sent < orders; sent++) takeObject(JSON.parse(JSON.stringify(objects[sent & MASK])));
}
// #endregion json

// #region structured-clone
function sendClones(objects: readonly OrderObject[], orders: number): void {
  for (let sent = 0; sent < orders; sent++) takeObject(structuredClone(objects[sent & MASK]));
}
// #endregion structured-clone

function readTaken(): number {
  const total = taken;
  taken = 0;
  return total;
}

/** The crossings that make a copy of each order, in a form that a library likes. */
export function copyCrossings(words: Int32Array, core: BoundaryExports) {
  const expected = totalOf(words);
  const bytes = new Uint8Array(core.memory.buffer, 0, 64);
  const memory = new Int32Array(core.memory.buffer, 0, 16);
  const arrays = Array.from({ length: ORDERS }, (_, order) => words.slice(order * 4, order * 4 + 4));
  const texts = arrays.map((order) => order.join(" "));
  const integers = arrays.map(([, , price, size]) => (BigInt(price) << 32n) | BigInt(size));
  const objects = arrays.map(([codes, id, price, size]) => ({ codes, id, price, size }));
  return {
    string: {
      expected: totalOf(encoder.encode(texts.join(""))),
      send: (orders) => sendStrings(core, bytes, texts, orders),
      total: core.total,
    },
    bigint: {
      expected: totalOf(arrays.map(([, , price, size]) => price + size)),
      send: (orders) => sendBigInts(core, integers, orders),
      total: core.total,
    },
    copy: { expected, send: (orders) => sendCopies(core, memory, arrays, orders), total: core.total },
    json: { expected, send: (orders) => sendJson(objects, orders), total: readTaken },
    "structured-clone": { expected, send: (orders) => sendClones(objects, orders), total: readTaken },
  } satisfies Record<string, Crossing>;
}
