/**
 * The one list of engines. A new engine is a folder with `engine.json` (its manifest) and `engine.ts` (its `load`), and
 * its two lines here. An engine's code is loaded when it is asked for.
 */

import type { CreateEngine, EngineManifest, ReadArtefact } from "./contract/engine.ts";
import cppWasm from "./cpp-wasm/engine.json" with { type: "json" };
import ocaml from "./ocaml/engine.json" with { type: "json" };
import python from "./python/engine.json" with { type: "json" };
import rustWasm from "./rust-wasm/engine.json" with { type: "json" };
import typescript from "./typescript/engine.json" with { type: "json" };
import typescriptLadder from "./typescript-ladder/engine.json" with { type: "json" };

export interface RegisteredEngine {
  readonly manifest: EngineManifest;
  /** @returns a maker of engines, each with an empty book @throws where a built file can't be had */
  load(readArtefact: ReadArtefact): Promise<CreateEngine>;
}

const engines: readonly RegisteredEngine[] = [
  register(typescript, () => import("./typescript/engine.ts")),
  register(typescriptLadder, () => import("./typescript-ladder/engine.ts")),
  register(rustWasm, () => import("./rust-wasm/engine.ts")),
  register(cppWasm, () => import("./cpp-wasm/engine.ts")),
  register(ocaml, () => import("./ocaml/engine.ts")),
  register(python, () => import("./python/engine.ts")),
];

function register(manifest: object, code: () => Promise<Pick<RegisteredEngine, "load">>): RegisteredEngine {
  // registry.test.ts checks that each manifest is one.
  return { manifest: manifest as EngineManifest, load: async (readArtefact) => (await code()).load(readArtefact) };
}

/** Every engine, in the order in which they are told of. */
export function listEngines(): readonly RegisteredEngine[] {
  return engines;
}

/** @throws Error that lists the engines, where none has that name */
export function findEngine(name: string): RegisteredEngine {
  const found = engines.find(({ manifest }) => manifest.name === name);
  if (found !== undefined) return found;
  const names = engines.map(({ manifest }) => manifest.name).join(", ");
  throw new Error(`There is no engine "${name}". The engines are: ${names}.`);
}
