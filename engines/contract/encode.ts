/**
 * The shared encoder of commands: plain objects, whose values may be anything, into records (`binary.ts`), without
 * allocation. It rejects nothing itself. What a word can't carry becomes a word that every engine rejects, with the
 * reason that the value itself would have had, and at the same place in the order of checks.
 */

import {
  INVALID_CODE,
  OP,
  POST_ONLY_SHIFT,
  SIDE,
  SIDE_SHIFT,
  STP,
  STP_SHIFT,
  TIF,
  TIF_SHIFT,
  TYPE,
  TYPE_SHIFT,
  UNKNOWN_OP,
} from "./binary.ts";
import { type BookCommand, DEFAULT_DEPTH, type NewOrder, type OwnerLimits } from "./commands.ts";
import type { Unchecked } from "./validate.ts";

/** A command as it comes out of a line of text or from a stranger: any op, any fields, any values. */
export type UncheckedCommand = Unchecked<NewOrder & OwnerLimits & Omit<BookCommand, "op">> & { readonly op?: unknown };

/** A word that stands for `value`, or `invalid` where `value` is no 32-bit integer. Ranges are the engine's business. */
function integerWord(value: unknown, invalid: number): number {
  return typeof value === "number" && (value | 0) === value ? value | 0 : invalid;
}

/** A price or a limit that is there is never the word 0, which means that it was left out, as both may be. */
function wordUnlessLeftOut(value: unknown): number {
  return value === undefined ? 0 : integerWord(value, -1) || -1;
}

function sideCode(side: unknown): number {
  return side === "buy" ? SIDE.buy : side === "sell" ? SIDE.sell : INVALID_CODE;
}

function typeCode(type: unknown): number {
  return type === undefined || type === "limit" ? TYPE.limit : type === "market" ? TYPE.market : INVALID_CODE;
}

function tifCode(tif: unknown): number {
  if (tif === undefined) return TIF.default;
  return tif === "gtc" ? TIF.gtc : tif === "ioc" ? TIF.ioc : tif === "fok" ? TIF.fok : INVALID_CODE;
}

function postOnlyCode(postOnly: unknown): number {
  return postOnly === undefined || postOnly === false ? 0 : postOnly === true ? 1 : INVALID_CODE;
}

function stpCode(stp: unknown): number {
  if (stp === undefined || stp === "none") return STP.none;
  if (stp === "cancel-resting") return STP["cancel-resting"];
  if (stp === "cancel-incoming") return STP["cancel-incoming"];
  return stp === "cancel-both" ? STP["cancel-both"] : INVALID_CODE;
}

const NO_FIELDS: Unchecked<NewOrder> = {};
const NO_LIMITS: Unchecked<OwnerLimits> = {};

/** Writes an add at word `at` of `words`, which has room for a record there. */
export function encodeAdd(order: Unchecked<NewOrder> | null | undefined, words: Int32Array, at: number): void {
  const fields = order ?? NO_FIELDS;
  words[at] =
    OP.add |
    (sideCode(fields.side) << SIDE_SHIFT) |
    (typeCode(fields.type) << TYPE_SHIFT) |
    (tifCode(fields.tif) << TIF_SHIFT) |
    (postOnlyCode(fields.postOnly) << POST_ONLY_SHIFT) |
    (stpCode(fields.stp) << STP_SHIFT);
  words[at + 1] = integerWord(fields.id, 0);
  words[at + 2] = wordUnlessLeftOut(fields.price);
  words[at + 3] = integerWord(fields.size, 0);
  words[at + 4] = fields.owner === undefined ? 0 : integerWord(fields.owner, -1);
  words[at + 5] = 0;
}

/** Writes a cancel at word `at` of `words`. */
export function encodeCancel(id: unknown, words: Int32Array, at: number): void {
  writeRecord(words, at, OP.cancel, integerWord(id, 0), 0, 0);
}

/** Writes a replace at word `at` of `words`. */
export function encodeReplace(id: unknown, price: unknown, size: unknown, words: Int32Array, at: number): void {
  writeRecord(words, at, OP.replace, integerWord(id, 0), wordUnlessLeftOut(price), integerWord(size, 0));
}

/** Writes a book at word `at` of `words`; a depth left out is `DEFAULT_DEPTH`. */
export function encodeBook(depth: unknown, words: Int32Array, at: number): void {
  writeRecord(words, at, OP.book, 0, 0, depth === undefined ? DEFAULT_DEPTH : integerWord(depth, 0));
}

/** Writes a limits at word `at` of `words`. */
export function encodeLimits(limits: Unchecked<OwnerLimits> | null | undefined, words: Int32Array, at: number): void {
  const fields = limits ?? NO_LIMITS;
  words[at] = OP.limits;
  words[at + 1] = wordUnlessLeftOut(fields.maxOrderSize);
  words[at + 2] = wordUnlessLeftOut(fields.priceBand);
  words[at + 3] = wordUnlessLeftOut(fields.maxOpenOrders);
  words[at + 4] = integerWord(fields.owner, 0);
  words[at + 5] = wordUnlessLeftOut(fields.positionLimit);
}

/** Writes a kill at word `at` of `words`. */
export function encodeKill(owner: unknown, words: Int32Array, at: number): void {
  writeRecord(words, at, OP.kill, 0, 0, 0, integerWord(owner, 0));
}

/** Writes a lift at word `at` of `words`. */
export function encodeLift(owner: unknown, words: Int32Array, at: number): void {
  writeRecord(words, at, OP.lift, 0, 0, 0, integerWord(owner, 0));
}

/**
 * Writes any command at word `at` of `words`.
 *
 * @returns whether its op is one of the contract's; where not, the record is one of unknown op, and the op as it came is
 *   the caller's to remember
 */
export function encodeCommand(command: UncheckedCommand, words: Int32Array, at: number): boolean {
  switch (command.op) {
    case "add":
      encodeAdd(command, words, at);
      return true;
    case "cancel":
      encodeCancel(command.id, words, at);
      return true;
    case "replace":
      encodeReplace(command.id, command.price, command.size, words, at);
      return true;
    case "book":
      encodeBook(command.depth, words, at);
      return true;
    case "limits":
      encodeLimits(command, words, at);
      return true;
    case "kill":
      encodeKill(command.owner, words, at);
      return true;
    case "lift":
      encodeLift(command.owner, words, at);
      return true;
    default:
      writeRecord(words, at, UNKNOWN_OP, 0, 0, 0);
      return false;
  }
}

function writeRecord(
  words: Int32Array,
  at: number,
  op: number,
  id: number,
  price: number,
  size: number,
  owner = 0,
): void {
  words[at] = op;
  words[at + 1] = id;
  words[at + 2] = price;
  words[at + 3] = size;
  words[at + 4] = owner;
  words[at + 5] = 0;
}
