import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartOptions,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  Tooltip,
} from "chart.js";
import { engineColourName } from "./engine-colours.ts";

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  Filler,
  LineController,
  LineElement,
  LinearScale,
  LogarithmicScale,
  PointElement,
  Tooltip,
);

Chart.defaults.font.family = '"Geist Variable", sans-serif';

/** A colour of the site's theme, as it is now. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** The colour of the n-th engine of a run. */
export function engineColour(index: number): string {
  return colour(engineColourName(index));
}

/** `#rrggbb` with an opacity of 0 … 1. */
export function faded(hex: string, opacity: number): string {
  return `${hex}${Math.round(opacity * 255)
    .toString(16)
    .padStart(2, "0")}`;
}

/** Gives the chart the colours of the page's theme, and tells every later change of it. */
export function followTheme(paint: () => void): () => void {
  const observer = new MutationObserver(paint);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}

/** What all charts share: no movement of their own, quiet lines, numbers that stand still. */
export function baseOptions(): ChartOptions<"line"> & ChartOptions<"bar"> {
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    resizeDelay: 100,
    interaction: { mode: "nearest", axis: "x", intersect: false },
    plugins: {
      tooltip: {
        backgroundColor: colour("--hp-surface-raised"),
        borderColor: colour("--hp-hairline-strong"),
        borderWidth: 1,
        titleColor: colour("--sl-color-white"),
        bodyColor: colour("--sl-color-gray-2"),
        padding: 10,
        boxPadding: 4,
        usePointStyle: true,
      },
    },
  };
}

/** An axis in the theme's colours. */
export function axis(label: string, format: (value: number) => string, grid = true) {
  return {
    border: { display: false },
    grid: { display: grid, color: colour("--hp-hairline"), tickLength: 4 },
    title: { display: true, text: label, color: colour("--sl-color-gray-3"), font: { size: 11 } },
    ticks: {
      color: colour("--sl-color-gray-3"),
      font: { size: 11 },
      maxRotation: 0,
      includeBounds: false,
      autoSkipPadding: 14,
      maxTicksLimit: 7,
      callback: (value: string | number) => format(Number(value)),
    },
  };
}

/** How much room a number on a log axis needs, in decades of the axis. */
const CROWDED_DECADES = 1.3;

/** A log axis: powers of ten are named, and where there is room fives too. */
export function logAxis(label: string, format: (value: number) => string, grid = true) {
  const base = axis(label, format, grid);
  const drawn = colour("--hp-hairline");
  const callback = function (this: { min: number; max: number }, value: string | number): string {
    const decades = Math.log10(this.max / this.min);
    const mantissa = Math.round(Number(value) / 10 ** Math.floor(Math.log10(Number(value)) + 1e-9));
    const named = mantissa === 1 || (decades < CROWDED_DECADES && (mantissa === 2 || mantissa === 5));
    return named ? format(Number(value)) : "";
  };
  return {
    type: "logarithmic" as const,
    ...base,
    grid: { ...base.grid, color: (line: { tick?: { label?: unknown } }) => (line.tick?.label ? drawn : "transparent") },
    // Beyond the limit, Chart.js leaves out lines of the grid, named ones too.
    ticks: { ...base.ticks, maxTicksLimit: 1000, autoSkip: false, callback },
  };
}

export { Chart };
