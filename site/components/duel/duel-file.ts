import type { DuelClock, EngineDuel } from "./engine-duel.ts";

/** What a browser tells of the machine it runs on. */
export interface BrowserMachine {
  browser: string;
  userAgent: string;
  platform: string;
  logicalCores: number;
  /** As the browser tells of it, rounded; null where it doesn't. */
  memoryGiB: number | null;
}

/** All that a duel found, with what it takes to judge it: what is saved as JSON. */
export interface DuelFile {
  format: "hotpath-duel";
  version: 1;
  date: string;
  /** Of the site's sources; null where it was built outside of a checkout. */
  commit: string | null;
  machine: BrowserMachine;
  clock: DuelClock;
  control: EngineDuel | null;
  comparison: EngineDuel | null;
}

interface BrowserNavigator extends Navigator {
  deviceMemory?: number;
  userAgentData?: { brands: { brand: string; version: string }[]; platform: string };
}

export function browserMachine(): BrowserMachine {
  const { userAgent, userAgentData, platform, hardwareConcurrency, deviceMemory } = navigator as BrowserNavigator;
  const brands = userAgentData?.brands.map(({ brand, version }) => `${brand} ${version}`).join(", ");
  return {
    browser: brands ?? userAgent,
    userAgent,
    platform: userAgentData?.platform ?? platform,
    logicalCores: hardwareConcurrency,
    memoryGiB: deviceMemory ?? null,
  };
}

export function duelFile(
  clock: DuelClock,
  found: { control?: EngineDuel | undefined; comparison?: EngineDuel | undefined },
  commit: string | null,
): DuelFile {
  return {
    format: "hotpath-duel",
    version: 1,
    date: new Date().toISOString(),
    commit,
    machine: browserMachine(),
    clock,
    control: found.control ?? null,
    comparison: found.comparison ?? null,
  };
}

/** Hands the reader a file. */
export function saveFile(name: string, content: object): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([`${JSON.stringify(content, null, 2)}\n`], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
