import { type ProfilePart, profileOf, type Span } from "../../../lab/measure/spans.ts";
import { type Verdict, verdictOf } from "../../../lab/measure/verdict.ts";
import { count, time } from "../lab/numbers.ts";
import type { Rows } from "../lab/tables.ts";
import type { ProfileShare } from "./own-profile.ts";
import type { FlameReport, SpanCost } from "./report.ts";

const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)}%`;

/** Indentation that a table's text keeps. */
const INDENT = "\u2003";

export function partRows({ spans, messages }: FlameReport): Rows {
  const parts = profileOf(spans);
  const wholeMs = wholeOf(parts);
  const rows = parts.map(({ path, count: times, totalMs, selfMs }) => [
    INDENT.repeat(path.length - 1) + path[path.length - 1],
    count(times),
    time(totalMs * 1e6),
    percent(totalMs / wholeMs),
    percent(Math.max(0, selfMs) / wholeMs),
    time((totalMs * 1e6) / messages),
  ]);
  return [["Part", "Spans", "Time", "Share", "Of it its own", "A message"], ...rows];
}

function wholeOf(parts: readonly ProfilePart[]): number {
  return parts.filter(({ path }) => path.length === 1).reduce((sum, { totalMs }) => sum + totalMs, 0);
}

/** How much of the run each part takes, wherever it is called from; the largest first. */
export function sharesOf(spans: readonly Span[]): ProfileShare[] {
  const parts = profileOf(spans);
  const wholeMs = wholeOf(parts);
  const stages = new Map<string, number>();
  for (const { path, totalMs } of parts) {
    const name = path[path.length - 1];
    if (path.length < 2 || name === "message") continue;
    const parentMs = path.length > 2 ? totalMs : 0;
    stages.set(name, (stages.get(name) ?? 0) + totalMs);
    // A part inside a stage is counted once, under its own name.
    if (parentMs > 0) stages.set(path[path.length - 2], (stages.get(path[path.length - 2]) ?? 0) - parentMs);
  }
  return [...stages]
    .map(([name, ms]) => ({ name, share: Math.max(0, ms) / wholeMs }))
    .sort((a, b) => b.share - a.share);
}

export function costRows(costs: readonly SpanCost[]): Rows {
  const rows = costs.map(({ what, ratio, low, high }) => [
    what,
    times(ratio),
    `${times(low)} – ${times(high)}`,
    meaning(low, high),
  ]);
  return [["Spans", "A run takes", "95% interval", "Meaning"], ...rows];
}

function times(ratio: number): string {
  return `${ratio.toFixed(2)}×`;
}

/** A longer run has the greater ratio, as a faster engine has elsewhere. */
function meaning(low: number, high: number): string {
  const meanings: Record<Verdict, string> = {
    faster: "they cost something",
    equivalent: "too little to count",
    slower: "noise: no span makes a run shorter",
    "not resolved": "not resolved",
  };
  return meanings[verdictOf(low, high)];
}
