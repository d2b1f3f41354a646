import { conformanceCases } from "../../../engines/conformance/cases.ts";
import type { CreateEngine } from "../../../engines/contract/engine.ts";
import { findEngine, listEngines } from "../../../engines/registry.ts";
import { artefactsOf } from "../../sandbox/artefacts.ts";

export { runCase } from "../../../engines/conformance/runner.ts";

export const cases = conformanceCases;
export const engines = listEngines();

/** An engine's maker, with its built files fetched from this site. */
export async function loadEngine(name: string): Promise<CreateEngine> {
  const artefacts = await artefactsOf([name]);
  return findEngine(name).load(async (path) => artefacts[path]);
}
