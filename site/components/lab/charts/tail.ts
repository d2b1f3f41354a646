import { logAxis } from "../chart-theme.ts";
import { count, tick } from "../numbers.ts";
import { categories, colourOf, type Design, enginesOf, optionsWith, pinnedLegend } from "./chart.ts";

const tooltip = {
  label: (item: { dataset: { label?: string }; parsed: { y: number } }) =>
    `${item.dataset.label}: ${count(item.parsed.y)} commands`,
};

/** Where the bars of a log axis begin: a bar of one command has a height. */
const FOOT = 0.5;

/** How many single commands took longer than each threshold. None, and what the clock can't see, has no bar. */
export const tail: Design = {
  type: "bar",
  labels(shown) {
    const tails = enginesOf(shown).flatMap(({ report }) => report?.tail ?? []);
    return (tails[0]?.over ?? []).map(({ us }, at) =>
      tails.every(({ over }) => over[at]?.seen) ? `> ${us} µs` : [`> ${us} µs`, "not seen"],
    );
  },
  datasets: (shown) =>
    enginesOf(shown).flatMap((of) => {
      const measured = of.report?.tail;
      if (measured === undefined) return [];
      return {
        label: of.label,
        data: measured.over.map(({ count: slow, seen }) => (seen && slow > 0 ? slow : null)),
        backgroundColor: colourOf(of),
        borderRadius: 3,
        maxBarThickness: 30,
      };
    }),
  options: () =>
    optionsWith(tooltip, {
      scales: {
        x: categories(),
        y: {
          min: FOOT,
          ...logAxis("commands (log)", (commands) => (Number.isInteger(commands) ? tick(commands) : "")),
        },
      },
    }),
  legend: (shown) => pinnedLegend(shown, true),
};
