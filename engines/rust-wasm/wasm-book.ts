import type { InitOutput } from "../../wasm-rust/pkg/hotpath.js";
import type { ReadArtefact } from "../contract/engine.ts";
import { WasmBook } from "../contract/wasm-book.ts";

const ARTEFACT = "wasm-rust/pkg/hotpath_bg.wasm";

/** Compiles the Rust core once; what it gives makes a book in a new instance, with a memory of its own. */
export async function loadWasmBook(readArtefact: ReadArtefact): Promise<() => WasmBook> {
  const module = await WebAssembly.compile(await readArtefact(ARTEFACT));
  const imports = unusedImports(module);
  return () => new WasmBook(new WebAssembly.Instance(module, imports).exports as unknown as InitOutput);
}

/** wasm-bindgen asks for functions that only strings and objects need; this core passes integers and never calls them. */
function unusedImports(module: WebAssembly.Module): WebAssembly.Imports {
  const imports: Record<string, Record<string, () => never>> = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    imports[from][name] = () => {
      throw new WebAssembly.RuntimeError(`it called ${name}`);
    };
  }
  return imports;
}
