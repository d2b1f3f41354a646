import { findEngine } from "../../engines/registry.ts";

type Addresses = Record<string, () => Promise<string>>;

/** Addresses of all files that an engine or a chapter's code may load, by their path from the project's root. */
const addresses = {
  ...(import.meta.glob(
    ["/wasm-rust/pkg/*.wasm", "/engines/*/pkg/*.{wasm,js}", "/engines/*/core/*.py", "/chapters/**/*.wasm"],
    { query: "?url&no-inline", import: "default" },
  ) as Addresses),
  ...(import.meta.glob("/node_modules/pyodide/{pyodide.mjs,pyodide.asm.*,python_stdlib.zip,pyodide-lock.json}", {
    query: "?url&no-inline",
    import: "default",
    exhaustive: true,
  }) as Addresses),
};

const fetched = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

/**
 * The built files that the engines load, from the site itself: the sandbox can't fetch them.
 *
 * @param engines names of registered engines
 * @throws Error where there is no such engine, or a file can't be had
 */
export async function artefactsOf(engines: readonly string[]): Promise<Record<string, Uint8Array<ArrayBuffer>>> {
  const paths = new Set(engines.flatMap((name) => findEngine(name).manifest.artefacts));
  const entries = await Promise.all([...paths].map(async (path) => [path, await readArtefact(path)] as const));
  return Object.fromEntries(entries);
}

/** One of them, by its path from the project's root. @throws Error where it can't be had */
export function readArtefact(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const known = fetched.get(path);
  if (known !== undefined) return known;
  const bytes = fetchBytes(path);
  fetched.set(path, bytes);
  // So that a lost connection is not remembered.
  bytes.catch(() => fetched.delete(path));
  return bytes;
}

async function fetchBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const address = await addresses[`/${path}`]?.();
  if (address === undefined) throw new Error(`The site has no file ${path}.`);
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${path} could not be loaded: the server answered ${response.status}.`);
  return new Uint8Array(await response.arrayBuffer());
}
