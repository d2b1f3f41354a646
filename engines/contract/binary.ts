/**
 * The binary form: commands and events as records of 32-bit integers, little-endian, without padding.
 *
 * A command is 6 words:
 *
 * | word | add | cancel | replace | book | limits | kill, lift |
 * | --- | --- | --- | --- | --- | --- | --- |
 * | 0 | codes, below | op | op | op | op | op |
 * | 1 | id | id | id | | max order size | |
 * | 2 | price; 0 where left out | | price | | price band | |
 * | 3 | size | | size | depth | max open orders | |
 * | 4 | owner | | | | owner | owner |
 * | 5 | | | | | position limit | |
 *
 * A limit is 0 where it is left out.
 *
 * Word 0 holds the op in bits 0–7 and, for an add, side in 8–11, type in 12–15, time in force in 16–19, post-only in
 * 20–23, self-trade prevention in 24–27. Bits 28–31 are zero; where they are not, the op is unknown. Empty cells are not read.
 *
 * An event is 5 words:
 *
 * | word | accepted | executed | canceled | replaced | rejected | book | level |
 * | --- | --- | --- | --- | --- | --- | --- | --- |
 * | 0 | kind | kind | kind, reason | kind | kind, reason, op | kind | kind, side |
 * | 1 | id | taker | id | id | id; 0 where left out | bid levels | orders |
 * | 2 | 0 | maker | 0 | 0 | 0 | ask levels | size, upper 32 bits |
 * | 3 | 0 | price | 0 | price | 0 | 0 | price |
 * | 4 | 0 | size | size | size | 0 | 0 | size, lower 32 bits |
 *
 * Word 0 holds the kind in bits 0–7, the reason in 8–15 and the op (rejected) or the side (level) in 16–23. A book is
 * followed by its levels: the bids, from the highest price down, then the asks, from the lowest up. The events limits,
 * killed and lifted have their kind in word 0, the owner in word 1 and 0 in the others.
 */

export const COMMAND_WORDS = 6;
export const EVENT_WORDS = 5;

export const OP = { add: 1, cancel: 2, replace: 3, book: 4, limits: 5, kill: 6, lift: 7 } as const;
export const SIDE = { buy: 1, sell: 2 } as const;
export const TYPE = { limit: 0, market: 1 } as const;
/** `default` is a time in force left out: `gtc` for a limit order, `ioc` for a market order. */
export const TIF = { default: 0, gtc: 1, ioc: 2, fok: 3 } as const;
export const STP = { none: 0, "cancel-resting": 1, "cancel-incoming": 2, "cancel-both": 3 } as const;
/** What the encoder writes for a word of text that has no code. */
export const INVALID_CODE = 15;
/** What the encoder writes for an op that has no code. */
export const UNKNOWN_OP = 255;

export const SIDE_SHIFT = 8;
export const TYPE_SHIFT = 12;
export const TIF_SHIFT = 16;
export const POST_ONLY_SHIFT = 20;
export const STP_SHIFT = 24;

export const KIND = {
  accepted: 1,
  executed: 2,
  canceled: 3,
  replaced: 4,
  rejected: 5,
  book: 6,
  level: 7,
  limits: 8,
  killed: 9,
  lifted: 10,
} as const;

export const CANCEL_REASON = {
  user: 1,
  ioc: 2,
  fok: 3,
  "no-liquidity": 4,
  "self-trade": 5,
  kill: 6,
} as const;

export const REJECT_REASON = {
  "invalid-id": 16,
  "invalid-side": 17,
  "invalid-type": 18,
  "invalid-size": 19,
  "invalid-price": 20,
  "invalid-tif": 21,
  "invalid-post-only": 22,
  "invalid-owner": 23,
  "invalid-stp": 24,
  "duplicate-id": 25,
  "would-cross": 26,
  "unknown-order": 27,
  "invalid-depth": 28,
  "unknown-op": 29,
  unsupported: 30,
  "invalid-limit": 31,
  "owner-killed": 32,
  "max-order-size": 33,
  "price-band": 34,
  "max-open-orders": 35,
  "position-limit": 36,
} as const;

export const REASON_SHIFT = 8;
export const EVENT_OP_SHIFT = 16;
export const EVENT_SIDE_SHIFT = 16;
