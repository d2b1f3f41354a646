import type { CreateEngine, ReadArtefact } from "../contract/engine.ts";
import { withObjectDoor } from "../contract/object-adapter.ts";
import { loadWasmBook } from "./wasm-book.ts";

/** Loads the Rust core. Each engine has a Wasm instance and a memory of its own, which go when the engine is collected. */
export async function load(readArtefact: ReadArtefact): Promise<CreateEngine> {
  const createBook = await loadWasmBook(readArtefact);
  return () => withObjectDoor(createBook());
}
