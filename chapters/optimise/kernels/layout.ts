import { Random } from "../../../engines/flow/random.ts";
import type { MakePass } from "./kernel.ts";

/** Words of an order that carries owner, times, flags and links: 64 bytes, a cache line of most processors. */
const RECORD_WORDS = 16;
const SIZE = 3;

// #region records
/** Array of structs: all of an order together. One field of each is read. */
function largestOfRecords(orders: Int32Array): number {
  let largest = 0;
  for (let at = SIZE; at < orders.length; at += RECORD_WORDS) if (orders[at] > largest) largest = orders[at];
  return largest;
}
// #endregion records

// #region columns
/** Struct of arrays: all sizes together. The same field of each is read. */
function largestOfColumn(sizes: Int32Array): number {
  let largest = 0;
  for (let order = 0; order < sizes.length; order++) if (sizes[order] > largest) largest = sizes[order];
  return largest;
}
// #endregion columns

/** The largest order of all, from records or from a column. The choice: how many orders. */
export const makeLayout: MakePass = (way, { choice, seed }) => {
  const random = new Random(seed);
  const sizes = Int32Array.from({ length: choice }, () => 1 + random.below(1_000_000));
  if (way === "second") return () => largestOfColumn(sizes);
  const orders = new Int32Array(choice * RECORD_WORDS);
  for (let order = 0; order < choice; order++) orders[order * RECORD_WORDS + SIZE] = sizes[order];
  return () => largestOfRecords(orders);
};
