import { type EngineManifest, meetsLevel } from "../../../engines/contract/engine.ts";
import { type CoreProfile, levelOf, PROFILES, type Profile, type ProfileName } from "../../../engines/flow/profiles.ts";
import { listEngines } from "../../../engines/registry.ts";

/** How commands reach a subject: records in batches, or one call with objects for each. */
export type Door = "submit" | "objects";

/** What is measured: an engine by one of its doors, or the peer by its own. */
export interface Subject {
  engine: string;
  door: Door;
  /** Root folder of another checkout of this project, whose engine it is; this one's where left out. */
  checkout?: string;
}

/** npm's best-known order book, for scale. It takes objects, and does what `core` asks for. */
export const PEER = "nodejs-order-book";

export const PROFILE_NAMES = Object.keys(PROFILES) as ProfileName[];

export function subjectText({ engine, door, checkout }: Subject): string {
  return `${engine} by ${door}${checkout === undefined ? "" : ` of ${checkout}`}`;
}

/** All subjects that can run a profile, of the engines named; every engine and the peer where none is. */
export function subjectsFor(profile: Profile, engines: readonly string[]): Subject[] {
  const chosen = (name: string) => engines.length === 0 || engines.includes(name);
  const manifests = listEngines().map(({ manifest }) => manifest);
  const subjects = manifests
    .filter((manifest) => chosen(manifest.name) && runs(manifest, profile))
    .flatMap(({ name }): Subject[] => [
      { engine: name, door: "submit" },
      { engine: name, door: "objects" },
    ]);
  if (levelOf(profile) === "core" && chosen(PEER)) subjects.push({ engine: PEER, door: "objects" });
  return subjects;
}

function runs(manifest: EngineManifest, profile: Profile): boolean {
  return meetsLevel(manifest.level, levelOf(profile));
}

/** The profile `std` with another number of live orders, on as many levels. */
export function profileWithLiveOrders(liveOrders: number): CoreProfile {
  return { ...PROFILES.std, liveOrders };
}
