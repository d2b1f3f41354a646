import type { Op } from "./commands.ts";

/** Events that an engine gives. Their keys stand in the order of their text form, so `JSON.stringify` writes it. */

export type CancelReason = "user" | "ioc" | "fok" | "no-liquidity" | "self-trade" | "kill";

export type RejectReason =
  | "invalid-id"
  | "invalid-side"
  | "invalid-type"
  | "invalid-size"
  | "invalid-price"
  | "invalid-tif"
  | "invalid-post-only"
  | "invalid-owner"
  | "invalid-stp"
  | "duplicate-id"
  | "would-cross"
  | "unknown-order"
  | "invalid-depth"
  | "unknown-op"
  | "unsupported"
  | "invalid-limit"
  | "owner-killed"
  | "max-order-size"
  | "price-band"
  | "max-open-orders"
  | "position-limit";

export interface AcceptedEvent {
  event: "accepted";
  id: number;
}

/** A trade, at the maker's price (ticks), of `size` lots. */
export interface ExecutedEvent {
  event: "executed";
  taker: number;
  maker: number;
  price: number;
  size: number;
}

/** `size` is what was still open, in lots. */
export interface CanceledEvent {
  event: "canceled";
  id: number;
  size: number;
  reason: CancelReason;
}

export interface ReplacedEvent {
  event: "replaced";
  id: number;
  price: number;
  size: number;
}

/** Nothing changed. `id` is left out where it is invalid itself, where the command has none, and for an unknown op. */
export interface RejectedEvent {
  event: "rejected";
  /** As it came where unknown; null where it was missing or not a string. */
  op: Op | (string & {}) | null;
  id?: number;
  reason: RejectReason;
}

/** Price in ticks, total open size in lots (exact up to 2^53), number of orders. */
export type BookLevel = [price: number, size: number, orders: number];

/** Bids from the highest price down, asks from the lowest up. */
export interface BookEvent {
  event: "book";
  bids: BookLevel[];
  asks: BookLevel[];
}

/** An owner is held to other limits from now on. */
export interface LimitsEvent {
  event: "limits";
  owner: number;
}

/** An owner is blocked; the cancellations of its orders follow. */
export interface KilledEvent {
  event: "killed";
  owner: number;
}

/** An owner is not blocked any more. */
export interface LiftedEvent {
  event: "lifted";
  owner: number;
}

export type EngineEvent =
  | AcceptedEvent
  | ExecutedEvent
  | CanceledEvent
  | ReplacedEvent
  | RejectedEvent
  | BookEvent
  | LimitsEvent
  | KilledEvent
  | LiftedEvent;
