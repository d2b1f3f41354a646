/** The charts of a lab, in the groups that its tabs show. */
export const CHART_GROUPS = {
  Speed: ["latency", "throughput", "split"],
  Tails: ["histogram", "tail", "queueing"],
  Book: ["depth"],
  Money: ["profit"],
} as const;

export type ChartGroup = keyof typeof CHART_GROUPS;
export type ChartName = (typeof CHART_GROUPS)[ChartGroup][number];

export const CHART_NAMES: readonly ChartName[] = Object.values(CHART_GROUPS).flat();
