import type { ChartConfiguration, ChartDataset, ChartOptions } from "chart.js";
import type { EngineReport } from "../../../../lab/sandbox/protocol.ts";
import { type EngineSeries, type Point, type Shown, seriesOf } from "../chart-data.ts";
import { baseOptions, Chart, colour, engineColour, faded } from "../chart-theme.ts";
import type { EngineRun, RunModel } from "../run-model.ts";

export type LineSet = ChartDataset<"line", Point[]>;
export type BarSet = ChartDataset<"bar", (number | null)[]>;

/** What a line or a mark of a chart means. */
export interface LegendEntry {
  label: string;
  colour: string;
  shape: "line" | "dashed" | "dotted" | "box" | "up" | "up-open" | "down" | "down-open";
}

/** What one kind of chart is made of. */
export interface Design {
  type: "line" | "bar";
  datasets(shown: Shown): (LineSet | BarSet)[];
  /** Of a bar chart's categories. */
  labels?(shown: Shown): (string | string[])[];
  options(): ChartOptions;
  /** What its marks mean, beyond the engines of the run, which the lab names above. */
  legend(shown: Shown): LegendEntry[];
}

/** One chart of a lab. */
export interface LabChart {
  /** Draws what is shown now. @returns how many points it has */
  draw(shown: Shown): number;
  /** Takes the colours of the page's theme as they are now. */
  retheme(): void;
  /** The same at another size, on a canvas of its own. @param width @param height CSS pixels */
  render(shown: Shown, width: number, height: number, density: number): HTMLCanvasElement;
  legend(shown: Shown): LegendEntry[];
  /** What each engine's own marks look like, where it has some. */
  engineLegend(shown: Shown): LegendEntry[];
}

export function labChart(canvas: HTMLCanvasElement, design: Design): LabChart {
  const made = new Chart(canvas, {
    type: design.type,
    data: { datasets: [] },
    options: design.options(),
  } as ChartConfiguration);
  return {
    draw(shown) {
      const datasets = design.datasets(shown);
      made.data.datasets = inPlace(made.data.datasets as (LineSet | BarSet)[], datasets) as never;
      made.data.labels = design.labels?.(shown) ?? [];
      made.update("none");
      return pointsOf(datasets);
    },
    retheme() {
      made.options = design.options() as never;
    },
    render(shown, width, height, density) {
      const own = Object.assign(document.createElement("canvas"), { width, height });
      const picture = new Chart(own, {
        type: design.type,
        data: { datasets: design.datasets(shown), labels: design.labels?.(shown) ?? [] },
        options: { ...design.options(), responsive: false, devicePixelRatio: density },
      } as ChartConfiguration);
      const copy = Object.assign(document.createElement("canvas"), { width: own.width, height: own.height });
      copy.getContext("2d")?.drawImage(own, 0, 0);
      picture.destroy();
      return copy;
    },
    legend: design.legend,
    engineLegend(shown) {
      const drawn = new Set(design.datasets(shown).map(({ label }) => label));
      return enginesOf(shown)
        .filter(({ label }) => drawn.has(label))
        .map((of) => ({
          label: of.label,
          colour: colourOf(of),
          shape: design.type === "bar" ? "box" : of.index === 0 ? "line" : "dashed",
        }));
    },
  };
}

/** Chart.js builds a dataset's elements anew when the object is another one, so what is there is kept. */
function inPlace<T extends { label?: string }>(there: T[], next: T[]): T[] {
  const same = there.length === next.length && there.every(({ label }, index) => label === next[index].label);
  return same ? there.map((set, index) => Object.assign(set, next[index])) : next;
}

function pointsOf(datasets: readonly { data: readonly unknown[] }[]): number {
  return datasets.reduce((sum, { data }) => sum + data.filter((point) => point !== null).length, 0);
}

/** One engine of one of the runs shown. */
export interface ShownEngine {
  run: RunModel;
  engine: EngineRun;
  series: EngineSeries;
  /** Known when the run is over. */
  report: EngineReport | undefined;
  /** With the pin's name, where it is pinned. */
  label: string;
  /** Of its colour. */
  index: number;
  pinned: boolean;
}

/** The engines of the run, then those of the pinned ones, each in the colour that the engine has in the run. */
export function enginesOf({ run, pinned }: Shown): ShownEngine[] {
  const names = run.request.engines;
  const of = (other: RunModel, pin?: string): ShownEngine[] =>
    other.engines.map((engine, at) => ({
      run: other,
      engine,
      series: seriesOf(other).engines[at],
      report: other.report?.engines.find((report) => report.engine === engine.engine),
      label: pin === undefined ? engine.title : `${pin}: ${engine.title}`,
      index: names.includes(engine.engine) ? names.indexOf(engine.engine) : names.length + at,
      pinned: pin !== undefined,
    }));
  return [...of(run), ...pinned.flatMap((pin) => of(pin.run, pin.label))];
}

/** How strong a pinned run's colour is. */
const PINNED_STRENGTH = 0.5;

/** An engine's colour, faded where its run is pinned. */
export function colourOf({ index, pinned }: Pick<ShownEngine, "index" | "pinned">): string {
  return pinned ? faded(engineColour(index), PINNED_STRENGTH) : engineColour(index);
}

/** A line in an engine's colour, without points. */
export function engineLine(of: ShownEngine, data: Point[]): LineSet {
  const line = colourOf(of);
  return {
    label: of.label,
    data,
    borderColor: line,
    backgroundColor: faded(engineColour(of.index), of.pinned ? 0.06 : 0.16),
    borderWidth: of.pinned ? 1.25 : 1.75,
    // The lines differ by more than colour.
    borderDash: of.index === 0 ? [] : [6, 2 * of.index],
    pointRadius: 0,
    pointHitRadius: 8,
    parsing: false,
    normalized: true,
  };
}

/** Names the pinned runs' lines. */
export function pinnedLegend(shown: Shown, box = false): LegendEntry[] {
  return enginesOf(shown)
    .filter(({ pinned }) => pinned)
    .map((of) => ({ label: of.label, colour: colourOf(of), shape: box ? "box" : of.index === 0 ? "line" : "dashed" }));
}

/** What all charts' options share, with what a tooltip says. */
export function optionsWith(callbacks: object, more: object): ChartOptions {
  const base = baseOptions();
  return { ...base, plugins: { tooltip: { ...base.plugins?.tooltip, callbacks } }, ...more } as ChartOptions;
}

/** An axis of categories in the theme's colours. */
export function categories() {
  return {
    border: { display: false },
    grid: { display: false },
    // Each bar has its name, however many there are.
    ticks: { color: colour("--sl-color-gray-2"), font: { size: 11, lineHeight: 1.1 }, autoSkip: false },
  };
}

/** Longest line of a label beside a bar. */
const LABEL_LETTERS = 14;

/** A title in lines that are short enough to stand beside a bar. */
export function inLines(title: string): string[] {
  const lines: string[] = [];
  for (const word of title.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= LABEL_LETTERS) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
