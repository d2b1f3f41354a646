import type { ChartConfiguration, ChartDataset, ChartOptions } from "chart.js";
import { histogramPoints, latencyPoints, type Point, profitPoints } from "./chart-data.ts";
import { axis, baseOptions, Chart, colour, engineColour, faded, followTheme, logAxis } from "./chart-theme.ts";
import { tick, time } from "./numbers.ts";
import type { RunModel } from "./run-model.ts";

/** One chart of a lab. */
export interface LabChart {
  draw(run: RunModel | undefined): void;
}

type LineSet = ChartDataset<"line", Point[]>;
type Chartable = "line" | "bar";

/** What one kind of chart is made of. */
interface Design<T extends Chartable> {
  type: T;
  datasets(run: RunModel): ChartDataset<T, never>[];
  labels?(run: RunModel): string[][];
  options(): ChartOptions<T>;
}

function chart<T extends Chartable>(canvas: HTMLCanvasElement, design: Design<T>): LabChart {
  const made = new Chart(canvas, {
    type: design.type,
    data: { datasets: [] },
    options: design.options(),
  } as unknown as ChartConfiguration);
  let last: RunModel | undefined;
  const draw = (run: RunModel | undefined): void => {
    last = run;
    made.data.datasets = run ? (design.datasets(run) as never) : [];
    made.data.labels = run && design.labels ? design.labels(run) : [];
    made.update("none");
    const points = made.data.datasets.reduce((sum, { data }) => sum + data.length, 0);
    canvas.dataset.points = String(points);
  };
  followTheme(() => {
    made.options = design.options() as never;
    draw(last);
  });
  draw(undefined);
  return { draw };
}

/** A line in an engine's colour, without points. */
function engineLine(title: string, index: number, data: Point[]): LineSet {
  const line = engineColour(index);
  return {
    label: title,
    data,
    borderColor: line,
    backgroundColor: faded(line, 0.16),
    borderWidth: 1.75,
    // The lines differ by more than colour.
    borderDash: index === 0 ? [] : [6, 2 * index],
    pointRadius: 0,
    pointHitRadius: 8,
    parsing: false,
    normalized: true,
  };
}

const inNs = {
  callbacks: {
    title: ([item]: { parsed: { x: number } }[]) => `after ${tick(item.parsed.x)} commands`,
    label: (item: { dataset: { label?: string }; parsed: { y: number } }) =>
      `${item.dataset.label}: ${time(item.parsed.y)} a command`,
  },
};

export function latencyChart(canvas: HTMLCanvasElement): LabChart {
  return chart<"line">(canvas, {
    type: "line",
    datasets: (run) =>
      run.engines.map(({ title, batches }, index) => engineLine(title, index, latencyPoints(batches))) as never,
    options: () => {
      const base = baseOptions();
      return {
        ...base,
        plugins: { tooltip: { ...base.plugins?.tooltip, ...inNs } },
        scales: {
          x: { type: "linear", bounds: "data", ...axis("commands", tick, false) },
          y: logAxis("a command, mean of a batch", time),
        },
      } as ChartOptions<"line">;
    },
  });
}

export function histogramChart(canvas: HTMLCanvasElement): LabChart {
  return chart<"line">(canvas, {
    type: "line",
    datasets: (run) =>
      run.engines.map(({ title, batches }, index) => ({
        ...engineLine(title, index, histogramPoints(batches)),
        stepped: "before",
        fill: "origin",
      })) as never,
    options: () => {
      const base = baseOptions();
      const label = (item: { dataset: { label?: string }; parsed: { x: number; y: number } }) =>
        `${item.dataset.label}: ${item.parsed.y} batches from ${time(item.parsed.x)}`;
      return {
        ...base,
        plugins: { tooltip: { ...base.plugins?.tooltip, callbacks: { title: () => "", label } } },
        scales: {
          x: { bounds: "data", ...logAxis("a command, mean of a batch (log)", time, false) },
          y: { type: "linear", beginAtZero: true, ...axis("batches", tick) },
        },
      } as ChartOptions<"line">;
    },
  });
}

export function profitChart(canvas: HTMLCanvasElement): LabChart {
  return chart<"line">(canvas, {
    type: "line",
    datasets: (run) => {
      const line = colour("--hp-good");
      const set: LineSet = {
        ...engineLine("Profit and loss", 0, profitPoints(run.account)),
        borderColor: line,
        backgroundColor: faded(line, 0.14),
        fill: "origin",
      };
      return [set] as never;
    },
    options: () => {
      const base = baseOptions();
      const label = (item: { parsed: { y: number } }) => `${tick(item.parsed.y)} ticks × lots`;
      return {
        ...base,
        plugins: { tooltip: { ...base.plugins?.tooltip, callbacks: { title: inNs.callbacks.title, label } } },
        scales: {
          x: { type: "linear", bounds: "data", ...axis("commands", tick, false) },
          y: { type: "linear", ...axis("ticks × lots", tick) },
        },
      } as ChartOptions<"line">;
    },
  });
}

/** Longest line of a label beside a bar. */
const LABEL_LETTERS = 14;

/** A title in lines that are short enough to stand beside a bar. */
function inLines(title: string): string[] {
  const lines: string[] = [];
  for (const word of title.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= LABEL_LETTERS) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

const PARTS = ["strategy", "boundary", "engine"] as const;

export function splitChart(canvas: HTMLCanvasElement): LabChart {
  return chart<"bar">(canvas, {
    type: "bar",
    labels: (run) => run.engines.filter(({ split }) => split).map(({ title }) => inLines(title)),
    datasets: (run) => {
      const splits = run.engines.flatMap(({ split }) => split ?? []);
      if (splits.length === 0) return [];
      return PARTS.map((part) => ({
        label: part,
        data: splits.map((split) => Math.max(0, split[part].median)),
        backgroundColor: colour(`--hp-part-${part}`),
        borderColor: colour("--hp-surface"),
        borderWidth: 1,
        borderRadius: 3,
        barThickness: 30,
      })) as never;
    },
    options: () => {
      const base = baseOptions();
      const label = (item: { dataset: { label?: string }; parsed: { x: number } }) =>
        `${item.dataset.label}: ${time(item.parsed.x)} a command`;
      return {
        ...base,
        indexAxis: "y",
        interaction: { mode: "nearest", intersect: true },
        plugins: { tooltip: { ...base.plugins?.tooltip, callbacks: { label } } },
        scales: {
          x: { stacked: true, type: "linear", beginAtZero: true, ...axis("a command", time) },
          y: {
            stacked: true,
            border: { display: false },
            grid: { display: false },
            ticks: { color: colour("--sl-color-gray-2"), font: { size: 11, lineHeight: 1.1 } },
          },
        },
      } as ChartOptions<"bar">;
    },
  });
}
