/** A rung of the ladder, as the page names it. */
export interface Rung {
  name: string;
  title: string;
  group: RungGroup;
  /** It needs memory that two threads share, and so a page that is isolated. */
  shared?: true;
}

export type RungGroup = "A call" | "A copy" | "A view" | "Another thread" | "The real core";

/** All rungs, from the same thread to another one. */
export const RUNGS: readonly Rung[] = [
  { name: "call-variable", title: "Function call, total in a variable", group: "A call" },
  { name: "call-array", title: "Function call, total in an array", group: "A call" },
  { name: "wasm-scalars", title: "Wasm call, 4 scalars", group: "A call" },
  { name: "bindgen", title: "wasm-bindgen's function, of the real core", group: "A call" },
  { name: "wasm-callback", title: "Wasm calls JavaScript, 4 scalars", group: "A call" },
  { name: "view-1", title: "View on Wasm's memory, 1 order a call", group: "A view" },
  { name: "view-64", title: "View, 64 orders a call", group: "A view" },
  { name: "view-1024", title: "View, 1,024 orders a call", group: "A view" },
  { name: "bigint", title: "BigInt into Wasm", group: "A copy" },
  { name: "copy", title: "Typed array copied into Wasm", group: "A copy" },
  { name: "string", title: "String copied into Wasm", group: "A copy" },
  { name: "json", title: "Object as JSON, and back", group: "A copy" },
  { name: "structured-clone", title: "Object by structuredClone", group: "A copy" },
  { name: "ring-64", title: "Ring in shared memory, told every 64", group: "Another thread", shared: true },
  { name: "message-1024", title: "postMessage, 1,024 orders a message", group: "Another thread" },
  { name: "wait-notify", title: "Atomics.wait and notify, round trip", group: "Another thread", shared: true },
  { name: "message", title: "postMessage, round trip", group: "Another thread" },
  { name: "core-batch", title: "A cancel: 1,024 records a submit", group: "The real core" },
  { name: "core-call", title: "A cancel: a call with scalars", group: "The real core" },
  { name: "core-objects", title: "A cancel: objects in and out", group: "The real core" },
];
