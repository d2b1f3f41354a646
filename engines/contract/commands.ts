/** Commands that an engine takes, in the field names and words of their text form. All numbers are integers. */

export const MAX_ID = 2 ** 31 - 1;
export const MAX_OWNER = 2 ** 31 - 1;
export const MAX_PRICE = 2 ** 24 - 1;
export const MAX_SIZE = 2 ** 31 - 1;
export const MAX_DEPTH = 2 ** 31 - 1;
/** The highest limit on sizes, open orders and positions; a price band's is MAX_PRICE. */
export const MAX_LIMIT = 2 ** 31 - 1;
export const DEFAULT_DEPTH = 10;

export type Side = "buy" | "sell";
export type OrderType = "limit" | "market";
export type TimeInForce = "gtc" | "ioc" | "fok";
export type SelfTradePrevention = "none" | "cancel-resting" | "cancel-incoming" | "cancel-both";

/** What `addOrder` takes. A field left out takes its default; a field that is there must be valid. */
export interface NewOrder {
  /** 1 … MAX_ID, chosen by the caller, unique among live orders. */
  id: number;
  side: Side;
  /** Default `limit`. */
  type?: OrderType;
  /** Ticks, 1 … MAX_PRICE. A market order carries none. */
  price?: number;
  /** Lots, 1 … MAX_SIZE. */
  size: number;
  /** Default `gtc`; for a market order, which may say nothing else, `ioc`. */
  tif?: TimeInForce;
  /** Default false. */
  postOnly?: boolean;
  /** 0 … MAX_OWNER, default 0: nobody, who never self-trades. */
  owner?: number;
  /** What is done when the order would meet one of its own owner's. Default `none`: they trade. */
  stp?: SelfTradePrevention;
}

export interface AddCommand extends NewOrder {
  op: "add";
}

export interface CancelCommand {
  op: "cancel";
  id: number;
}

/** The new price (ticks) and the new open size (lots) of a resting order. */
export interface ReplaceCommand {
  op: "replace";
  id: number;
  price: number;
  size: number;
}

export interface BookCommand {
  op: "book";
  /** Levels a side at most, 1 … MAX_DEPTH, default DEFAULT_DEPTH. */
  depth?: number;
}

/** What an owner is held to. All four are set at once: one left out is no limit. */
export interface OwnerLimits {
  /** 1 … MAX_OWNER: nobody, owner 0, can't be held to anything. */
  owner: number;
  /** Lots of a new order, or of a replaced one's new size; 1 … MAX_LIMIT. */
  maxOrderSize?: number;
  /** Orders of the owner in the book, 1 … MAX_LIMIT. */
  maxOpenOrders?: number;
  /** Lots, long or short, if all of the owner's open orders on a side were filled; 1 … MAX_LIMIT. */
  positionLimit?: number;
  /** Ticks of a limit order's price from the last trade's, 1 … MAX_PRICE. */
  priceBand?: number;
}

export interface LimitsCommand extends OwnerLimits {
  op: "limits";
}

/** Cancels all orders of an owner, and blocks new ones until `lift`. */
export interface KillCommand {
  op: "kill";
  owner: number;
}

export interface LiftCommand {
  op: "lift";
  owner: number;
}

export type Command =
  | AddCommand
  | CancelCommand
  | ReplaceCommand
  | BookCommand
  | LimitsCommand
  | KillCommand
  | LiftCommand;

export type Op = Command["op"];
