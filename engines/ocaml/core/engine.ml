(* A book behind its buffers: records in, records out. *)

open Records

type t = { book : Book.t; mutable commands : words; events : writer }

let create () = { book = Book.create (); commands = words (1024 * command_words); events = writer () }

(* Makes room for so many command records; what was written there is lost. *)
let reserve engine records =
  if records * command_words > Bigarray.Array1.dim engine.commands then engine.commands <- words (records * command_words)

(* Executes the commands in the first `length` words, and gives the number of words of their events. *)
let submit engine length =
  let { book; commands; events } = engine in
  let emit = event events in
  let execute = function
    | Valid command -> Book.execute book emit command
    | Invalid { op; id; reason } -> emit (Rejected { op; id; reason })
  in
  events.length <- 0;
  for number = 0 to (length / command_words) - 1 do
    execute (command commands (number * command_words))
  done;
  if length mod command_words <> 0 then execute (Invalid { op = Op_unknown; id = 0; reason = Unknown_op });
  events.length
