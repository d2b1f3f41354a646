import type { Span } from "../../../lab/measure/spans.ts";
import { time } from "../lab/numbers.ts";
import type { ViewWindow } from "./view-window.ts";

const ROW = 26;
const AXIS = 22;
/** Narrower spans are drawn without their name, px. */
const NAMED = 34;

/** Colours of the theme, by part; the hot one is the core's. */
const COLOURS: Record<string, string> = {
  burst: "--sl-color-gray-4",
  decode: "--hp-engine-0",
  risk: "--hp-engine-3",
  match: "--hp-part-engine",
  strategy: "--hp-part-strategy",
  features: "--hp-part-strategy",
  analytics: "--hp-part-boundary",
  publish: "--hp-engine-2",
  message: "--sl-color-gray-3",
};

/** What a flame chart is drawn of. Times are ms by the recorder's clock. */
export interface FlamePicture {
  spans: readonly Span[];
  /** When the first span began. */
  begin: number;
  view: ViewWindow;
  /** The span that is pointed at. */
  marked: Span | undefined;
}

/** @returns px that a chart of these spans is high */
export function flameHeight(spans: readonly Span[]): number {
  return (1 + spans.reduce((deepest, { depth }) => Math.max(deepest, depth), 0)) * ROW + AXIS;
}

/** Draws the picture as wide as the canvas stands on the page, with the colours of the theme as it is now. */
export function drawFlame(canvas: HTMLCanvasElement, picture: FlamePicture): void {
  const { width } = canvas.getBoundingClientRect();
  const height = flameHeight(picture.spans);
  const scale = devicePixelRatio;
  canvas.style.height = `${height}px`;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  context.scale(scale, scale);
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  drawAxis(context, picture.view, width, height, colour);
  drawSpans(context, picture, width, colour);
}

function drawAxis(
  context: CanvasRenderingContext2D,
  view: ViewWindow,
  width: number,
  height: number,
  colour: (name: string) => string,
): void {
  context.font = '11px "Geist Variable", sans-serif';
  context.textBaseline = "bottom";
  const steps = Math.max(2, Math.floor(width / 130));
  for (let step = 0; step <= steps; step++) {
    const x = (step / steps) * width;
    context.fillStyle = colour("--hp-hairline");
    context.fillRect(Math.min(x, width - 1), 0, 1, height - AXIS);
    context.fillStyle = colour("--sl-color-gray-3");
    context.textAlign = step === 0 ? "left" : step === steps ? "right" : "center";
    context.fillText(time((view.from + (step / steps) * (view.to - view.from)) * 1e6), x, height - 4);
  }
}

function drawSpans(
  context: CanvasRenderingContext2D,
  { spans, begin, view, marked }: FlamePicture,
  width: number,
  colour: (name: string) => string,
): void {
  const perMs = width / (view.to - view.from);
  const fills = Object.fromEntries(Object.entries(COLOURS).map(([name, variable]) => [name, colour(variable)]));
  const text = colour("--sl-color-white");
  context.textAlign = "left";
  context.textBaseline = "middle";
  for (const span of spans) {
    const left = (span.begin - begin - view.from) * perMs;
    const right = (span.end - begin - view.from) * perMs;
    if (right < 0 || left > width) continue;
    const [from, to] = [Math.max(0, left), Math.min(width, right)];
    const top = span.depth * ROW;
    const fill = fills[span.name] ?? fills.message;
    context.globalAlpha = span === marked ? 0.75 : 0.38;
    context.fillStyle = fill;
    context.fillRect(from, top + 1, Math.max(0.5, to - from), ROW - 2);
    context.globalAlpha = 1;
    context.fillRect(from, top + 1, Math.min(2, Math.max(0.5, to - from)), ROW - 2);
    if (to - from > NAMED) nameSpan(context, span, from, to, text);
  }
}

function nameSpan(
  context: CanvasRenderingContext2D,
  { name, depth }: Span,
  from: number,
  to: number,
  text: string,
): void {
  context.save();
  context.beginPath();
  context.rect(from, depth * ROW, to - from - 4, ROW);
  context.clip();
  context.fillStyle = text;
  context.fillText(name, from + 6, depth * ROW + ROW / 2);
  context.restore();
}

/** The span at a place of the canvas, in px from its upper left corner. */
export function spanAt({ spans, begin, view }: FlamePicture, x: number, y: number, width: number): Span | undefined {
  const at = begin + view.from + (x / width) * (view.to - view.from);
  const depth = Math.floor(y / ROW);
  return spans.find((span) => span.depth === depth && span.begin <= at && span.end >= at);
}
