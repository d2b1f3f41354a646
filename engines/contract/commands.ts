/** Commands that an engine takes, in the field names and words of their text form. All numbers are integers. */

export const MAX_ID = 2 ** 31 - 1;
export const MAX_OWNER = 2 ** 31 - 1;
export const MAX_PRICE = 2 ** 24 - 1;
export const MAX_SIZE = 2 ** 31 - 1;
export const MAX_DEPTH = 2 ** 31 - 1;
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

export type Command = AddCommand | CancelCommand | ReplaceCommand | BookCommand;

export type Op = Command["op"];
