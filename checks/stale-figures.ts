import process from "node:process";
import { fileURLToPath } from "node:url";
import { readEngineSources } from "../apps/cli/bench/engine-sources.ts";
import type { EngineManifest } from "../engines/contract/engine.ts";
import { type Published, publishedNumbers } from "../engines/published/figures.ts";
import { listEngines } from "../engines/registry.ts";

const FILE = "engines/published/published.json";

/**
 * Says of which engines the published figures are older than the source, or lacking: one sentence each. The hash of the
 * sources decides, which a shallow clone has too.
 *
 * @param hashOf the hash of an engine's sources as they are now
 */
export function staleFigures(
  published: Pick<Published, "engines" | "machine">,
  manifests: readonly EngineManifest[],
  hashOf: (manifest: EngineManifest) => string = (manifest) => readEngineSources(manifest).hash,
): string[] {
  return manifests.flatMap((manifest) => {
    const measured = Object.hasOwn(published.engines, manifest.name) ? published.engines[manifest.name] : undefined;
    if (measured === undefined) return [`${manifest.name} has no published figures yet`];
    if (measured.sources === hashOf(manifest)) return [];
    return [`${manifest.name} has changed since its figures were published on ${published.machine.date}`];
  });
}

/** A warning for a terminal, or where GitHub runs it, one that its page shows at the file. */
export function warningText(what: string, isGithub: boolean): string {
  const text = `${what}: npm run bench -- --publish`;
  return isGithub ? `::warning file=${FILE}::${text}` : `warning: ${text}`;
}

/** `node checks/stale-figures.ts`: warns, and never fails, since new figures belong on a quiet machine and not in everyone's way. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const manifests = listEngines().map(({ manifest }) => manifest);
  const isGithub = process.env.GITHUB_ACTIONS === "true";
  for (const what of staleFigures(publishedNumbers(), manifests)) console.info(warningText(what, isGithub));
}
