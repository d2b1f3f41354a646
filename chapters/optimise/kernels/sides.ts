import { Random } from "../../../engines/flow/random.ts";
import type { MakePass } from "./kernel.ts";

const ORDERS = 1 << 16;
const [BID, ASK] = [9_998, 10_002];

// #region branches
/** Counts the orders that trade at once. Which comparison is made depends on the side. */
function countByBranches(sides: Int32Array, prices: Int32Array): number {
  let crossing = 0;
  for (let order = 0; order < sides.length; order++) {
    if (sides[order] === 0) {
      if (prices[order] >= ASK) crossing++;
    } else if (prices[order] <= BID) crossing++;
  }
  return crossing;
}
// #endregion branches

// #region ranks
/** A buy's price with its bits turned over is a rank that is better the lower it is, as a sell's price is: one comparison for both. */
function countByRanks(sides: Int32Array, prices: Int32Array): number {
  let crossing = 0;
  for (let order = 0; order < sides.length; order++) {
    const flip = sides[order] - 1;
    const rank = prices[order] ^ flip;
    const limit = (~BID & ~flip) | (ASK & flip);
    // The sign bit is set where the rank is at the limit or better: rank + limit < 0.
    crossing += (rank + limit) >>> 31;
  }
  return crossing;
}
// #endregion ranks

/** How many orders cross, by branches or by arithmetic. The choice: 0 all buys first and then all sells by price, 1 a coin toss. */
export const makeSides: MakePass = (way, { choice, seed }) => {
  const random = new Random(seed);
  const orders = Array.from({ length: ORDERS }, () => [random.below(2), 9_990 + random.below(21)] as const);
  if (choice === 0) orders.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const sides = Int32Array.from(orders, ([side]) => side);
  const prices = Int32Array.from(orders, ([, price]) => price);
  return way === "first" ? () => countByBranches(sides, prices) : () => countByRanks(sides, prices);
};
