import type { PercentilePoint } from "../../../../lab/sandbox/protocol.ts";
import { type Point, percentileAt, percentilePosition } from "../chart-data.ts";
import { axis, colour, logAxis } from "../chart-theme.ts";
import { time } from "../numbers.ts";
import { colourOf, type Design, engineLine, enginesOf, optionsWith, pinnedLegend, type ShownEngine } from "./chart.ts";

/** Up to here the axis goes. */
const LAST_PERCENTILE = 99.99;

function linePoints(points: readonly PercentilePoint[]): Point[] {
  return points
    .filter(({ percentile, ns }) => percentile <= LAST_PERCENTILE && ns > 0)
    .map(({ percentile, ns }) => ({ x: percentilePosition(percentile), y: ns }));
}

/** `99.9%` */
export function percentileName(percentile: number): string {
  return `${Number(percentile.toFixed(3))}%`;
}

const tooltip = {
  title: ([item]: { parsed: { x: number } }[]) => (item ? percentileName(percentileAt(item.parsed.x)) : ""),
  label: (item: { dataset: { label?: string }; parsed: { y: number } }) =>
    `${item.dataset.label}: within ${time(item.parsed.y)}`,
};

/** How long commands took from their intended start, by percentile; dotted, what a closed loop says of the same. */
export const queueing: Design = {
  type: "line",
  datasets: (shown) =>
    enginesOf(shown).flatMap((of) => {
      const waits = of.report?.queueing;
      if (waits === undefined) return [];
      const closed = engineLine(of, linePoints(waits.closedLoop));
      return [
        engineLine(of, linePoints(waits.points)),
        {
          ...closed,
          label: `${of.label}, closed loop`,
          borderWidth: 2,
          borderDash: [1, 4],
          borderCapStyle: "round" as const,
        },
      ];
    }),
  options: () =>
    optionsWith(tooltip, {
      scales: {
        x: {
          type: "logarithmic",
          min: 1,
          max: percentilePosition(LAST_PERCENTILE),
          ...percentileAxis(),
        },
        y: logAxis("from the intended start (log)", time),
      },
    }),
  legend(shown) {
    const known = enginesOf(shown).filter(({ report, pinned }) => report?.queueing && !pinned);
    const neutral = colour("--sl-color-gray-2");
    const kinds = [
      { label: `from the intended start${circumstances(known)}`, colour: neutral, shape: "line" as const },
      { label: "as a closed loop tells it", colour: neutral, shape: "dotted" as const },
    ];
    const alone = known.length === 1 ? kinds.map((kind) => ({ ...kind, colour: colourOf(known[0]) })) : kinds;
    return [...alone, ...pinnedLegend(shown)];
  },
};

/** How busy the engine was held, whether that was computed, and of what. */
function circumstances(known: readonly ShownEngine[]): string {
  const all = known.flatMap(({ report }) => report?.queueing ?? []);
  const shares = new Set(all.map(({ utilisation }) => Math.round(utilisation * 100)));
  const busy = shares.size === 1 ? `, the engine ${[...shares][0]}% busy` : "";
  if (all.length === 0) return busy;
  return `${busy}, ${all.some(({ simulated }) => simulated) ? "simulated with the strategy" : "measured without the strategy"}`;
}

function percentileAxis() {
  const base = axis("percentile", (position) => {
    const nines = Math.log10(position);
    return Math.abs(nines - Math.round(nines)) < 1e-9 ? percentileName(percentileAt(position)) : "";
  });
  return {
    ...base,
    grid: { display: false },
    ticks: { ...base.ticks, autoSkip: false, maxTicksLimit: 60, includeBounds: true },
  };
}
