(* One instrument's book: what the contract says, as directly as the types allow. *)

open Types
module Prices = Map.Make (Int)

module Ids = Hashtbl.Make (struct
  type t = int

  let equal = Int.equal
  let hash id = id
end)

type t = {
  orders : Queue.order Ids.t;
  (* The queue of each price, by the price's rank: the best price of a side has the lowest. *)
  mutable bids : Queue.t Prices.t;
  mutable asks : Queue.t Prices.t;
}

let create () = { orders = Ids.create 1024; bids = Prices.empty; asks = Prices.empty }

let rank side price = match side with Buy -> -price | Sell -> price
let side_of book = function Buy -> book.bids | Sell -> book.asks
let set_side book side queues = match side with Buy -> book.bids <- queues | Sell -> book.asks <- queues

(* An order that trades now: a limit order's price, or the worst price there is. *)
type taker = { id : int; owner : int; side : side; stp : stp; limit : int option }

let crosses taker price =
  match (taker.limit, taker.side) with
  | None, _ -> true
  | Some limit, Buy -> price <= limit
  | Some limit, Sell -> price >= limit

(* The best queue of the other side, where the taker's price reaches it. *)
let best_crossed book taker =
  let makers = opposite taker.side in
  match Prices.min_binding_opt (side_of book makers) with
  | Some (rank_of_best, queue) when crosses taker (abs rank_of_best) -> Some queue
  | Some _ | None -> None

(* The queue of a price, a new one where there was none. *)
let queue_at book side price =
  let queues = side_of book side in
  let place = rank side price in
  match Prices.find_opt place queues with
  | Some queue -> queue
  | None ->
      let queue = Queue.empty () in
      set_side book side (Prices.add place queue queues);
      queue

let remove book (order : Queue.order) =
  match order with
  | Nobody -> ()
  | Order { id; side; price; queue; _ } ->
      Queue.leave queue order;
      if queue.orders = 0 then set_side book side (Prices.remove (rank side price) (side_of book side));
      Ids.remove book.orders id

let is_self_trade taker owner = owner <> 0 && owner = taker.owner && taker.stp <> No_prevention

(* Step 5 of the contract's Add. Gives what is left of the taker: 0 also where self-trade prevention ended it. *)
(* #region match *)
let rec trade book emit taker left =
  if left = 0 then 0
  else
    match best_crossed book taker with
    | None -> left
    | Some queue -> (
        match queue.first with
        | Nobody -> left
        | Order maker when is_self_trade taker maker.owner -> prevent book emit taker left queue.first
        | Order maker ->
            let size = Int.min left maker.size in
            emit (Executed { taker = taker.id; maker = maker.id; price = maker.price; size });
            if size = maker.size then remove book queue.first else Queue.reduce queue queue.first size;
            trade book emit taker (left - size))
(* #endregion match *)

and prevent book emit taker left (maker : Queue.order) =
  let cancel_maker () =
    match maker with
    | Nobody -> ()
    | Order { id; size; _ } ->
        remove book maker;
        emit (Canceled { id; size; reason = Self_trade })
  in
  let cancel_taker () = emit (Canceled { id = taker.id; size = left; reason = Self_trade }) in
  match taker.stp with
  | No_prevention -> left
  | Cancel_resting ->
      cancel_maker ();
      trade book emit taker left
  | Cancel_incoming ->
      cancel_taker ();
      0
  | Cancel_both ->
      cancel_maker ();
      cancel_taker ();
      0

(* Step 4: whether `trade` would leave nothing of the taker. It decides as `trade` does, and changes nothing. *)
let can_fill book taker size =
  let rec along queues (order : Queue.order) missing =
    match order with
    | Nobody -> next queues missing
    | Order maker when not (is_self_trade taker maker.owner) ->
        missing <= maker.size || along queues maker.behind (missing - maker.size)
    | Order maker -> taker.stp = Cancel_resting && along queues maker.behind missing
  and next queues missing =
    match queues () with
    | Seq.Cons ((rank_of_price, (queue : Queue.t)), worse) when crosses taker (abs rank_of_price) ->
        along worse queue.first missing
    | Seq.Cons _ | Seq.Nil -> false
  in
  next (Prices.to_seq (side_of book (opposite taker.side))) size

(* Steps 5 and 6 of an order that may rest. *)
let trade_and_rest book emit taker ~price ~size ~post_only =
  let left = trade book emit taker size in
  if left > 0 then
    let { id; owner; side; stp; _ } = taker in
    let queue = queue_at book side price in
    let order =
      Queue.Order { id; owner; side; stp; post_only; price; queue; size = left; before = Nobody; behind = Nobody }
    in
    Queue.join queue order;
    Ids.add book.orders id order

let add book emit ({ id; owner; side; size; stp; kind } : new_order) =
  let reject reason = emit (Rejected { op = Op_add; id; reason }) in
  let cancel_rest left reason = if left > 0 then emit (Canceled { id; size = left; reason }) in
  if Ids.mem book.orders id then reject Duplicate_id
  else
    match kind with
    | Market ->
        emit (Accepted id);
        let taker = { id; owner; side; stp; limit = None } in
        cancel_rest (trade book emit taker size) No_liquidity
    | Limit { price; lifetime; post_only } -> (
        let taker = { id; owner; side; stp; limit = Some price } in
        if post_only && Option.is_some (best_crossed book taker) then reject Would_cross
        else (
          emit (Accepted id);
          match lifetime with
          | Fill_or_kill when not (can_fill book taker size) -> cancel_rest size Fok
          | Fill_or_kill | Immediate_or_cancel -> cancel_rest (trade book emit taker size) Ioc
          | Good_till_cancelled -> trade_and_rest book emit taker ~price ~size ~post_only))

(* #region cancel *)
let cancel book emit id =
  match Ids.find_opt book.orders id with
  | None | Some Nobody -> emit (Rejected { op = Op_cancel; id; reason = Unknown_order })
  | Some (Order { size; _ } as order) ->
      remove book order;
      emit (Canceled { id; size; reason = User })
(* #endregion cancel *)

let replace book emit id price size =
  let reject reason = emit (Rejected { op = Op_replace; id; reason }) in
  match Ids.find_opt book.orders id with
  | None | Some Nobody -> reject Unknown_order
  | Some (Order old as order) ->
      if price = old.price && size <= old.size then (
        Queue.reduce old.queue order (old.size - size);
        emit (Replaced { id; price; size }))
      else
        let taker = { id; owner = old.owner; side = old.side; stp = old.stp; limit = Some price } in
        if old.post_only && Option.is_some (best_crossed book taker) then reject Would_cross
        else (
          remove book order;
          emit (Replaced { id; price; size });
          trade_and_rest book emit taker ~price ~size ~post_only:old.post_only)

let levels queues depth =
  let view (rank_of_price, (queue : Queue.t)) = { price = abs rank_of_price; lots = queue.lots; orders = queue.orders } in
  let rec take left queues =
    if left = 0 then []
    else match queues () with Seq.Nil -> [] | Seq.Cons (level, worse) -> view level :: take (left - 1) worse
  in
  take depth (Prices.to_seq queues)

(* Executes a valid command, and emits its events in their order. *)
let execute book emit = function
  | Add order -> add book emit order
  | Cancel id -> cancel book emit id
  | Replace { id; price; size } -> replace book emit id price size
  | Book { depth } -> emit (Book_is { bids = levels book.bids depth; asks = levels book.asks depth })
