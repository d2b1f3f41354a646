/** A pass over the whole of a kernel's data. @returns what it came to, a 32-bit integer; the same each time */
export type Pass = () => number;

/** What a reader may set. */
export interface KernelOptions {
  /** The value of the pair's choice. */
  choice: number;
  /** Of the data, 0 … 2^32 − 1. */
  seed: number;
  /** The built module of the pairs that are in Wasm. */
  wasm?: Uint8Array<ArrayBuffer>;
}

/** One of the two ways to do the same, with data of its own. */
export type Way = "first" | "second";

/** Makes one way ready: its data, drawn by the seed, and the pass over them. */
export type MakePass = (way: Way, options: KernelOptions) => Pass | Promise<Pass>;
