import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";
import type { EngineManifest } from "../../../engines/contract/engine.ts";
import { readArtefact } from "../../artefacts.ts";

/** What a page loads to have an engine. */
export interface EngineSize {
  bytes: number;
  gzipBytes: number;
}

/** An engine's script with all that it imports, minified, and its built files. */
export async function measureEngineSize({ name, artefacts }: EngineManifest): Promise<EngineSize> {
  const entry = fileURLToPath(new URL(`../../../engines/${name}/engine.ts`, import.meta.url));
  const outputs = (await build({
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: "silent",
    build: { write: false, minify: true, lib: { entry, formats: ["es"], name: "engine" } },
  })) as Rolldown.RolldownOutput | Rolldown.RolldownOutput[];
  const [{ output }] = Array.isArray(outputs) ? outputs : [outputs];
  const scripts = output.map((part) => Buffer.from(part.type === "chunk" ? part.code : part.source));
  const files = [...scripts, ...(await Promise.all(artefacts.map(readArtefact)))];
  return { bytes: sum(files.map(({ length }) => length)), gzipBytes: sum(files.map((file) => gzipSync(file).length)) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
