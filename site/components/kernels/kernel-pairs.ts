/** A pair of kernels that a chapter offers: two ways to do the same. */
export interface KernelPairInfo {
  name: string;
  title: string;
  /** Short names of the two ways. */
  first: string;
  second: string;
  /** What the reader guesses: whether the second way is faster. */
  question: string;
  /** What the reader may change, the first value chosen. */
  choice: { label: string; values: readonly (readonly [value: number, text: string])[] };
  listings: readonly { file: string; region: string }[];
  /** Told when it was measured: what it rests on. */
  why: string;
}

/** A pass over a way's data. @returns what it came to, the same each time */
type Pass = () => number;

/** Makes a way ready, by the pair's name. */
export type MakeKernelPass = (
  way: "first" | "second",
  options: { choice: number; seed: number; wasm?: Uint8Array<ArrayBuffer> },
) => Pass | Promise<Pass>;
