(* What there is on a market, as types. The compiler asks each `match` for all of it. *)

(* #region types *)
type side = Buy | Sell

(* Self-trade prevention: what an incoming order does that meets one of its own owner. *)
type stp = No_prevention | Cancel_resting | Cancel_incoming | Cancel_both

(* What becomes of that which can't trade at once. *)
type lifetime = Good_till_cancelled | Immediate_or_cancel | Fill_or_kill

(* A market order has no price, so there is none that could be read by mistake. *)
type kind = Limit of { price : int; lifetime : lifetime; post_only : bool } | Market

type new_order = { id : int; owner : int; side : side; size : int; stp : stp; kind : kind }

type command =
  | Add of new_order
  | Cancel of int
  | Replace of { id : int; price : int; size : int }
  | Book of { depth : int }
(* #endregion types *)

type cancel_reason = User | Ioc | Fok | No_liquidity | Self_trade

type reject_reason =
  | Invalid_id
  | Invalid_side
  | Invalid_type
  | Invalid_size
  | Invalid_price
  | Invalid_tif
  | Invalid_post_only
  | Invalid_owner
  | Invalid_stp
  | Duplicate_id
  | Would_cross
  | Unknown_order
  | Invalid_depth
  | Unknown_op
  | Unsupported
  | Invalid_limit

type op = Op_unknown | Op_add | Op_cancel | Op_replace | Op_book | Op_limits | Op_kill | Op_lift

(* A price with what rests at it. The lots of a level can pass 2^31, so they are a float, exact up to 2^53. *)
type level_view = { price : int; lots : float; orders : int }

type event =
  | Accepted of int
  | Executed of { taker : int; maker : int; price : int; size : int }
  | Canceled of { id : int; size : int; reason : cancel_reason }
  | Replaced of { id : int; price : int; size : int }
  (* The id is 0 where the command has none, or none that is valid. *)
  | Rejected of { op : op; id : int; reason : reject_reason }
  | Book_is of { bids : level_view list; asks : level_view list }

let opposite = function Buy -> Sell | Sell -> Buy
