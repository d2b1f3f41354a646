const SVG = "http://www.w3.org/2000/svg";
/** Room for the axes' numbers, px. */
const LEFT = 58;
const BOTTOM = 40;
const TOP = 10;
const RIGHT = 20;

/** Where a number stands on an axis: 0 is its beginning, 1 its end. */
export interface PlotTick {
  at: number;
  text: string;
}

export interface PlotAxis {
  label: string;
  ticks: readonly PlotTick[];
}

/** Points in the plot's own coordinates, 0 … 1 from the lower left corner; what lies outside is cut off. */
export interface PlotLine {
  /** How it looks: a class of `widget.css`. */
  look: "first" | "second" | "limit";
  points: readonly (readonly [number, number])[];
  /** Each point by itself, without a line between. */
  dots?: boolean;
  /** Stands at its last point. */
  label?: string;
}

export interface Plot {
  x: PlotAxis;
  y: PlotAxis;
  lines: readonly PlotLine[];
  /** A point that is marked. */
  mark?: readonly [number, number];
}

function shape(name: string, attributes: Record<string, string | number>, text = ""): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.textContent = text;
  return made;
}

/** Draws a plot as wide as the picture stands on the page, so that its text has the page's size. Colours come from the style sheet. */
export function drawPlot(svg: SVGSVGElement, { x, y, lines, mark }: Plot): void {
  const { width, height } = svg.getBoundingClientRect();
  if (width === 0) return;
  const plotWidth = width - LEFT - RIGHT;
  const plotHeight = height - TOP - BOTTOM;
  const toX = (at: number): number => LEFT + at * plotWidth;
  const toY = (at: number): number => TOP + (1 - at) * plotHeight;
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  const clip = `${svg.id}-clip`;
  const parts: SVGElement[] = [clipTo(clip, plotWidth, plotHeight)];
  for (const { at, text } of y.ticks) {
    parts.push(shape("line", { class: "grid", x1: LEFT, x2: width - RIGHT, y1: toY(at), y2: toY(at) }));
    parts.push(shape("text", { x: LEFT - 6, y: toY(at) + 4, "text-anchor": "end" }, text));
  }
  const most = Math.max(2, Math.floor(plotWidth / 62));
  const every = Math.ceil(x.ticks.length / most);
  for (const { at, text } of x.ticks.filter((_, index) => index % every === 0)) {
    // The last one stands at the edge, where half of it would be cut off.
    const anchor = at > 0.95 ? "end" : "middle";
    parts.push(shape("text", { x: at > 0.95 ? width - 1 : toX(at), y: height - 22, "text-anchor": anchor }, text));
  }
  parts.push(shape("text", { x: toX(0.5), y: height - 4, "text-anchor": "middle" }, x.label));
  for (const line of lines) parts.push(...linePieces(line, clip, toX, toY));
  if (mark) parts.push(shape("circle", { class: "mark", cx: toX(mark[0]), cy: toY(mark[1]), r: 5 }));
  svg.replaceChildren(...parts);
}

function clipTo(id: string, width: number, height: number): SVGElement {
  const made = shape("clipPath", { id });
  made.append(shape("rect", { x: LEFT - 1, y: TOP - 2, width: width + 2, height: height + 4 }));
  return made;
}

function linePieces(
  { look, points, dots = false, label }: PlotLine,
  clip: string,
  toX: (at: number) => number,
  toY: (at: number) => number,
): SVGElement[] {
  const place = ([x, y]: readonly [number, number]): string => `${toX(x).toFixed(1)} ${toY(y).toFixed(1)}`;
  const d = dots ? points.map((point) => `M${place(point)}h0`).join("") : `M${points.map(place).join("L")}`;
  const drawn = [shape("path", { class: `${dots ? "dots" : "line"} ${look}`, d, "clip-path": `url(#${clip})` })];
  const last = points.at(-1);
  if (label !== undefined && last !== undefined) {
    drawn.push(
      shape(
        "text",
        { class: "label", x: toX(last[0]) - 4, y: toY(Math.min(last[1], 0.97)) - 7, "text-anchor": "end" },
        label,
      ),
    );
  }
  return drawn;
}

/** Draws now, and again whenever the picture's size changes. @returns what ends it */
export function redrawOnResize(svg: SVGSVGElement, draw: () => void): () => void {
  const observer = new ResizeObserver(draw);
  observer.observe(svg);
  return () => observer.disconnect();
}

/** Powers of ten from `low` to `high`, placed on a log axis. */
export function decades(low: number, high: number, text: (value: number) => string): PlotTick[] {
  const ticks: PlotTick[] = [];
  for (let value = low; value <= high * 1.0001; value *= 10)
    ticks.push({ at: onLog(value, low, high), text: text(value) });
  return ticks;
}

/** Where a value stands on a log axis. */
export function onLog(value: number, low: number, high: number): number {
  return Math.log(Math.max(value, low / 10) / low) / Math.log(high / low);
}
