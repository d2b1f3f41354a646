/** The checks that come before a command touches the book, on the words of its record. */

import {
  OP,
  POST_ONLY_SHIFT,
  REJECT_REASON,
  SIDE,
  SIDE_SHIFT,
  STP,
  STP_SHIFT,
  TIF,
  TIF_SHIFT,
  TYPE,
  TYPE_SHIFT,
} from "../contract/binary.ts";
import { MAX_PRICE } from "../contract/commands.ts";

const CODE_MASK = 0xf;
/** Where an add says its side. */
export const SIDE_BITS = CODE_MASK << SIDE_SHIFT;

/** One of an add's codes. */
export function code(codes: number, shift: number): number {
  return (codes >>> shift) & CODE_MASK;
}

export function isPrice(price: number): boolean {
  return price > 0 && price <= MAX_PRICE;
}

/** Why an add is rejected whatever the book holds, in the contract's order; 0 where it isn't. */
export function wrongAdd(codes: number, id: number, price: number, size: number, owner: number) {
  const side = code(codes, SIDE_SHIFT);
  const type = code(codes, TYPE_SHIFT);
  const tif = code(codes, TIF_SHIFT);
  const postOnly = code(codes, POST_ONLY_SHIFT);
  const isMarket = type === TYPE.market;
  if (id <= 0) return REJECT_REASON["invalid-id"];
  if (side !== SIDE.buy && side !== SIDE.sell) return REJECT_REASON["invalid-side"];
  if (type > TYPE.market) return REJECT_REASON["invalid-type"];
  if (size <= 0) return REJECT_REASON["invalid-size"];
  if (isMarket ? price !== 0 : !isPrice(price)) return REJECT_REASON["invalid-price"];
  if (tif > TIF.fok || (isMarket && (tif === TIF.gtc || tif === TIF.fok))) return REJECT_REASON["invalid-tif"];
  if (postOnly > 1 || (postOnly === 1 && (isMarket || tif > TIF.gtc))) return REJECT_REASON["invalid-post-only"];
  if (owner < 0) return REJECT_REASON["invalid-owner"];
  if (code(codes, STP_SHIFT) > STP["cancel-both"]) return REJECT_REASON["invalid-stp"];
  return 0;
}

/** Whether a record of op `limits` has one that is out of range; 0 is one that was left out. A kill and a lift have none. */
export function wrongLimits(commands: Int32Array, at: number): boolean {
  if ((commands[at] & 0xff) !== OP.limits) return false;
  const [maxOrderSize, priceBand, maxOpenOrders] = commands.subarray(at + 1, at + 4);
  const positionLimit = commands[at + 5];
  return maxOrderSize < 0 || priceBand < 0 || priceBand > MAX_PRICE || maxOpenOrders < 0 || positionLimit < 0;
}
