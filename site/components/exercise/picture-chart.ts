import type { ChartDataset, ChartOptions } from "chart.js";
import type { Bars, Lines } from "../../../lab/grade/see.ts";
import { showNumber } from "../../../lab/grade/show.ts";
import { axis, baseOptions, Chart, colour, engineColour, faded, followTheme, logAxis } from "../lab/chart-theme.ts";
import { engineColourName } from "../lab/engine-colours.ts";

type Kind = "bar" | "line";
type Values = (number | null)[];
type Dataset = ChartDataset<Kind, Values>;

/** Draws a check's chart, in the theme's colours as they change. @returns what each colour stands for */
export function drawPicture(canvas: HTMLCanvasElement, picture: Bars | Lines): { name: string; colour: string }[] {
  const type = picture.kind === "bars" ? "bar" : "line";
  const chart = new Chart<Kind, Values, string | number>(canvas, { type, data: { labels: [], datasets: [] } });
  const paint = (): void => {
    const labels = picture.kind === "bars" ? picture.labels : picture.x;
    chart.data = { labels: [...labels], datasets: datasets(picture) };
    chart.options = options(picture);
    chart.update("none");
  };
  paint();
  followTheme(paint);
  const entries = picture.series.map(({ name }, index) => ({ name, colour: `var(${engineColourName(index)})` }));
  return picture.bound === undefined ? entries : [...entries, { name: picture.bound.name, colour: "var(--hp-warn)" }];
}

function datasets(picture: Bars | Lines): Dataset[] {
  const { series, bound } = picture;
  const own = series.map(({ name, values }, index): Dataset => {
    const stroke = engineColour(index);
    const common = { label: name, data: [...values], borderColor: stroke };
    if (picture.kind === "bars")
      return { ...common, type: "bar", backgroundColor: faded(stroke, 0.75), borderRadius: 2 };
    return { ...common, type: "line", borderWidth: 1.5, pointRadius: 0 };
  });
  if (bound === undefined) return own;
  const level: Dataset = {
    type: "line",
    label: bound.name,
    data: series[0].values.map(() => bound.value),
    borderColor: colour("--hp-warn"),
    borderDash: [5, 4],
    borderWidth: 1.5,
    pointRadius: 0,
  };
  return [level, ...own];
}

function options(picture: Bars | Lines): ChartOptions<Kind> {
  const format = (value: number): string => showNumber(Math.round(value * 1_000) / 1_000);
  const y =
    picture.scale === "log" ? { ...logAxis(picture.unit, format), ...decades(picture) } : axis(picture.unit, format);
  const labels = picture.kind === "bars" ? picture.labels : picture.x;
  const bottom = axis(picture.kind === "bars" ? "" : picture.xTitle, (index) => `${labels[index] ?? ""}`, false);
  const x = { ...bottom, title: { ...bottom.title, display: picture.kind === "line" } };
  return { ...baseOptions(), scales: { x, y } } as ChartOptions<Kind>;
}

/** Whole decades around the values, two at least, so that powers of ten alone are named. */
function decades({ series }: Bars | Lines): { min?: number; max?: number } {
  const values = series.flatMap((each) => each.values).filter((value): value is number => value !== null && value > 0);
  if (values.length === 0) return {};
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 2, Math.ceil(Math.log10(Math.max(...values))));
  // A bar of the least value must still be seen.
  return { min: 10 ** (low - 1), max: 10 ** high };
}
