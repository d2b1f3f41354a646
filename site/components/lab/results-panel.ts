import { make, part } from "../exercise/element-parts.ts";
import { ChartBoard } from "./chart-board.ts";
import { ChartCost } from "./chart-cost.ts";
import { type PinnedRun, seriesOf } from "./chart-data.ts";
import type { ChartName } from "./chart-names.ts";
import { engineColourName } from "./engine-colours.ts";
import { count, rate, ratio } from "./numbers.ts";
import { perSecond, type RunModel } from "./run-model.ts";
import { agreementSentence, clockSentence, engineRatioOf, latencyLabel, ratioOf } from "./sentences.ts";
import { showTable, splitRows } from "./tables.ts";

/** Asks the lab to make a run of what its fields say; it bubbles. */
export const RUN_AGAIN = "hotpath-run-again";

/** Shows a run while it goes on and when it is over: numbers, agreement, charts and what they cost. */
export class ResultsPanel {
  readonly #root: HTMLElement;
  readonly #board: ChartBoard;
  readonly #cost = new ChartCost();
  #run: RunModel | undefined;
  #pinned: readonly PinnedRun[] = [];
  #over = false;
  #frame = 0;
  /** Whether the next run is the one with the charts hidden. */
  #hideNext = false;
  #hidden = false;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#board = new ChartBoard(root);
    part(root, "again-hidden").addEventListener("click", () => {
      this.#hideNext = true;
      root.dispatchEvent(new CustomEvent(RUN_AGAIN, { bubbles: true }));
    });
    part(root, "charts-live").addEventListener("change", () => {
      if (this.#run !== undefined && !this.#over) this.#hide(!this.#live());
    });
  }

  /** Loads the charts, once; until then the numbers are shown alone. A load that failed is tried again by the next. */
  load(): Promise<void> {
    return this.#board.load();
  }

  /** Fills what is always shown with what is not known yet, so that nothing moves when it is. */
  prepare(run: RunModel): void {
    showTable(part(this.#root, "table-split"), splitRows(run));
    this.#board.begin();
    this.#againButton().disabled = true;
  }

  /**
   * Shows the run as it is, at the screen's next frame.
   * @param over whether nothing more will come of it
   * @param pinned runs that are drawn behind it, faded, by their own names
   */
  show(run: RunModel, over: boolean, pinned: readonly PinnedRun[] = []): void {
    if (run !== this.#run) this.#begin(run);
    this.#run = run;
    this.#over = over;
    this.#pinned = pinned;
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #begin(run: RunModel): void {
    this.#board.takeDrawing();
    this.#board.begin();
    this.#againButton().disabled = true;
    this.#hide(this.#hideNext || !this.#live());
    this.#hideNext = false;
    this.#colourEngines(run);
  }

  #live(): boolean {
    return part<HTMLInputElement>(this.#root, "charts-live").checked;
  }

  #hide(hidden: boolean): void {
    this.#hidden = hidden;
    this.#board.hidden = hidden;
  }

  #againButton(): HTMLButtonElement {
    return part(this.#root, "again-hidden");
  }

  #draw(): void {
    this.#frame = 0;
    const run = this.#run;
    if (run === undefined) return;
    this.#showNumbers(run);
    this.#showAgreement(run);
    if (run.clock) part(this.#root, "clock").textContent = clockSentence(run.clock);
    this.#showBatchSize(run);
    if (this.#over) this.#finish(run);
    this.#board.show({ run, pinned: this.#pinned }, this.#over, (name) => this.#summary(name, run));
  }

  #finish(run: RunModel): void {
    const sentence = this.#hidden ? this.#cost.hidden(run) : this.#cost.drawn(run, this.#board.takeDrawing());
    part(this.#root, "chart-cost").textContent = sentence;
    this.#hide(false);
    this.#againButton().disabled = run.report === undefined;
  }

  #showNumbers(run: RunModel): void {
    const cards = run.engines.map((engine, index) => {
      const card = make("div", "number", make("b", "", rate(perSecond(engine))), make("span", "", engine.title));
      card.style.setProperty("--engine", `var(${engineColourName(index)})`);
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

  #showBatchSize(run: RunModel): void {
    const groups = seriesOf(run).engines.flatMap(({ merged }) => merged.groups);
    const batches = groups.reduce((sum, group) => sum + group.batches, 0);
    const commands = groups.reduce((sum, group) => sum + group.commands, 0);
    part(this.#root, "batch").textContent = batches > 0 ? `about ${count(commands / batches)}` : "many";
  }

  /** The engines' names stand for a legend, so they take the colours that the run gives them. */
  #colourEngines({ request }: RunModel): void {
    for (const box of part(this.#root, "engines").querySelectorAll<HTMLInputElement>("input[name=engine]")) {
      const index = request.engines.indexOf(box.value);
      const label = box.closest("label") as HTMLElement;
      label.style.setProperty("--engine", index < 0 ? "var(--sl-color-gray-4)" : `var(${engineColourName(index)})`);
      label.classList.toggle("dashed", index !== 0);
    }
  }

  #summary(name: ChartName, run: RunModel): string {
    if (name === "profit") {
      return `It ends at ${count(run.account.at(-1)?.profit ?? 0)} ticks × lots, with ${count(run.fills.length)} trades`;
    }
    if (name === "depth") {
      const { bids = [], asks = [] } = run.book ?? {};
      return `${bids.length} levels of bids, ${asks.length} of asks`;
    }
    return latencyLabel(run);
  }
}
