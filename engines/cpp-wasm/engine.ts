import type { CreateEngine, ReadArtefact } from "../contract/engine.ts";
import { withObjectDoor } from "../contract/object-adapter.ts";
import { WasmBook, type WasmCore } from "../contract/wasm-book.ts";

const ARTEFACT = "engines/cpp-wasm/pkg/book.wasm";

/** Loads the C++ core. Each engine has a Wasm instance and a memory of its own, which go when the engine is collected. */
export async function load(readArtefact: ReadArtefact): Promise<CreateEngine> {
  const module = await WebAssembly.compile(await readArtefact(ARTEFACT));
  return () => {
    const core = new WebAssembly.Instance(module).exports as unknown as WasmCore & { _initialize(): void };
    core._initialize();
    return withObjectDoor(new WasmBook(core));
  };
}
