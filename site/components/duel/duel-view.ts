import { BAND, type Comparison } from "../../../lab/measure/verdict.ts";
import { make, part } from "../exercise/element-parts.ts";
import { times } from "./duel-sentences.ts";

/** Room beyond what is drawn, as a share of its width. */
const MARGIN = 0.08;
/** What an axis may be marked at, where it fits. */
const MARKS = [0.1, 0.2, 0.5, 0.8, 0.9, 0.95, 0.98, 1, 1.02, 1.05, 1.1, 1.2, 1.5, 2, 3, 5, 10, 20, 50];
/** Between two marks at least, as a share of the axis. */
const MARK_DISTANCE = 0.14;

/** A logarithmic axis of ratios, from 0 to 100%. */
export class RatioAxis {
  readonly #low: number;
  readonly #width: number;

  /** @param ratios what must be seen, besides 1 and the band around it */
  constructor(ratios: readonly number[]) {
    const logs = [1 / (1 + BAND), 1 + BAND, ...ratios].map(Math.log);
    const [least, most] = [Math.min(...logs), Math.max(...logs)];
    const margin = (most - least) * MARGIN;
    this.#low = least - margin;
    this.#width = most - least + 2 * margin;
  }

  /** Where a ratio is, %. */
  at(ratio: number): number {
    return ((Math.log(ratio) - this.#low) / this.#width) * 100;
  }

  /** Ratios to be named: 1 always, the others where there is room. */
  marks(): number[] {
    const kept = [1];
    for (const mark of MARKS.toSorted((a, b) => Math.abs(Math.log(a)) - Math.abs(Math.log(b)))) {
      const place = this.at(mark);
      if (place < 2 || place > 98) continue;
      if (kept.every((each) => Math.abs(this.at(each) - place) >= MARK_DISTANCE * 100)) kept.push(mark);
    }
    return kept.toSorted((a, b) => a - b);
  }
}

/** Draws the instances' ratios as dots over a band of ±2%, and under them the interval. */
export function drawRatios(plot: HTMLElement, ratios: readonly number[], found: Comparison | undefined): void {
  const axis = new RatioAxis(found === undefined ? ratios : [...ratios, found.low, found.high]);
  const place = (className: string, from: number, to?: number): HTMLElement => {
    const mark = make("span", className);
    mark.style.insetInlineStart = `${axis.at(from)}%`;
    if (to !== undefined) mark.style.width = `${axis.at(to) - axis.at(from)}%`;
    return mark;
  };
  const dots = ratios.map((ratio, instance) => {
    const dot = place("dot", ratio);
    // Spread over the height, so that equal ratios are seen as two.
    dot.style.setProperty("--lift", String((instance * 5) % 12));
    return dot;
  });
  const marks = axis.marks().map((mark) => {
    const label = place("mark", mark);
    label.textContent = String(mark);
    return label;
  });
  const interval = found === undefined ? [] : [place("interval", found.low, found.high), place("middle", found.ratio)];
  plot.replaceChildren(place("band", 1 / (1 + BAND), 1 + BAND), place("one", 1), ...marks, ...dots, ...interval);
  plot.setAttribute("aria-label", described(ratios, found));
  plot.dataset.dots = String(ratios.length);
}

function described(ratios: readonly number[], found: Comparison | undefined): string {
  if (ratios.length === 0) return "No instance is done yet.";
  const range = `from ${times(Math.min(...ratios))} to ${times(Math.max(...ratios))}`;
  const instances = `${ratios.length} ${ratios.length === 1 ? "instance" : "instances"}, with ratios ${range}`;
  return found === undefined
    ? `${instances}.`
    : `${instances}. The interval is ${times(found.low)} to ${times(found.high)}.`;
}

/** The same as numbers. */
export function fillTable(body: HTMLElement, ratios: readonly number[]): void {
  body.replaceChildren(
    ...ratios.map((ratio, instance) => {
      const head = make("th", "", String(instance + 1));
      head.scope = "row";
      return make("tr", "", head, make("td", "number", times(ratio)));
    }),
  );
}

/** Shows one of the two results as it comes; `undefined` while it is under way. */
export function showResult(
  section: HTMLElement,
  ratios: readonly number[],
  found: { comparison: Comparison; sentence: string; method: string } | undefined,
): void {
  section.hidden = false;
  drawRatios(part(section, "plot"), ratios, found?.comparison);
  fillTable(part(section, "ratios"), ratios);
  const verdict = part(section, "verdict");
  verdict.textContent = found?.comparison.verdict ?? "under way";
  verdict.dataset.verdict = found?.comparison.verdict ?? "";
  part(section, "sentence").textContent = found?.sentence ?? "";
  part(section, "method").textContent = found?.method ?? "";
}
