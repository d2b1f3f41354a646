import { make, part } from "../exercise/element-parts.ts";
import type { LabChart } from "./charts.ts";
import { count, rate, ratio } from "./numbers.ts";
import { medianBatchSize, perSecond, type RunModel } from "./run-model.ts";
import { agreementSentence, clockSentence, engineRatioOf, latencyLabel, ratioOf } from "./sentences.ts";
import { histogramRows, latencyRows, profitRows, type Rows, showTable, splitRows } from "./tables.ts";

const CHARTS = ["latency", "histogram", "split", "profit"] as const;
type ChartName = (typeof CHARTS)[number];

const ROWS: Record<ChartName, (run: RunModel) => Rows> = {
  latency: latencyRows,
  histogram: histogramRows,
  split: splitRows,
  profit: profitRows,
};

/** Shows a run while it goes on and when it is over: numbers, agreement, charts and their tables. */
export class ResultsPanel {
  readonly #root: HTMLElement;
  #charts: Record<ChartName, LabChart> | undefined;
  #loading: Promise<void> | undefined;
  #run: RunModel | undefined;
  #over = false;
  #frame = 0;

  constructor(root: HTMLElement) {
    this.#root = root;
    for (const details of root.querySelectorAll("details")) {
      details.addEventListener("toggle", () => this.#showTables());
    }
  }

  /** Loads the charts, once; until then the numbers are shown alone. A load that failed is tried again by the next. */
  load(): Promise<void> {
    this.#loading ??= this.#loadCharts().catch((error: unknown) => {
      this.#loading = undefined;
      throw error;
    });
    return this.#loading;
  }

  async #loadCharts(): Promise<void> {
    const made = await import("./charts.ts");
    const canvas = (name: ChartName): HTMLCanvasElement => part(this.#root, `chart-${name}`);
    this.#charts = {
      latency: made.latencyChart(canvas("latency")),
      histogram: made.histogramChart(canvas("histogram")),
      split: made.splitChart(canvas("split")),
      profit: made.profitChart(canvas("profit")),
    };
    this.#draw();
  }

  /** Fills the tables that are always shown with what is not known yet, so that nothing moves when it is. */
  prepare(run: RunModel): void {
    showTable(part(this.#root, "table-split"), splitRows(run));
  }

  /** Shows the run as it is, at the screen's next frame. @param over whether nothing more will come of it */
  show(run: RunModel, over: boolean): void {
    this.#run = run;
    this.#over = over;
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    this.#frame = 0;
    const run = this.#run;
    if (run === undefined) return;
    this.#showNumbers(run);
    this.#showAgreement(run);
    if (run.clock) part(this.#root, "clock").textContent = clockSentence(run.clock);
    const batch = medianBatchSize(run.engines.flatMap(({ batches }) => batches));
    part(this.#root, "batch").textContent = batch > 0 ? `about ${count(batch)}` : "many";
    for (const name of CHARTS) this.#charts?.[name].draw(run);
    if (this.#over) {
      this.#showTables();
      this.#labelCharts(run);
    }
  }

  #showNumbers(run: RunModel): void {
    const cards = run.engines.map((engine, index) => {
      const card = make("div", "number", make("b", "", rate(perSecond(engine))), make("span", "", engine.title));
      card.style.setProperty("--engine", `var(--hp-engine-${index % 4})`);
      card.dataset.engine = engine.engine;
      return card;
    });
    const whole = ratioOf(run);
    if (whole !== undefined) {
      const alone = engineRatioOf(run);
      const words = alone === undefined ? "the whole run" : `the whole run; the engine alone, ${ratio(alone)}`;
      cards.push(make("div", "number ratio", make("b", "", ratio(whole)), make("span", "", words)));
    }
    part(this.#root, "numbers").replaceChildren(...cards);
  }

  #showAgreement(run: RunModel): void {
    const line = part(this.#root, "agreement");
    line.textContent = agreementSentence(run.agreement, run.engines.length, this.#over && run.report !== undefined);
    line.dataset.verdict = run.agreement.difference ? "different" : run.engines.length > 1 ? "identical" : "alone";
  }

  #showTables(): void {
    const run = this.#run;
    if (run === undefined) return;
    for (const name of CHARTS) {
      const box = part<HTMLElement>(this.#root, `table-${name}`);
      const details = box.closest("details");
      if (details === null || details.open) showTable(box, ROWS[name](run));
    }
  }

  #labelCharts(run: RunModel): void {
    for (const name of CHARTS) {
      const title = part<HTMLElement>(this.#root, `table-${name}`).dataset.title;
      const words =
        name === "profit" ? `It ends at ${count(run.account.at(-1)?.profit ?? 0)} ticks × lots` : latencyLabel(run);
      part(this.#root, `chart-${name}`).setAttribute(
        "aria-label",
        `${title}. ${words}. The numbers stand in the table.`,
      );
    }
  }
}
