import type { Span } from "../../../lab/measure/spans.ts";

/** How many times as long a run with spans took as one without, over several rounds. */
export interface SpanCost {
  /** Where the spans stood. */
  what: string;
  /** The median. */
  ratio: number;
  low: number;
  high: number;
}

/** A run that recorded its spans. */
export interface FlameReport {
  spans: Span[];
  /** Spans that there was no room for. */
  dropped: number;
  totalMs: number;
  messages: number;
  clock: { stepUs: number; isolated: boolean };
  costs: SpanCost[];
}
