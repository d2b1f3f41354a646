import type { EngineManifest } from "../../../engines/contract/engine.ts";
import type { Published } from "../../../engines/published/figures.ts";

/** An engine as the table of them shows it. */
export interface EngineColumn {
  name: string;
  title: string;
  isMeasured: boolean;
}

/**
 * The engines, the one that is fastest on `std` first, by records or, where it has no such figure, by objects. Those that
 * nobody has measured stand behind the others, in the order given.
 */
export function engineColumns(
  manifests: readonly Pick<EngineManifest, "name" | "title">[],
  { figures }: Pick<Published, "figures">,
): EngineColumn[] {
  const costNs = (name: string): number | undefined =>
    ["submit", "objects"].map((door) => figures[`${name}.std.${door}.ns`]?.value).find((value) => value !== undefined);
  const costs = manifests.map(({ name, title }) => ({ name, title, ns: costNs(name) }));
  return costs
    .toSorted((a, b) => (a.ns ?? Number.MAX_VALUE) - (b.ns ?? Number.MAX_VALUE))
    .map(({ name, title, ns }) => ({ name, title, isMeasured: ns !== undefined }));
}
