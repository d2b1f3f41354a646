import type { TimedRung } from "./time-crossings.ts";

/** What the page gives to one instance. */
export interface LadderOrder {
  /** To the other thread. */
  port: MessagePort;
  /** The real core's bytes. */
  core: Uint8Array<ArrayBuffer>;
  batches: number;
  seed: number;
}

/** What one instance found. */
export interface LadderPart {
  stepMs: number;
  batchMs: number;
  isolated: boolean;
  rungs: TimedRung[];
}

/** What the instance tells. */
export type LadderNews = { progress: number } | { done: LadderPart } | { failed: string };
