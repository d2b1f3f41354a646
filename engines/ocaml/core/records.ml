(* The contract's binary form: commands and events as records of 32-bit words. *)

open Types

type words = (int32, Bigarray.int32_elt, Bigarray.c_layout) Bigarray.Array1.t

let command_words = 6
let event_words = 5
let max_price = (1 lsl 24) - 1
let words count : words = Bigarray.Array1.create Bigarray.int32 Bigarray.c_layout count
let read (words : words) place = Int32.to_int (Bigarray.Array1.unsafe_get words place)
let write (words : words) place value = Bigarray.Array1.unsafe_set words place (Int32.of_int value)

(* A command that is checked, or why it is none. *)
type checked = Valid of command | Invalid of { op : op; id : int; reason : reject_reason }

let is_price price = price >= 1 && price <= max_price
let field codes shift = (codes lsr shift) land 15

(* What the codes say; `None` where they say nothing that there is. *)
let side_of codes = match field codes 8 with 1 -> Some Buy | 2 -> Some Sell | _ -> None

let stp_of codes =
  match field codes 24 with
  | 0 -> Some No_prevention
  | 1 -> Some Cancel_resting
  | 2 -> Some Cancel_incoming
  | 3 -> Some Cancel_both
  | _ -> None

let lifetime_of codes =
  match field codes 16 with
  | 0 | 1 -> Some Good_till_cancelled
  | 2 -> Some Immediate_or_cancel
  | 3 -> Some Fill_or_kill
  | _ -> None

let limit_of codes price =
  match (lifetime_of codes, field codes 20) with
  | _ when not (is_price price) -> Error Invalid_price
  | None, _ -> Error Invalid_tif
  | Some lifetime, 0 -> Ok (Limit { price; lifetime; post_only = false })
  | Some Good_till_cancelled, 1 -> Ok (Limit { price; lifetime = Good_till_cancelled; post_only = true })
  | Some _, _ -> Error Invalid_post_only

let market_of codes price =
  match (field codes 16, field codes 20) with
  | _ when price <> 0 -> Error Invalid_price
  | (0 | 2), 0 -> Ok Market
  | (0 | 2), _ -> Error Invalid_post_only
  | _ -> Error Invalid_tif

let kind_of codes price size =
  match field codes 12 with
  | (0 | 1) when size <= 0 -> Error Invalid_size
  | 0 -> limit_of codes price
  | 1 -> market_of codes price
  | _ -> Error Invalid_type

(* The order of the contract's checks is the order of these lines. *)
let check_add codes id price size owner =
  let invalid id reason = Invalid { op = Op_add; id; reason } in
  if id <= 0 then invalid 0 Invalid_id
  else
    match side_of codes with
    | None -> invalid id Invalid_side
    | Some side -> (
        match kind_of codes price size with
        | Error reason -> invalid id reason
        | Ok _ when owner < 0 -> invalid id Invalid_owner
        | Ok kind -> (
            match stp_of codes with
            | None -> invalid id Invalid_stp
            | Some stp -> Valid (Add { id; owner; side; size; stp; kind })))

let check_cancel id = if id > 0 then Valid (Cancel id) else Invalid { op = Op_cancel; id = 0; reason = Invalid_id }

let check_replace id price size =
  let invalid reason = Invalid { op = Op_replace; id = (if id > 0 then id else 0); reason } in
  if id <= 0 then invalid Invalid_id
  else if size <= 0 then invalid Invalid_size
  else if not (is_price price) then invalid Invalid_price
  else Valid (Replace { id; price; size })

(* Risk checks are beyond the level: a command about them that is valid is unsupported. *)
let beyond op valid fault = Invalid { op; id = 0; reason = (if valid then Unsupported else fault) }

let check_limits max_size band max_open owner position =
  if owner <= 0 then beyond Op_limits false Invalid_owner
  else beyond Op_limits (max_size >= 0 && (band = 0 || is_price band) && max_open >= 0 && position >= 0) Invalid_limit

(* The command whose record begins at `place`. *)
let command words place =
  let word at = read words (place + at) in
  let codes = word 0 in
  (* Bits 28 to 31 must be zero. A word is signed, and OCaml's integers have 32 bits in JavaScript and 63 elsewhere. *)
  if codes < 0 || codes lsr 28 <> 0 then Invalid { op = Op_unknown; id = 0; reason = Unknown_op }
  else
    match codes land 255 with
    | 1 -> check_add codes (word 1) (word 2) (word 3) (word 4)
    | 2 -> check_cancel (word 1)
    | 3 -> check_replace (word 1) (word 2) (word 3)
    | 4 when word 3 > 0 -> Valid (Book { depth = word 3 })
    | 4 -> Invalid { op = Op_book; id = 0; reason = Invalid_depth }
    | 5 -> check_limits (word 1) (word 2) (word 3) (word 4) (word 5)
    | 6 -> beyond Op_kill (word 4 > 0) Invalid_owner
    | 7 -> beyond Op_lift (word 4 > 0) Invalid_owner
    | _ -> Invalid { op = Op_unknown; id = 0; reason = Unknown_op }

let cancel_code = function User -> 1 | Ioc -> 2 | Fok -> 3 | No_liquidity -> 4 | Self_trade -> 5

let reject_code = function
  | Invalid_id -> 16
  | Invalid_side -> 17
  | Invalid_type -> 18
  | Invalid_size -> 19
  | Invalid_price -> 20
  | Invalid_tif -> 21
  | Invalid_post_only -> 22
  | Invalid_owner -> 23
  | Invalid_stp -> 24
  | Duplicate_id -> 25
  | Would_cross -> 26
  | Unknown_order -> 27
  | Invalid_depth -> 28
  | Unknown_op -> 29
  | Unsupported -> 30
  | Invalid_limit -> 31

let op_code = function
  | Op_unknown -> 0
  | Op_add -> 1
  | Op_cancel -> 2
  | Op_replace -> 3
  | Op_book -> 4
  | Op_limits -> 5
  | Op_kill -> 6
  | Op_lift -> 7

(* Where events are written. The words are replaced by more of them when they are full. *)
type writer = { mutable words : words; mutable length : int }

let writer () = { words = words (1024 * event_words); length = 0 }

let make_room writer =
  let held = Bigarray.Array1.dim writer.words in
  if writer.length + event_words > held then (
    let more = words (2 * held) in
    Bigarray.Array1.blit writer.words (Bigarray.Array1.sub more 0 held);
    writer.words <- more)

let record writer first second third fourth fifth =
  make_room writer;
  let { words; length } = writer in
  write words length first;
  write words (length + 1) second;
  write words (length + 2) third;
  write words (length + 3) fourth;
  write words (length + 4) fifth;
  writer.length <- length + event_words

let two_to_32 = 4294967296.

let level writer side { price; lots; orders } =
  let upper = Float.to_int (Float.floor (lots /. two_to_32)) in
  let lower = lots -. (float_of_int upper *. two_to_32) in
  (* As a signed word, as far as the lower half reaches beyond 2^31. *)
  let lower = Int32.to_int (Int32.of_float (if lower >= 2147483648. then lower -. two_to_32 else lower)) in
  record writer (7 lor (match side with Buy -> 1 lsl 16 | Sell -> 2 lsl 16)) orders upper price lower

let event writer = function
  | Accepted id -> record writer 1 id 0 0 0
  | Executed { taker; maker; price; size } -> record writer 2 taker maker price size
  | Canceled { id; size; reason } -> record writer (3 lor (cancel_code reason lsl 8)) id 0 0 size
  | Replaced { id; price; size } -> record writer 4 id 0 price size
  | Rejected { op; id; reason } -> record writer (5 lor (reject_code reason lsl 8) lor (op_code op lsl 16)) id 0 0 0
  | Book_is { bids; asks } ->
      record writer 6 (List.length bids) (List.length asks) 0 0;
      List.iter (level writer Buy) bids;
      List.iter (level writer Sell) asks
