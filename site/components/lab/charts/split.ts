import { axis, colour, faded } from "../chart-theme.ts";
import { time } from "../numbers.ts";
import { categories, type Design, enginesOf, inLines, optionsWith } from "./chart.ts";

const PARTS = ["strategy", "boundary", "engine"] as const;

const tooltip = {
  label: (item: { dataset: { label?: string }; parsed: { x: number } }) =>
    `${item.dataset.label}: ${time(item.parsed.x)} a command`,
};

/** How much of a command's time is strategy, boundary and engine. */
export const split: Design = {
  type: "bar",
  labels: (shown) => enginesOf(shown).flatMap(({ engine, label }) => (engine.split ? [inLines(label)] : [])),
  datasets(shown) {
    const known = enginesOf(shown).flatMap(({ engine, pinned }) =>
      engine.split ? [{ of: engine.split, pinned }] : [],
    );
    if (known.length === 0) return [];
    return PARTS.map((part) => ({
      label: part,
      data: known.map(({ of }) => Math.max(0, of[part].median)),
      backgroundColor: known.map(({ pinned }) => faded(colour(`--hp-part-${part}`), pinned ? 0.45 : 1)),
      borderColor: colour("--hp-surface"),
      borderWidth: 1,
      borderRadius: 3,
      maxBarThickness: 30,
    }));
  },
  options: () =>
    optionsWith(tooltip, {
      indexAxis: "y",
      interaction: { mode: "nearest", intersect: true },
      scales: {
        x: { stacked: true, type: "linear", beginAtZero: true, ...axis("a command", time) },
        y: { stacked: true, ...categories() },
      },
    }),
  legend: () => PARTS.map((part) => ({ label: part, colour: colour(`--hp-part-${part}`), shape: "box" })),
};
