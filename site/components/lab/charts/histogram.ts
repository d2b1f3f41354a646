import { axis, logAxis } from "../chart-theme.ts";
import { tick, time } from "../numbers.ts";
import { type Design, engineLine, enginesOf, optionsWith, pinnedLegend } from "./chart.ts";

const tooltip = {
  title: () => "",
  label: (item: { dataset: { label?: string }; parsed: { x: number; y: number } }) =>
    `${item.dataset.label}: ${item.parsed.y} batches from ${time(item.parsed.x)}`,
};

/** How many batches had which mean. */
export const histogram: Design = {
  type: "line",
  datasets: (shown) =>
    enginesOf(shown).map((of) => ({
      ...engineLine(of, of.series.histogram.points),
      stepped: "before",
      fill: of.pinned ? false : "origin",
    })),
  options: () =>
    optionsWith(tooltip, {
      scales: {
        x: { bounds: "data", ...logAxis("a command, mean of a batch (log)", time, false) },
        y: { type: "linear", beginAtZero: true, ...axis("batches", tick) },
      },
    }),
  legend: (shown) => pinnedLegend(shown),
};
