(* The book in a process of its own: what it costs without JavaScript, measured as wasm-rust/bench does.

     native OPENING BATCH ROUNDS < COMMANDS

   COMMANDS are records of six words of 32 bits. The first OPENING of them fill a new book; the others are timed, BATCH at a time,
   in ROUNDS rounds, and then one by one. It answers with one line of JSON, which `npm run bench -- --native` reads: the hash of all
   events is in it, for a time is worth nothing without a right answer. *)

external now_ns : unit -> (int[@untagged]) = "hotpath_now_ns_boxed" "hotpath_now_ns" [@@noalloc]

type options = { opening : int; batch : int; rounds : int }

let word_bytes = 4
let count commands = Bigarray.Array1.dim commands / Records.command_words
let slice commands at length = Bigarray.Array1.sub commands (at * Records.command_words) (length * Records.command_words)

(* The engine reads commands from its own buffer, which may as well be a view of all of them. *)
let aim (engine : Engine.t) commands = engine.commands <- commands

let execute engine commands = ignore (Engine.submit engine (Bigarray.Array1.dim commands) : int)

let in_batches engine commands ~from ~batch each =
  let rec go at =
    let length = Int.min batch (count commands - at) in
    if length > 0 then (
      let records = slice commands at length in
      aim engine records;
      execute engine records;
      each ();
      go (at + length))
  in
  go from

(* The project's hash of event records, engines/contract/hash.ts: two lanes of 32 bits, over words in order. *)
module Event_hash = struct
  type t = { mutable first : int; mutable second : int }

  let low_32 = 0xFFFFFFFF
  let rotated lane bits = ((lane lsl bits) lor (lane lsr (32 - bits))) land low_32

  let add hash (events : Records.writer) =
    for place = 0 to events.length - 1 do
      let word = Records.read events.words place land low_32 in
      hash.first <- (rotated hash.first 5 lxor word) * 0x9E3779B1 land low_32;
      hash.second <- (rotated hash.second 13 lxor word) * 0x85EBCA6B land low_32
    done

  let text { first; second } = Printf.sprintf "%08x%08x" first second
end

let hash_events commands batch =
  let engine = Engine.create () in
  let hash = Event_hash.{ first = 0; second = 0 } in
  in_batches engine commands ~from:0 ~batch (fun () -> Event_hash.add hash engine.events);
  Event_hash.text hash

(* Wall ns a command, the mean over all but the opening. *)
let time_batches commands { opening; batch; _ } =
  let engine = Engine.create () in
  let records = slice commands 0 opening in
  aim engine records;
  execute engine records;
  let started = now_ns () in
  in_batches engine commands ~from:opening ~batch (fun () -> ());
  float_of_int (now_ns () - started) /. float_of_int (count commands - opening)

(* The value below which that share of the sorted readings lies. *)
let quantile sorted share =
  let readings = Array.length sorted in
  sorted.(Int.min (int_of_float (float_of_int readings *. share)) (readings - 1))

let sorted readings =
  let copy = Array.copy readings in
  Array.sort Int.compare copy;
  copy

(* What the clock itself costs: the median of readings with nothing between them, ns. *)
let clock_median () =
  let reading _ =
    let started = now_ns () in
    now_ns () - started
  in
  quantile (sorted (Array.init 100_000 reading)) 0.5

(* As apps/cli/bench/worker.ts tells them apart: what has no op counts as an add. *)
let kind_of codes =
  match codes land 255 with
  | 2 -> "cancel"
  | 3 -> "replace"
  | 4 -> "book"
  | _ -> if Records.field codes 12 = 1 then "market" else "add"

(* Times each command alone in a new book, the clock's median taken off. *)
let time_each commands clock_ns =
  let engine = Engine.create () in
  let time at =
    let record = slice commands at 1 in
    aim engine record;
    let started = now_ns () in
    execute engine record;
    Int.max 0 (now_ns () - started - clock_ns)
  in
  Array.init (count commands) time

(* The opening and the first tenth after it are warm-up. *)
let singles_json commands opening clock_ns =
  let readings = time_each commands clock_ns in
  let warm = opening + ((count commands - opening) / 10) in
  let kinds = Array.init (count commands) (fun at -> kind_of (Records.read commands (at * Records.command_words))) in
  let of_kind kind =
    let is_chosen (at, _) = at >= warm && (kind = "all" || kinds.(at) = kind) in
    match sorted (Array.of_seq (Seq.map snd (Seq.filter is_chosen (Array.to_seqi readings)))) with
    | [||] -> None
    | times ->
        let at = quantile times in
        Some
          (Printf.sprintf {|{"op":"%s","count":%d,"p50Ns":%d,"p99Ns":%d,"p999Ns":%d}|} kind (Array.length times) (at 0.5)
             (at 0.99) (at 0.999))
  in
  String.concat "," (List.filter_map of_kind [ "all"; "add"; "market"; "cancel"; "replace"; "book" ])

let measure commands ({ opening; batch; rounds } as options) =
  let clock_ns = clock_median () in
  let hash = hash_events commands batch in
  let times = List.init rounds (fun _ -> Printf.sprintf "%.3f" (time_batches commands options)) in
  Printf.printf
    {|{"engine":"ocaml-native","commands":%d,"clockMedianNs":%d,"eventsHash":"%s","batchNsPerOp":[%s],"latency":[%s]}|}
    (count commands - opening)
    clock_ns hash (String.concat "," times)
    (singles_json commands opening clock_ns);
  print_newline ()

let read_commands () =
  set_binary_mode_in stdin true;
  let bytes = Buffer.create (1 lsl 20) in
  let chunk = Bytes.create 65536 in
  let rec read () =
    let got = input stdin chunk 0 (Bytes.length chunk) in
    if got > 0 then (
      Buffer.add_subbytes bytes chunk 0 got;
      read ())
  in
  read ();
  let bytes = Buffer.to_bytes bytes in
  let commands = Records.words (Bytes.length bytes / word_bytes / Records.command_words * Records.command_words) in
  for place = 0 to Bigarray.Array1.dim commands - 1 do
    Bigarray.Array1.set commands place (Bytes.get_int32_ne bytes (place * word_bytes))
  done;
  commands

let refuse message =
  prerr_endline message;
  exit 2

let () =
  match Array.map int_of_string_opt Sys.argv with
  | [| _; Some opening; Some batch; Some rounds |] when opening >= 0 && batch > 0 && rounds > 0 ->
      let commands = read_commands () in
      if count commands > opening then measure commands { opening; batch; rounds }
      else
        refuse
          (Printf.sprintf "%d commands on standard input: give more than the opening's %d" (count commands) opening)
  | _ -> refuse "usage: native OPENING BATCH ROUNDS < COMMANDS, each a whole number"
