import { type CreateEngine, type EngineManifest, type Level, meetsLevel } from "../contract/engine.ts";
import { type ConformanceCase, stepsOf } from "./cases.ts";
import { type Difference, type Door, firstDifference } from "./comparison.ts";

/** What came of a case on one engine. */
export type CaseOutcome =
  | { verdict: "passed" }
  | { verdict: "skipped"; why: string }
  | { verdict: "failed"; difference: Difference };

/**
 * Runs a case through each door of fresh engines: as objects, as one record a submit, and as one batch. It runs alike in
 * Node and in a page.
 *
 * @param level the one that the engine's manifest says
 */
export function runCase(subject: ConformanceCase, createEngine: CreateEngine, level: Level): CaseOutcome {
  const why = reasonToSkip(subject, level);
  if (why !== undefined) return { verdict: "skipped", why };
  const steps = stepsOf(subject);
  const doors: Door[] = ["objects", 1, steps.length];
  for (const door of doors) {
    const difference = firstDifference(createEngine(), steps, door);
    if (difference !== undefined) return { verdict: "failed", difference };
  }
  return { verdict: "passed" };
}

/** Why a case does not hold for an engine of this level; undefined where it does. */
export function reasonToSkip(
  { level: asked, only }: Pick<ConformanceCase, "level" | "only">,
  level: Level,
): string | undefined {
  if (!meetsLevel(level, asked)) return `asks for level ${asked}; the engine's is ${level}`;
  if (only && asked !== level) return `holds at level ${asked} alone; the engine's is ${level}`;
  return undefined;
}

/**
 * Why an engine does not do a case that its level asks for: its manifest's own words, where it lists the case's name or
 * its subject.
 */
export function admittedGap(
  { name, subject }: Pick<ConformanceCase, "name" | "subject">,
  manifest: EngineManifest,
): string | undefined {
  return manifest.unsupported.find(({ what }) => what === name || what === subject)?.why;
}
