import type { BoundaryExports } from "./boundary-module.ts";
import { type Crossing, ORDERS, totalOf } from "./orders.ts";

const MASK = ORDERS - 1;

// #region call-variable
let inVariable = 0;

function takeInVariable(codes: number, id: number, price: number, size: number): void {
  inVariable = (inVariable + codes + id + price + size) | 0;
}

function callWithVariable(words: Int32Array, orders: number): void {
  for (let sent = 0; sent < orders; sent++) {
    const at = (sent & MASK) * 4;
    takeInVariable(words[at], words[at + 1], words[at + 2], words[at + 3]);
  }
}
// #endregion call-variable

// #region call-array
const inArray = new Int32Array(1);

function takeInArray(codes: number, id: number, price: number, size: number): void {
  inArray[0] += codes + id + price + size;
}

function callWithArray(words: Int32Array, orders: number): void {
  for (let sent = 0; sent < orders; sent++) {
    const at = (sent & MASK) * 4;
    takeInArray(words[at], words[at + 1], words[at + 2], words[at + 3]);
  }
}
// #endregion call-array

// #region wasm-scalars
function callWasm(core: BoundaryExports, words: Int32Array, orders: number): void {
  for (let sent = 0; sent < orders; sent++) {
    const at = (sent & MASK) * 4;
    core.take(words[at], words[at + 1], words[at + 2], words[at + 3]);
  }
}
// #endregion wasm-scalars

// #region wasm-callback
/** The orders lie in Wasm's memory; the loop is in Wasm, and calls `takeInArray` for each. */
function callBack(core: BoundaryExports, orders: number): void {
  for (let sent = 0; sent < orders; sent += ORDERS) core.tellHost(0, Math.min(ORDERS, orders - sent));
}
// #endregion wasm-callback

// #region bindgen
/** `commandWords` is what wasm-bindgen generated for a function of the real core: it takes nothing and gives an integer. */
function callGenerated(commandWords: () => number, orders: number): number {
  let given = 0;
  for (let sent = 0; sent < orders; sent++) given = (given + commandWords()) | 0;
  return given;
}
// #endregion bindgen

/** What `tellHost` of the module is to call. */
export const hostTake = takeInArray;

function readInArray(): number {
  const [total] = inArray;
  inArray[0] = 0;
  return total;
}

/** The crossings that are calls. @param commandWords the real core's function, as wasm-bindgen generated it */
export function callCrossings(words: Int32Array, core: BoundaryExports, commandWords: () => number) {
  const expected = totalOf(words);
  let generated = 0;
  new Int32Array(core.memory.buffer).set(words);
  return {
    "call-variable": {
      expected,
      send: (orders) => callWithVariable(words, orders),
      total: () => {
        const total = inVariable;
        inVariable = 0;
        return total;
      },
    },
    "call-array": { expected, send: (orders) => callWithArray(words, orders), total: readInArray },
    "wasm-scalars": { expected, send: (orders) => callWasm(core, words, orders), total: core.total },
    bindgen: {
      expected: (ORDERS * commandWords()) | 0,
      send: (orders) => {
        generated = callGenerated(commandWords, orders);
      },
      total: () => generated,
    },
    "wasm-callback": { expected, send: (orders) => callBack(core, orders), total: readInArray },
  } satisfies Record<string, Crossing>;
}
