import { Random } from "../../../engines/flow/random.ts";
import type { MakePass } from "./kernel.ts";

/** Prices of the ladder, and searches of a pass. */
const PRICES = 8192;
const SEARCHES = 1024;

// #region scan
/** The next price that has orders, one by one. `lots` ends with a price that has some. */
function nextByScan(lots: Int32Array, from: number): number {
  let price = from;
  while (lots[price] === 0) price++;
  return price;
}
// #endregion scan

// #region bits
/** The same from a bit a price, 32 prices at a look. */
function nextByBits(bits: Int32Array, from: number): number {
  let word = from >>> 5;
  let found = bits[word] & (-1 << (from & 31));
  while (found === 0) found = bits[++word];
  return (word << 5) + (31 - Math.clz32(found & -found));
}
// #endregion bits

function searchByScan(lots: Int32Array, starts: Int32Array): number {
  let total = 0;
  for (let search = 0; search < starts.length; search++) total = (total + nextByScan(lots, starts[search])) | 0;
  return total;
}

/** A loop of its own, so that neither way runs code that was compiled for both. */
function searchByBits(bits: Int32Array, starts: Int32Array): number {
  let total = 0;
  for (let search = 0; search < starts.length; search++) total = (total + nextByBits(bits, starts[search])) | 0;
  return total;
}

/** The next best price. The choice: one price in how many has orders. */
export const makeSearch: MakePass = (way, { choice, seed }) => {
  const random = new Random(seed);
  const lots = new Int32Array(PRICES);
  for (let price = 0; price < PRICES; price++) lots[price] = random.below(choice) === 0 ? 1 + random.below(100) : 0;
  lots[PRICES - 1] = 1;
  const starts = Int32Array.from({ length: SEARCHES }, () => random.below(PRICES));
  if (way === "first") return () => searchByScan(lots, starts);
  const bits = new Int32Array(PRICES / 32);
  for (let price = 0; price < PRICES; price++) if (lots[price] > 0) bits[price >>> 5] |= 1 << (price & 31);
  return () => searchByBits(bits, starts);
};
