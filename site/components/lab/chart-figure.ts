import { make, part } from "../exercise/element-parts.ts";
import type { Shown } from "./chart-data.ts";
import type { ChartName } from "./chart-names.ts";
import { chartTable, csvOf, readableRows } from "./chart-tables.ts";
import type { LabChart, LegendEntry, picture } from "./charts/index.ts";
import { machineLines } from "./machine-line.ts";
import { showTable, splitRows } from "./tables.ts";

/** A chart in the page: its canvas, legend and table, and the buttons that save it. */
export class ChartFigure {
  readonly name: ChartName;
  readonly canvasBox: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly title: string;
  /** Whether any of it is on the screen. */
  visible = false;
  /** Whether there is something that it hasn't drawn. */
  stale = true;
  /** When it was drawn last, ms of the page's clock. */
  drawnAt = 0;
  readonly #box: HTMLElement;
  readonly #table: HTMLElement;
  readonly #buttons: HTMLButtonElement[];
  #chart: LabChart | undefined;
  #picture: typeof picture | undefined;
  #shown: Shown | undefined;
  #over = false;

  constructor(box: HTMLElement) {
    this.#box = box;
    this.name = box.dataset.chart as ChartName;
    this.canvas = part(box, `chart-${this.name}`);
    this.canvasBox = this.canvas.parentElement as HTMLElement;
    this.#table = part(box, `table-${this.name}`);
    this.title = this.#table.dataset.title as string;
    this.#buttons = [part(box, "save-png"), part(box, "save-csv")];
    this.#buttons[0].addEventListener("click", () => void this.#savePng());
    this.#buttons[1].addEventListener("click", () => this.#saveCsv());
    this.#table.closest("details")?.addEventListener("toggle", () => this.showTable());
  }

  /** Takes the chart when it is loaded. */
  load(chart: LabChart, drawPicture: typeof picture): void {
    this.#chart = chart;
    this.#picture = drawPicture;
  }

  get loaded(): boolean {
    return this.#chart !== undefined;
  }

  retheme(): void {
    this.#chart?.retheme();
    this.stale = true;
  }

  draw(shown: Shown): void {
    if (this.#chart === undefined) return;
    this.canvas.dataset.points = String(this.#chart.draw(shown));
    // The parts of the split are named by its table, which is always there.
    if (this.name !== "split") this.#showLegend(this.#chart.legend(shown));
    // Said of a chart without points, so not before it was drawn.
    this.#box.toggleAttribute("data-over", this.#over);
    this.#box.removeAttribute("data-undrawn");
    this.stale = false;
  }

  /** Lets the reader save what is shown when a run is over, and puts its numbers in the table if that is open. */
  finish(shown: Shown, summary: string): void {
    this.#shown = shown;
    this.showTable();
    this.#over = true;
    this.#box.toggleAttribute("data-undrawn", this.stale);
    if (this.name === "split") this.#makeRoom(shown);
    const known = chartTable(this.name, shown).rows.length > 0;
    for (const button of this.#buttons) button.disabled = !known;
    this.canvas.setAttribute("aria-label", `${this.title}. ${summary}. The numbers stand in the table.`);
  }

  /** While a run goes on there is nothing whole to save. */
  begin(): void {
    this.#over = false;
    this.#box.toggleAttribute("data-over", false);
    for (const button of this.#buttons) button.disabled = true;
  }

  showTable(): void {
    const details = this.#table.closest("details");
    if (this.#shown === undefined || (details !== null && !details.open)) return;
    if (this.name === "split") {
      showTable(this.#table, splitRows({ engines: splitColumns(this.#shown) }));
      return;
    }
    const { rows, leftOut } = readableRows(chartTable(this.name, this.#shown));
    showTable(this.#table, rows, leftOut);
  }

  /** A bar of each engine of each run needs its height. */
  #makeRoom(shown: Shown): void {
    this.canvasBox.style.setProperty("--bars", String(splitColumns(shown).length));
  }

  #showLegend(entries: LegendEntry[]): void {
    const list = part<HTMLElement>(this.#box, "legend");
    const now = JSON.stringify(entries);
    if (list.dataset.now === now) return;
    list.dataset.now = now;
    list.hidden = entries.length === 0;
    list.replaceChildren(
      ...entries.map(({ label, colour, shape }) => {
        const mark = make("i", shape);
        mark.style.setProperty("--mark", colour);
        mark.ariaHidden = "true";
        return make("li", "", mark, label);
      }),
    );
  }

  async #savePng(): Promise<void> {
    const [chart, draw, shown] = [this.#chart, this.#picture, this.#shown];
    if (chart === undefined || draw === undefined || shown === undefined) return;
    const text = { title: this.title, footer: machineLines(shown.run) };
    save(await draw(chart, shown, text), `${this.#fileName(shown)}.png`);
  }

  #saveCsv(): void {
    if (this.#shown === undefined) return;
    const text = csvOf(chartTable(this.name, this.#shown));
    save(new Blob([text], { type: "text/csv;charset=utf-8" }), `${this.#fileName(this.#shown)}.csv`);
  }

  #fileName({ run }: Shown): string {
    return `hotpath-${this.name}-seed-${run.request.seed}`;
  }
}

function splitColumns({ run, pinned }: Shown) {
  const behind = pinned.flatMap(({ label, run: other }) =>
    other.engines.map(({ title, split }) => ({ title: `${label}: ${title}`, ...(split && { split }) })),
  );
  return [...run.engines, ...behind];
}

/** How long the browser may take to begin a download, ms. */
const DOWNLOAD_MS = 10_000;

function save(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), DOWNLOAD_MS);
}
