/**
 * The checks that come before a command touches the book, on plain objects whose values may be anything. An engine that
 * takes objects calls these; one that takes records makes the same checks on words, in the same order.
 *
 * A field that is `undefined` was left out. `null` is a value, and never valid.
 */

import {
  MAX_DEPTH,
  MAX_ID,
  MAX_LIMIT,
  MAX_OWNER,
  MAX_PRICE,
  MAX_SIZE,
  type NewOrder,
  type Op,
  type OwnerLimits,
} from "./commands.ts";
import type { RejectedEvent, RejectReason } from "./events.ts";

/** The fields of `T` before anyone has looked at them. */
export type Unchecked<T> = { readonly [K in keyof T]?: unknown };

/** Whether `value` is an integer from `min` to `max`, both at most 2^53 − 1 away from 0. */
function isInteger(value: unknown, min: number, max: number): value is number {
  return typeof value === "number" && value >= min && value <= max && Math.floor(value) === value;
}

/** Whether `value` can be an order's id: an integer, 1 … MAX_ID. */
export function isId(value: unknown): value is number {
  return isInteger(value, 1, MAX_ID);
}

/** Whether `value` is a price in ticks, 1 … MAX_PRICE. */
export function isPrice(value: unknown): value is number {
  return isInteger(value, 1, MAX_PRICE);
}

/** Whether `value` is a size in lots, 1 … MAX_SIZE. */
export function isSize(value: unknown): value is number {
  return isInteger(value, 1, MAX_SIZE);
}

/**
 * What is wrong with an order by itself, or undefined. Whether its id is taken comes after this, and only the book knows.
 *
 * @param order what the caller of `addOrder` gave, even `null`
 */
export function checkNewOrder(order: Unchecked<NewOrder> | null | undefined): RejectReason | undefined {
  if (order === null || order === undefined || !isId(order.id)) return "invalid-id";
  if (order.side !== "buy" && order.side !== "sell") return "invalid-side";
  if (order.type !== undefined && order.type !== "limit" && order.type !== "market") return "invalid-type";
  const market = order.type === "market";
  if (!isSize(order.size)) return "invalid-size";
  if (market ? order.price !== undefined : !isPrice(order.price)) return "invalid-price";
  if (!isTimeInForce(order.tif, market)) return "invalid-tif";
  if (!isPostOnly(order.postOnly, !market && (order.tif === undefined || order.tif === "gtc"))) {
    return "invalid-post-only";
  }
  if (order.owner !== undefined && !isInteger(order.owner, 0, MAX_OWNER)) return "invalid-owner";
  if (!isSelfTradePrevention(order.stp)) return "invalid-stp";
  return undefined;
}

function isTimeInForce(tif: unknown, market: boolean): boolean {
  return tif === undefined || tif === "ioc" || (!market && (tif === "gtc" || tif === "fok"));
}

function isPostOnly(postOnly: unknown, canRest: boolean): boolean {
  return postOnly === undefined || postOnly === false || (postOnly === true && canRest);
}

function isSelfTradePrevention(stp: unknown): boolean {
  return (
    stp === undefined ||
    stp === "none" ||
    stp === "cancel-resting" ||
    stp === "cancel-incoming" ||
    stp === "cancel-both"
  );
}

/** What is wrong with a replace by itself, or undefined. Whether the order is there comes after this. */
export function checkReplace(id: unknown, price: unknown, size: unknown): RejectReason | undefined {
  if (!isId(id)) return "invalid-id";
  if (!isSize(size)) return "invalid-size";
  if (!isPrice(price)) return "invalid-price";
  return undefined;
}

/** What is wrong with a book's depth, or undefined; a depth left out is right. */
export function checkDepth(depth: unknown): RejectReason | undefined {
  return depth === undefined || isInteger(depth, 1, MAX_DEPTH) ? undefined : "invalid-depth";
}

/** What is wrong with the owner of a limits, kill or lift, or undefined: nobody, owner 0, is none. */
export function checkOwner(owner: unknown): RejectReason | undefined {
  return isInteger(owner, 1, MAX_OWNER) ? undefined : "invalid-owner";
}

/** What is wrong with an owner's limits, or undefined. @param limits what the caller of `setLimits` gave, even `null` */
export function checkLimits(limits: Unchecked<OwnerLimits> | null | undefined): RejectReason | undefined {
  const wrong = checkOwner(limits?.owner);
  if (wrong !== undefined) return wrong;
  const { maxOrderSize, maxOpenOrders, positionLimit, priceBand } = limits as Unchecked<OwnerLimits>;
  const valid =
    isLimit(maxOrderSize, MAX_LIMIT) &&
    isLimit(maxOpenOrders, MAX_LIMIT) &&
    isLimit(positionLimit, MAX_LIMIT) &&
    isLimit(priceBand, MAX_PRICE);
  return valid ? undefined : "invalid-limit";
}

function isLimit(value: unknown, max: number): boolean {
  return value === undefined || isInteger(value, 1, max);
}

/** The event that says no, with `id` in its place where it is a valid one, and without it where not. */
export function reject(op: Op, id: unknown, reason: RejectReason): RejectedEvent {
  return isId(id) ? { event: "rejected", op, id, reason } : { event: "rejected", op, reason };
}
