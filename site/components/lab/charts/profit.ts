import { FILL_KINDS, type FillKind, type PlacedFill, type Shown, seriesOf } from "../chart-data.ts";
import { axis, colour, faded } from "../chart-theme.ts";
import { count, tick } from "../numbers.ts";
import type { RunModel } from "../run-model.ts";
import { type Design, type LegendEntry, type LineSet, optionsWith } from "./chart.ts";

interface Item {
  dataset: { label?: string };
  parsed: { y: number };
  raw: Partial<PlacedFill>;
}

const tooltip = {
  title: ([item]: { parsed: { x: number } }[]) => (item ? `after ${tick(item.parsed.x)} commands` : ""),
  label: ({ dataset, parsed, raw }: Item) =>
    raw.size === undefined || raw.price === undefined
      ? `${dataset.label}: ${tick(parsed.y)} ticks × lots`
      : `${dataset.label}: ${count(raw.size)} lots at ${count(raw.price)} ticks`,
};

function line(label: string, run: RunModel, pinned: boolean): LineSet {
  const drawn = colour("--sl-color-gray-2");
  return {
    label,
    data: seriesOf(run).account.map(({ commands, profit }) => ({ x: commands, y: profit })),
    borderColor: pinned ? faded(drawn, 0.5) : drawn,
    backgroundColor: faded(drawn, 0.1),
    borderWidth: pinned ? 1.25 : 1.75,
    borderDash: pinned ? [3, 3] : [],
    fill: pinned ? false : "origin",
    pointRadius: 0,
    parsing: false,
    order: 1,
  };
}

/** Buys point up and sells down; a maker's are hollow. */
function fills(kind: FillKind, run: RunModel): LineSet {
  const mark = markColour(kind);
  return {
    label: kind,
    data: seriesOf(run)
      .fills(kind)
      .map((fill) => ({ ...fill, x: fill.commands, y: fill.profit })),
    showLine: false,
    borderColor: mark,
    pointStyle: "triangle",
    pointRotation: kind.startsWith("sell") ? 180 : 0,
    pointRadius: 4,
    pointBorderWidth: 1.5,
    pointBorderColor: mark,
    pointBackgroundColor: kind.endsWith("taker") ? mark : colour("--hp-surface"),
    parsing: false,
    order: 0,
  };
}

function markColour(kind: FillKind): string {
  return colour(kind.startsWith("buy") ? "--hp-good" : "--hp-bad");
}

const SHAPES = {
  "buy maker": "up-open",
  "buy taker": "up",
  "sell maker": "down-open",
  "sell taker": "down",
} as const;

/** The strategy's account over the run, with its trades on the line. */
export const profit: Design = {
  type: "line",
  datasets: ({ run, pinned }: Shown) => [
    line("profit and loss", run, false),
    ...FILL_KINDS.map((kind) => fills(kind, run)).filter(({ data }) => data.length > 0),
    ...pinned.map((pin) => line(pin.label, pin.run, true)),
  ],
  options: () =>
    optionsWith(tooltip, {
      scales: {
        x: { type: "linear", bounds: "data", ...axis("commands", tick, false) },
        y: { type: "linear", ...axis("ticks × lots", tick) },
      },
    }),
  legend: ({ pinned }) => [
    { label: "profit and loss", colour: colour("--sl-color-gray-2"), shape: "line" },
    ...FILL_KINDS.map((kind): LegendEntry => ({ label: kind, colour: markColour(kind), shape: SHAPES[kind] })),
    ...pinned.map(
      ({ label }): LegendEntry => ({
        label,
        colour: faded(colour("--sl-color-gray-2"), 0.5),
        shape: "dashed",
      }),
    ),
  ],
};
