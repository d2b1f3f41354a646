import { html } from "./readable.ts";
import type { Distribution } from "./summary.ts";

/** Drawings as inline SVG. Widths are percentages and letters have their own size, so that a phone shows what a screen does. */

const HEIGHT = 220;
const TOP = 24;
const FOOT = 44;

/** How many students have which percentage. */
export function distributionSvg(distribution: Distribution, median: number | null): string {
  const bars = distribution.map(({ from, to, students }) => ({
    label: `${from}`,
    name: `${from} to ${to}%`,
    value: students,
  }));
  const marks = median === null ? [] : [{ at: median / 100, label: `median ${median}` }];
  return columnsSvg("Students by percentage", bars, "percent", marks, "100");
}

export interface Column {
  /** Under the bar, short. */
  label: string;
  /** What it is, in whole words. */
  name: string;
  value: number;
}

/** @param last the label at the axis' end, where labels stand at the bars' left edges */
export function columnsSvg(
  title: string,
  columns: readonly Column[],
  unit: string,
  marks: readonly { at: number; label: string }[] = [],
  last?: string,
): string {
  const most = Math.max(1, ...columns.map(({ value }) => value));
  const width = 100 / columns.length;
  const base = HEIGHT - FOOT;
  const svg = columns.map(({ label, name, value }, index) => {
    const height = (value / most) * (base - TOP);
    const left = index * width;
    const middle = left + width / 2;
    const labelAt = last === undefined ? middle : left;
    const anchor = last !== undefined && index === 0 ? "start" : "middle";
    return [
      `<rect class="bar" x="${percent(left + width * 0.08)}" y="${(base - height).toFixed(1)}" width="${percent(width * 0.84)}" height="${height.toFixed(1)}" rx="2"><title>${html(name)}: ${value}</title></rect>`,
      value === 0
        ? ""
        : `<text x="${percent(middle)}" y="${(base - height - 6).toFixed(1)}" text-anchor="middle">${value}</text>`,
      `<text class="quiet" x="${percent(labelAt)}" y="${base + 18}" text-anchor="${anchor}">${html(label)}</text>`,
    ].join("");
  });
  if (last !== undefined)
    svg.push(`<text class="quiet" x="100%" y="${base + 18}" text-anchor="end">${html(last)}</text>`);
  for (const { at, label } of marks) {
    const anchor = at > 0.7 ? "end" : "start";
    svg.push(
      `<line class="mark" x1="${percent(at * 100)}" x2="${percent(at * 100)}" y1="${TOP - 12}" y2="${base}"/>`,
      `<text class="mark-label" x="${percent(at * 100)}" dx="${anchor === "end" ? -6 : 6}" y="${TOP - 8}" text-anchor="${anchor}">${html(label)}</text>`,
    );
  }
  const said = columns.filter(({ value }) => value > 0).map(({ name, value }) => `${name}: ${value}`);
  return [
    `<svg class="columns" role="img" aria-label="${html(`${title}. ${said.join("; ")}.`, 2_000)}" width="100%" height="${HEIGHT}">`,
    `<line class="axis" x1="0" x2="100%" y1="${base}" y2="${base}"/>`,
    ...svg,
    `<text class="quiet" x="50%" y="${HEIGHT - 6}" text-anchor="middle">${html(unit)}</text>`,
    "</svg>",
  ].join("\n");
}

/** A share as a bar beside its number in a table; the number says it all, so nobody is read the bar. @param share 0 … 1 */
export function shareSvg(share: number, isMarked = false): string {
  const width = percent(Math.max(0, Math.min(1, share)) * 100);
  return `<svg class="share${isMarked ? " marked" : ""}" aria-hidden="true" width="100%" height="12"><rect class="track" width="100%" height="12" rx="2"/><rect class="bar" width="${width}" height="12" rx="2"/></svg>`;
}

function percent(value: number): string {
  return `${Number(value.toFixed(2))}%`;
}
