import type { Span } from "../../../lab/measure/spans.ts";
import type { Comparison } from "../../../lab/measure/verdict.ts";

/** How many times as long a run with spans took as one without, over several rounds, with a 95% interval. */
export interface SpanCost extends Pick<Comparison, "ratio" | "low" | "high"> {
  /** Where the spans stood. */
  what: string;
}

/** A run that recorded its spans. */
export interface FlameReport {
  spans: Span[];
  /** Spans that there was no room for. */
  dropped: number;
  totalMs: number;
  /** The spans are those of the shortest of so many. */
  runs: number;
  messages: number;
  clock: { stepUs: number; isolated: boolean };
  costs: SpanCost[];
}
