import { throughputPoints } from "../chart-data.ts";
import { axis } from "../chart-theme.ts";
import { rate, tick, time } from "../numbers.ts";
import { type Design, engineLine, enginesOf, optionsWith, pinnedLegend } from "./chart.ts";

const inMs = (ms: number): string => time(ms * 1e6);

const tooltip = {
  title: ([item]: { parsed: { x: number } }[]) => (item ? `after ${inMs(item.parsed.x)} of its own` : ""),
  label: (item: { dataset: { label?: string }; parsed: { y: number } }) =>
    `${item.dataset.label}: ${rate(item.parsed.y)} commands a second`,
};

/** Commands a second, over the time that each engine took. */
export const throughput: Design = {
  type: "line",
  datasets: (shown) => enginesOf(shown).map((of) => engineLine(of, throughputPoints(of.series.merged.groups))),
  options: () =>
    optionsWith(tooltip, {
      scales: {
        x: { type: "linear", bounds: "data", ...axis("the engine's own time", inMs, false) },
        y: { type: "linear", beginAtZero: true, ...axis("commands a second", tick) },
      },
    }),
  legend: (shown) => pinnedLegend(shown),
};
