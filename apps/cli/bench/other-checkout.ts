import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { CreateEngine } from "../../../engines/contract/engine.ts";
import type { listEngines } from "../../../engines/registry.ts";

/** The part of another checkout's registry that is asked for. Only the engines are its own: the flow and the clock are ours. */
interface OtherRegistry {
  listEngines: typeof listEngines;
}

async function registryOf(checkout: string): Promise<OtherRegistry> {
  const file = join(checkout, "engines", "registry.ts");
  try {
    return (await import(pathToFileURL(file).href)) as OtherRegistry;
  } catch (error) {
    throw new Error(`${checkout} is no checkout of this project with its packages (${(error as Error).message})`);
  }
}

/** The names of another checkout's engines. @param checkout its root folder @throws Error where it is none, or its packages lack */
export async function enginesOf(checkout: string): Promise<string[]> {
  return (await registryOf(checkout)).listEngines().map(({ manifest }) => manifest.name);
}

/** Loads an engine of another checkout, with the files that were built there. @throws Error where it isn't there */
export async function loadElsewhere(engine: string, checkout: string): Promise<CreateEngine> {
  const found = (await registryOf(checkout)).listEngines().find(({ manifest }) => manifest.name === engine);
  if (found === undefined) throw new Error(`there is no engine ${engine} in ${checkout}`);
  return found.load(async (path) => new Uint8Array(await readFile(join(checkout, path))));
}
