/** What is measured: words of a push, and whether the counters have a line each. */
export interface RingSetting {
  batch: number;
  apart: boolean;
}

/** What the two threads of a run share, beside the ring's own memory. */
export interface RingJob<Ring> {
  ring: Ring;
  /** Three words: 1 when the writer is done; what the reader had taken when it went; 1 when the reader looks. */
  state: Int32Array<SharedArrayBuffer>;
  batch: number;
  /** How long the writer writes, ms. */
  forMs: number;
}

export type RingQuestion<Ring> = { make: RingSetting } | { read: RingJob<Ring> } | { write: RingJob<Ring> };

/** What the writer found. */
export interface Written {
  words: number;
  /** From its first push until the reader had taken the last, ms. */
  ms: number;
}

/** What the reader found: how many words came, and how many of them out of their order. */
export interface Taken {
  words: number;
  mistakes: number;
}

export type RingReply<Ring> = { made: Ring } | { written: Written } | { taken: Taken } | { failed: string };
