import { Random } from "../../../engines/flow/random.ts";
import { shuffled } from "../../../lab/measure/rounds.ts";
import type { MakePass } from "./kernel.ts";

/** Words of an order: 32 bytes, as in the Rust core. */
const RECORD_WORDS = 8;
const SIZE = 3;
const NEXT = 7;

// #region walk
/** The lots of one price level: from the first order of its queue to the last, each of which knows the next. */
function depthOf(slab: Int32Array, first: number): number {
  let lots = 0;
  for (let at = first; at >= 0; at = slab[at + NEXT]) lots = (lots + slab[at + SIZE]) | 0;
  return lots;
}
// #endregion walk

// #region place
/** Puts a queue of orders into a slab: the n-th order of the queue goes to slot `places[n]`. */
function placeQueue(sizes: Int32Array, places: readonly number[]): { slab: Int32Array; first: number } {
  const slab = new Int32Array(sizes.length * RECORD_WORDS);
  for (let order = 0; order < sizes.length; order++) {
    const at = places[order] * RECORD_WORDS;
    slab[at + SIZE] = sizes[order];
    slab[at + NEXT] = order + 1 < sizes.length ? places[order + 1] * RECORD_WORDS : -1;
  }
  return { slab, first: places[0] * RECORD_WORDS };
}
// #endregion place

/** The same walk over the same queue, its orders shuffled over the memory or in their order. The choice: how many. */
export const makeQueue: MakePass = (way, { choice, seed }) => {
  const random = new Random(seed);
  const sizes = Int32Array.from({ length: choice }, () => 1 + random.below(100));
  const places = way === "first" ? shuffled(choice, random) : Array.from({ length: choice }, (_, order) => order);
  const { slab, first } = placeQueue(sizes, places);
  return () => depthOf(slab, first);
};
