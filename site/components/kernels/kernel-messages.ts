import type { Side } from "../duel/duel-messages.ts";

/** What the page asks of an instance's worker; each is answered with what `KernelAnswers` has under its name. */
export type KernelQuestion =
  | { ask: "clock" }
  | {
      ask: "prepare";
      side: Side;
      pair: string;
      way: "first" | "second";
      choice: number;
      /** Of the data. */
      seed: number;
      /** The built module of the pairs in Wasm. */
      wasm: Uint8Array<ArrayBuffer> | undefined;
    }
  | { ask: "run"; side: Side; units: number };

export interface KernelAnswers {
  /** What the worker's clock can see. */
  clock: { stepMs: number; isolated: boolean };
  /** What a pass came to. */
  prepare: number;
  /** How long so many passes took, ms. */
  run: number;
}
