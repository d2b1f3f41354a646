(* The engine for JavaScript. *)

open Js_of_ocaml

let view (words : Records.words) = Typed_array.from_genarray (Bigarray.genarray_of_array1 words)

let () =
  Js.export "createBook" (fun () ->
      let engine = Engine.create () in
      object%js
        method commands = view engine.Engine.commands
        method events = view engine.Engine.events.Records.words
        method reserve records = Engine.reserve engine records
        method submit words = Engine.submit engine words
      end)
