import { latencyPoints } from "../chart-data.ts";
import { axis, logAxis } from "../chart-theme.ts";
import { tick, time } from "../numbers.ts";
import { type Design, engineLine, enginesOf, optionsWith, pinnedLegend } from "./chart.ts";

const tooltip = {
  title: ([item]: { parsed: { x: number } }[]) => (item ? `after ${tick(item.parsed.x)} commands` : ""),
  label: (item: { dataset: { label?: string }; parsed: { y: number } }) =>
    `${item.dataset.label}: ${time(item.parsed.y)} a command`,
};

/** Means of batches over the run. */
export const latency: Design = {
  type: "line",
  datasets: (shown) => enginesOf(shown).map((of) => engineLine(of, latencyPoints(of.series.merged.groups))),
  options: () =>
    optionsWith(tooltip, {
      scales: {
        x: { type: "linear", bounds: "data", ...axis("commands", tick, false) },
        y: logAxis("mean of a batch", time),
      },
    }),
  legend: (shown) => pinnedLegend(shown),
};
