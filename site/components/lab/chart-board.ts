import { part } from "../exercise/element-parts.ts";
import { Tabs } from "../work/tabs.ts";
import type { Drawing } from "./chart-cost.ts";
import type { Shown } from "./chart-data.ts";
import { ChartFigure } from "./chart-figure.ts";

/** While a run goes on, drawing rests for this many times as long as the last one took: a slow machine draws less. */
const REST = 4;

/** All charts of a lab: draws those that are on the screen, no more often than the screen can show. */
export class ChartBoard {
  readonly #root: HTMLElement;
  readonly #figures: ChartFigure[];
  #shown: Shown | undefined;
  #over = false;
  #hidden = false;
  #loading: Promise<void> | undefined;
  #frame = 0;
  #timer = 0;
  #restUntil = 0;
  #drawing: Drawing = { drawings: 0, ms: 0 };

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#figures = [...root.querySelectorAll<HTMLElement>("[data-chart]")].map((box) => new ChartFigure(box));
    new Tabs(part(root, "chart-tabs"), (group) => this.#select(group));
    const observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        const figure = this.#figures.find(({ canvasBox }) => canvasBox === target);
        if (figure) figure.visible = isIntersecting;
      }
      this.#plan();
    });
    for (const { canvasBox } of this.#figures) observer.observe(canvasBox);
  }

  /** Loads the charts, once. A load that failed is tried again by the next. */
  load(): Promise<void> {
    this.#loading ??= this.#load().catch((error: unknown) => {
      this.#loading = undefined;
      throw error;
    });
    return this.#loading;
  }

  async #load(): Promise<void> {
    const { DESIGNS, followTheme, labChart, picture } = await import("./charts/index.ts");
    for (const figure of this.#figures) figure.load(labChart(figure.canvas, DESIGNS[figure.name]), picture);
    followTheme(() => {
      for (const figure of this.#figures) figure.retheme();
      this.#plan();
    });
    this.#plan();
  }

  /** Keeps the charts still until the run is over, and says so in their place. */
  set hidden(hidden: boolean) {
    this.#hidden = hidden;
    this.#root.toggleAttribute("data-charts-hidden", hidden);
  }

  /** What drawing has taken since this was asked for the last time. */
  takeDrawing(): Drawing {
    const taken = this.#drawing;
    this.#drawing = { drawings: 0, ms: 0 };
    return taken;
  }

  begin(): void {
    for (const figure of this.#figures) figure.begin();
  }

  /** Shows what has come. @param over whether nothing more will */
  show(shown: Shown, over: boolean, summary: (name: ChartFigure["name"]) => string): void {
    this.#shown = shown;
    this.#over = over;
    for (const figure of this.#figures) {
      figure.stale = true;
      if (over) figure.finish(shown, summary(figure.name));
    }
    this.#plan();
  }

  #plan(): void {
    if (this.#frame !== 0 || !this.#due().length) return;
    const rest = this.#over ? 0 : this.#restUntil - performance.now();
    if (rest <= 0) {
      this.#frame = requestAnimationFrame(() => this.#draw());
    } else if (this.#timer === 0) {
      this.#timer = window.setTimeout(() => {
        this.#timer = 0;
        this.#plan();
      }, rest);
    }
  }

  #due(): ChartFigure[] {
    if (this.#shown === undefined || (this.#hidden && !this.#over)) return [];
    return this.#figures.filter(({ visible, stale, loaded }) => visible && stale && loaded);
  }

  /** Draws one chart a frame, that which waited the longest, so that no task of the page is long. */
  #draw(): void {
    this.#frame = 0;
    const [figure] = this.#due().toSorted((a, b) => a.drawnAt - b.drawnAt);
    if (figure === undefined) return;
    const began = performance.now();
    figure.draw(this.#shown as Shown);
    const ended = performance.now();
    figure.drawnAt = ended;
    this.#drawing.drawings++;
    this.#drawing.ms += ended - began;
    this.#restUntil = ended + REST * (ended - began);
    this.#plan();
  }

  #select(group: string): void {
    for (const panel of this.#root.querySelectorAll<HTMLElement>("[role=tabpanel]")) {
      panel.hidden = panel.dataset.group !== group;
    }
  }
}
