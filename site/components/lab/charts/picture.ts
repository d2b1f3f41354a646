import type { Shown } from "../chart-data.ts";
import { colour } from "../chart-theme.ts";
import type { LabChart, LegendEntry } from "./chart.ts";

export interface PictureText {
  title: string;
  /** What ran, and where. */
  footer: string[];
}

/** CSS pixels. */
const WIDTH = 960;
const CHART_HEIGHT = 420;
const MARGIN = 28;
const LINE = 20;
/** Pixels of the file for each. */
const DENSITY = 2;

const FONT = '"Geist Variable", sans-serif';

/** A chart as a PNG of 1,920 pixels' width in the page's colours, on their ground, with what it is, who ran and where. */
export async function picture(chart: LabChart, shown: Shown, text: PictureText): Promise<Blob> {
  await document.fonts.ready;
  const canvas = document.createElement("canvas");
  const draw = canvas.getContext("2d") as CanvasRenderingContext2D;
  const marks = [...chart.engineLegend(shown), ...chart.legend(shown)].filter(unlike);
  draw.font = `13px ${FONT}`;
  const legend = placed(draw, marks);
  const footer = text.footer.flatMap((line) => wrapped(draw, line));
  const top = MARGIN + 30 + legend.lines * LINE + 12;
  const height = top + CHART_HEIGHT + 16 + footer.length * LINE + MARGIN - 8;
  canvas.width = WIDTH * DENSITY;
  canvas.height = height * DENSITY;
  draw.scale(DENSITY, DENSITY);
  draw.fillStyle = colour("--hp-surface");
  draw.fillRect(0, 0, WIDTH, height);
  write(draw, text.title, MARGIN, MARGIN + 14, "--sl-color-white", `600 20px ${FONT}`);
  for (const { entry, x, line } of legend.places) {
    const y = MARGIN + 30 + line * LINE + 8;
    mark(draw, entry, x, y);
    write(draw, entry.label, x + 28, y + 4, "--sl-color-gray-2", `13px ${FONT}`);
  }
  const width = WIDTH - 2 * MARGIN;
  draw.drawImage(chart.render(shown, width, CHART_HEIGHT, DENSITY), MARGIN, top, width, CHART_HEIGHT);
  for (const [index, line] of footer.entries()) {
    write(draw, line, MARGIN, top + CHART_HEIGHT + 28 + index * LINE, "--sl-color-gray-3", `13px ${FONT}`);
  }
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The browser made no picture."))), "image/png");
  });
}

function unlike({ label }: LegendEntry, index: number, all: LegendEntry[]): boolean {
  return all.findIndex((other) => other.label === label) === index;
}

function placed(draw: CanvasRenderingContext2D, marks: LegendEntry[]) {
  let [x, line] = [MARGIN, 0];
  const places = marks.map((entry) => {
    const width = 28 + draw.measureText(entry.label).width + 20;
    if (x > MARGIN && x + width > WIDTH - MARGIN) [x, line] = [MARGIN, line + 1];
    const place = { entry, x, line };
    x += width;
    return place;
  });
  return { places, lines: line + 1 };
}

function wrapped(draw: CanvasRenderingContext2D, text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1) ?? ""} ${word}`.trim();
    if (lines.length > 0 && draw.measureText(longer).width <= WIDTH - 2 * MARGIN) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function write(draw: CanvasRenderingContext2D, text: string, x: number, y: number, name: string, font: string): void {
  draw.fillStyle = colour(name);
  draw.font = font;
  draw.fillText(text, x, y);
}

const DASHES: Partial<Record<LegendEntry["shape"], number[]>> = { line: [], dashed: [6, 3], dotted: [1, 4] };

function mark(draw: CanvasRenderingContext2D, { colour: ink, shape }: LegendEntry, x: number, y: number): void {
  draw.save();
  draw.strokeStyle = draw.fillStyle = ink;
  draw.lineWidth = 2;
  draw.beginPath();
  const dash = DASHES[shape];
  if (dash !== undefined) {
    draw.setLineDash(dash);
    draw.moveTo(x, y);
    draw.lineTo(x + 22, y);
    draw.stroke();
  } else if (shape === "box") {
    draw.fillRect(x + 6, y - 6, 12, 12);
  } else {
    const up = shape.startsWith("up") ? 1 : -1;
    draw.moveTo(x + 12, y - 5 * up);
    draw.lineTo(x + 18, y + 5 * up);
    draw.lineTo(x + 6, y + 5 * up);
    draw.closePath();
    if (shape.endsWith("open")) draw.stroke();
    else draw.fill();
  }
  draw.restore();
}
