(* The orders of one price, in the order of their coming. *)

open Types

(* An order that rests, with its queue and its two neighbours: `Nobody` stands at both ends, so that none needs a neighbour. *)
(* #region order *)
type order =
  | Nobody
  | Order of {
      id : int;
      owner : int;
      side : side;
      stp : stp;
      post_only : bool;
      price : int;
      queue : t;
      mutable size : int;
      mutable before : order;
      mutable behind : order;
    }

and t = { mutable first : order; mutable last : order; mutable lots : float; mutable orders : int }
(* #endregion order *)

let empty () = { first = Nobody; last = Nobody; lots = 0.; orders = 0 }

let join queue order =
  match order with
  | Nobody -> ()
  | Order joining ->
      joining.before <- queue.last;
      (match queue.last with Nobody -> queue.first <- order | Order last -> last.behind <- order);
      queue.last <- order;
      queue.lots <- queue.lots +. float_of_int joining.size;
      queue.orders <- queue.orders + 1

let leave queue order =
  match order with
  | Nobody -> ()
  | Order leaving ->
      (match leaving.before with Nobody -> queue.first <- leaving.behind | Order before -> before.behind <- leaving.behind);
      (match leaving.behind with Nobody -> queue.last <- leaving.before | Order behind -> behind.before <- leaving.before);
      queue.lots <- queue.lots -. float_of_int leaving.size;
      queue.orders <- queue.orders - 1

(* Takes lots off an order that keeps its place. *)
let reduce queue order lots =
  match order with
  | Nobody -> ()
  | Order reduced ->
      reduced.size <- reduced.size - lots;
      queue.lots <- queue.lots -. float_of_int lots
