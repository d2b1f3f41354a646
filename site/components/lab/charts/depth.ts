import { depthPoints } from "../chart-data.ts";
import { axis, colour, faded } from "../chart-theme.ts";
import { count, tick } from "../numbers.ts";
import { type Design, type LineSet, optionsWith } from "./chart.ts";

type Levels = Parameters<typeof depthPoints>[0];

const tooltip = {
  title: ([item]: { parsed: { x: number } }[]) => (item ? `at ${count(item.parsed.x)} ticks or better` : ""),
  label: (item: { dataset: { label?: string }; parsed: { y: number } }) =>
    `${item.dataset.label}: ${count(item.parsed.y)} lots`,
};

function side(label: string, name: string, levels: Levels, dash: number[]): LineSet {
  const line = colour(name);
  return {
    label,
    data: depthPoints(levels),
    borderColor: line,
    backgroundColor: faded(line, 0.16),
    borderWidth: 1.75,
    borderDash: dash,
    stepped: "before",
    fill: "origin",
    pointRadius: 2,
    pointBackgroundColor: line,
    parsing: false,
  };
}

/** The first levels of the book, added up from the best price outwards. */
export const depth: Design = {
  type: "line",
  datasets({ run: { book } }) {
    if (book === undefined) return [];
    return [side("bids", "--hp-good", book.bids, []), side("asks", "--hp-bad", book.asks, [6, 2])];
  },
  options: () =>
    optionsWith(tooltip, {
      scales: {
        x: { type: "linear", bounds: "data", ...axis("price, ticks", (price) => count(price), false) },
        y: { type: "linear", beginAtZero: true, ...axis("lots at the price or better", tick) },
      },
    }),
  legend: () => [
    { label: "bids", colour: colour("--hp-good"), shape: "line" },
    { label: "asks", colour: colour("--hp-bad"), shape: "dashed" },
  ],
};
