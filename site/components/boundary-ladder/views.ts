import { COMMAND_WORDS, EVENT_WORDS, OP } from "../../../engines/contract/binary.ts";
import type { MatchingEngine } from "../../../engines/contract/engine.ts";
import type { WasmBook } from "../../../engines/contract/wasm-book.ts";
import type { BoundaryExports } from "./boundary-module.ts";
import { type Crossing, ORDERS, totalOf } from "./orders.ts";

const MASK = ORDERS - 1;

// #region view
/** Writes `batch` orders where Wasm reads them, and calls once for all. */
function sendThroughView(
  core: BoundaryExports,
  view: Int32Array,
  words: Int32Array,
  batch: number,
  orders: number,
): void {
  for (let sent = 0; sent < orders; sent += batch) {
    for (let order = 0; order < batch; order++) {
      const from = ((sent + order) & MASK) * 4;
      const to = order * 4;
      view[to] = words[from];
      view[to + 1] = words[from + 1];
      view[to + 2] = words[from + 2];
      view[to + 3] = words[from + 3];
    }
    core.takeBatch(0, batch);
  }
}
// #endregion view

// #region core
/** The real core, a call for each cancel of an order that isn't there; it answers with the words of its events. */
function cancelByCall(book: WasmBook, orders: number): number {
  let words = 0;
  for (let sent = 0; sent < orders; sent++) words += book.cancel((sent & MASK) + 1);
  return words / EVENT_WORDS;
}

/** The same cancels as records, 1,024 in one `submit`. */
function cancelByBatch(book: WasmBook, orders: number): number {
  let words = 0;
  for (let sent = 0; sent < orders; sent += ORDERS) {
    const commands = book.commands;
    for (let order = 0; order < ORDERS; order++) {
      commands[order * COMMAND_WORDS] = OP.cancel;
      commands[order * COMMAND_WORDS + 1] = order + 1;
    }
    words += book.submit(ORDERS * COMMAND_WORDS);
  }
  return words / EVENT_WORDS;
}

/** The same cancels through the door for people: an array of event objects for each. */
function cancelByObjects(engine: MatchingEngine, orders: number): number {
  let events = 0;
  for (let sent = 0; sent < orders; sent++) events += engine.cancelOrder((sent & MASK) + 1).length;
  return events;
}
// #endregion core

function counted(send: (orders: number) => number, batch = 1): Crossing {
  let events = 0;
  return {
    batch,
    expected: ORDERS,
    send: (orders) => {
      events = send(orders);
    },
    total: () => events,
  };
}

/** The crossings through a view on Wasm's memory, and those of the real core, each with a book of its own. */
export function viewCrossings(
  words: Int32Array,
  core: BoundaryExports,
  makeBook: () => WasmBook,
  engine: MatchingEngine,
) {
  const expected = totalOf(words);
  const view = new Int32Array(core.memory.buffer, 0, words.length);
  const through = (batch: number): Crossing => ({
    batch,
    expected,
    send: (orders) => sendThroughView(core, view, words, batch, orders),
    total: core.total,
  });
  const [byCall, byBatch] = [makeBook(), makeBook()];
  byBatch.reserve(ORDERS);
  return {
    "view-1": through(1),
    "view-64": through(64),
    "view-1024": through(ORDERS),
    "core-call": counted((orders) => cancelByCall(byCall, orders)),
    "core-batch": counted((orders) => cancelByBatch(byBatch, orders), ORDERS),
    "core-objects": counted((orders) => cancelByObjects(engine, orders)),
  } satisfies Record<string, Crossing>;
}
