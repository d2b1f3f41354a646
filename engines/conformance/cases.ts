import type { Level } from "../contract/engine.ts";
import type { EngineEvent } from "../contract/events.ts";
import addChecks from "./cases/add-checks.json" with { type: "json" };
import book from "./cases/book.json" with { type: "json" };
import cancel from "./cases/cancel.json" with { type: "json" };
import coreLevel from "./cases/core-level.json" with { type: "json" };
import fillOrKill from "./cases/fill-or-kill.json" with { type: "json" };
import ids from "./cases/ids.json" with { type: "json" };
import immediateOrCancel from "./cases/immediate-or-cancel.json" with { type: "json" };
import market from "./cases/market.json" with { type: "json" };
import matching from "./cases/matching.json" with { type: "json" };
import postOnly from "./cases/post-only.json" with { type: "json" };
import replace from "./cases/replace.json" with { type: "json" };
import resting from "./cases/resting.json" with { type: "json" };
import riskBelowExtended from "./cases/risk-below-extended.json" with { type: "json" };
import riskKill from "./cases/risk-kill.json" with { type: "json" };
import riskLimits from "./cases/risk-limits.json" with { type: "json" };
import riskOpenOrders from "./cases/risk-open-orders.json" with { type: "json" };
import riskOrderOfChecks from "./cases/risk-order-of-checks.json" with { type: "json" };
import riskOrderSize from "./cases/risk-order-size.json" with { type: "json" };
import riskPosition from "./cases/risk-position.json" with { type: "json" };
import riskPriceBand from "./cases/risk-price-band.json" with { type: "json" };
import selfTrade from "./cases/self-trade.json" with { type: "json" };
import sizesAndEnds from "./cases/sizes-and-ends.json" with { type: "json" };
import unknownOp from "./cases/unknown-op.json" with { type: "json" };
import type { Step } from "./comparison.ts";

/** A command, an event, or lines that stand `repeat` times; in the k-th, from 0, `{"$from":a,"$step":s}` is a + k·s. */
export type CaseLine = Readonly<Record<string, unknown>>;

/** One behaviour, as a transcript: each command is followed by the events that it must give. `README.md` has the form. */
export interface ConformanceCase {
  /** The part of the contract that it belongs to. */
  subject: string;
  /** The behaviour that it shows; unique. */
  name: string;
  /** The lowest level at which it holds. */
  level: Level;
  /** It holds at that level alone, not at those above. */
  only?: true;
  lines: readonly CaseLine[];
}

interface CaseFile {
  subject: string;
  cases: readonly Omit<ConformanceCase, "subject">[];
}

const caseFiles = [
  resting,
  addChecks,
  matching,
  market,
  cancel,
  ids,
  book,
  unknownOp,
  immediateOrCancel,
  fillOrKill,
  postOnly,
  selfTrade,
  replace,
  coreLevel,
  riskLimits,
  riskOrderSize,
  riskPriceBand,
  riskOpenOrders,
  riskPosition,
  riskOrderOfChecks,
  riskKill,
  riskBelowExtended,
  sizesAndEnds,
] as unknown as readonly CaseFile[];

/** All cases, in the order of the contract, and those with thousands of orders last. */
export const conformanceCases: readonly ConformanceCase[] = caseFiles.flatMap(({ subject, cases }) =>
  cases.map((each) => ({ subject, ...each })),
);

/**
 * The steps of a case, with its repeats and its tagged values written out.
 *
 * @throws Error where an event stands before any command
 */
export function stepsOf({ name, lines }: ConformanceCase): Step[] {
  const steps: (Step & { expected: EngineEvent[] })[] = [];
  for (const line of writtenOut(lines)) {
    if (!("event" in line)) {
      steps.push({ command: line, expected: [] });
      continue;
    }
    const step = steps.at(-1);
    if (step === undefined)
      throw new Error(`Case "${name}" begins with an event. Put the command that gives it before it.`);
    step.expected.push(line as unknown as EngineEvent);
  }
  return steps;
}

function writtenOut(lines: readonly CaseLine[]): CaseLine[] {
  return lines.flatMap((line) => {
    if (!("repeat" in line)) return [plainValue(line, 0) as CaseLine];
    const { repeat, lines: repeated } = line as { repeat: number; lines: CaseLine[] };
    return Array.from({ length: repeat }, (_, k) => repeated.map((each) => plainValue(each, k) as CaseLine)).flat();
  });
}

/** What a value of the data form stands for, in the k-th repeat. */
function plainValue(value: unknown, k: number): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => plainValue(each, k));
  if ("$number" in value) return Number(value.$number);
  if ("$from" in value) {
    const { $from, $step = 1 } = value as { $from: number; $step?: number };
    return $from + k * $step;
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plainValue(each, k)]));
}
