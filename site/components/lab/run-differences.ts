import type { RunRequest } from "../../../lab/sandbox/protocol.ts";
import { type SourceFiles, sameFiles } from "../../../lab/sandbox/source-files.ts";
import { count } from "./numbers.ts";

/** A run, as far as it is set by the reader. */
export interface Ran {
  request: RunRequest;
  files: SourceFiles;
}

/** A setting's name for the reader, and its value in words. */
type Setting = [name: string, of: (request: RunRequest) => string];

/** @param titles of engines, for the reader */
function settings(titles: Readonly<Record<string, string>>): Setting[] {
  return [
    ["engines", ({ engines }) => engines.map((name) => titles[name] ?? name).join(" and ")],
    ["market", marketText],
    ["orders", ({ orders }) => count(orders)],
    ["seed", ({ seed }) => String(seed)],
    ["latency", ({ latencyNs = 0 }) => `${count(latencyNs)} ns`],
    ["fees", ({ fees }) => `${fees?.makerTicks ?? 0} / ${fees?.takerTicks ?? 0}`],
  ];
}

function marketText({ profile, recording }: RunRequest): string {
  if (recording === undefined) return profile;
  return ["own", recording.format, "file", recording.symbol ?? ""].join(" ").trim();
}

/** What of a run's settings a later one changed, each as "seed: 7, now 12"; empty where they are the same. */
export function runDifferences(before: Ran, now: Ran, titles: Readonly<Record<string, string>>): string[] {
  const changed = settings(titles).flatMap(([name, of]) => {
    const [then, later] = [of(before.request), of(now.request)];
    return then === later ? [] : [`${name}: ${then}, now ${later}`];
  });
  return sameFiles(before.files, now.files) ? changed : [...changed, "code: changed since"];
}

/** A run's settings in a line, those alone that say something. */
export function settingsText(request: RunRequest): string {
  const { orders, seed, latencyNs = 0, fees } = request;
  const parts = [marketText(request), `${count(orders)} orders`, `seed ${seed}`];
  if (latencyNs > 0) parts.push(`latency ${count(latencyNs)} ns`);
  if (fees) parts.push(`fees ${fees.makerTicks} / ${fees.takerTicks}`);
  return parts.join(", ");
}
