/** The engine that takes batches, by its name in the registry. */
export const BATCHED = "rust-wasm";
/** The engine before the port; it takes an object a call. */
export const PLAIN = "typescript";
/** Commands of a `submit` that are tried. */
export const SUBMITS = [1, 8, 64, 512] as const;

export interface BatchJob {
  /** Built files of both engines, by their paths. */
  artefacts: Record<string, Uint8Array<ArrayBuffer>>;
  seed: number;
  rounds: number;
}

/** What an instance tells. `costsNs` has ns a command: first of the plain engine, then of each size of a `submit`, a number for each round. */
export type BatchNews = { progress: number } | { costsNs: number[][]; stepMs: number } | { failed: string };
