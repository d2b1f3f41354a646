import { browserMachine, saveFile } from "../duel/duel-file.ts";
import { part } from "../exercise/element-parts.ts";
import { rate, time } from "../lab/numbers.ts";
import { showTable } from "../lab/tables.ts";
import { decades, drawPlot, onLog, redrawOnResize } from "../widget/plot.ts";
import { type BatchCost, batchWait, bestBatch, throughput } from "./batch-cost.ts";
import { type Measured, targetRows } from "./batch-report.ts";

/** The reader pressed Stop. */
class Stopped extends Error {}

/** Sizes that the slider has: powers of two. */
const SIZES = Array.from({ length: 13 }, (_, power) => 2 ** power);
/** Axis of the wait, ns. */
const [LEAST_NS, MOST_NS] = [10, 1e9];
/** The slider of the arrivals: from a thousand a second, 20 steps a decade. */
const [LEAST_RATE, STEPS_A_DECADE] = [1000, 20];

/** What batches cost on the reader's machine, and what an order then waits. */
class BatchingElement extends HTMLElement {
  #stopping: AbortController | undefined;
  #measured: Measured | undefined;
  #endResize = (): void => {};

  connectedCallback(): void {
    part(this, "run").addEventListener("click", () => void this.#run());
    part(this, "stop").addEventListener("click", () => this.#stopping?.abort(new Stopped()));
    part(this, "save").addEventListener("click", () => this.#save());
    for (const name of ["size", "arrivals", "crossing"])
      part(this, name).addEventListener("input", () => this.#paint());
    this.#endResize = redrawOnResize(this.#plot, () => this.#draw());
    part<HTMLButtonElement>(this, "run").disabled = false;
    this.dataset.state = "ready";
  }

  disconnectedCallback(): void {
    this.#stopping?.abort(new Stopped());
    this.#endResize();
  }

  get #plot(): SVGSVGElement {
    return this.querySelector("svg.plot") as SVGSVGElement;
  }

  #number(name: string): number {
    return part<HTMLInputElement>(this, name).valueAsNumber;
  }

  get #size(): number {
    return SIZES[this.#number("size")];
  }

  get #arrivals(): number {
    return LEAST_RATE * 10 ** (this.#number("arrivals") / STEPS_A_DECADE);
  }

  /** As measured, with what the reader adds for a dearer way. */
  get #cost(): BatchCost | undefined {
    if (this.#measured === undefined) return undefined;
    const { fixedNs, orderNs } = this.#measured.cost;
    return { fixedNs: fixedNs + Number(part<HTMLSelectElement>(this, "crossing").value), orderNs };
  }

  async #run(): Promise<void> {
    if (this.dataset.state !== "ready") return;
    this.#stopping = new AbortController();
    this.#switch(true);
    this.#say("Measuring: the same flow by batches of each size.");
    try {
      const { measureBatches } = await import("./batch-run.ts");
      const onProgress = (share: number): void => {
        part<HTMLProgressElement>(this, "progress").value = share;
      };
      this.#measured = await measureBatches(onProgress, this.#stopping.signal);
      this.#show(this.#measured);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.#say(error instanceof Stopped ? "Stopped. Nothing of this run is shown." : `It ended: ${why}.`);
    } finally {
      this.#switch(false);
    }
  }

  #show(measured: Measured): void {
    const { fixedNs, orderNs } = measured.cost;
    this.#say(
      `A call costs ${time(fixedNs)}, and ${time(orderNs)} for each order in it. All ways gave the same events. The clock steps by ${time(measured.stepMs * 1e6)}.`,
    );
    showTable(part(this, "targets"), targetRows(measured));
    part(this, "model").hidden = false;
    this.#paint();
  }

  #paint(): void {
    const cost = this.#cost;
    if (cost === undefined) return;
    const [size, arrivals] = [this.#size, this.#arrivals];
    this.#set("size", `${size} ${size === 1 ? "order" : "orders"}`);
    this.#set("arrivals", `${rate(arrivals)} a second`);
    const { fillNs, queueNs, callNs, totalNs, load } = batchWait(cost, size, arrivals);
    const best = bestBatch(cost, SIZES, arrivals);
    const waits =
      load < 1 ? `An order waits ${time(totalNs)} on average.` : "More arrives than it can take: the wait has no end.";
    part(this, "wait").textContent =
      `${rate(throughput(cost, size))} orders a second fit, ${+(100 * load).toPrecision(2)}% of that arrives. ${waits} ` +
      (best === undefined ? "No batch is large enough for this rate." : `Least would be by batches of ${best}.`);
    const shown = (ns: number): string => (Number.isFinite(ns) ? time(ns) : "without end");
    showTable(part(this, "parts"), [
      ["Mean of an order", `By batches of ${size}`, "By batches of 1"],
      ...this.#partRows([fillNs, queueNs, callNs, totalNs], batchWait(cost, 1, arrivals), shown),
    ]);
    this.#draw();
  }

  #partRows(
    chosen: readonly number[],
    single: ReturnType<typeof batchWait>,
    shown: (ns: number) => string,
  ): string[][] {
    const { fillNs, queueNs, callNs, totalNs } = single;
    const names = ["until the batch is full", "until the core is free", "the call", "together"];
    return names.map((name, index) => [name, shown(chosen[index]), shown([fillNs, queueNs, callNs, totalNs][index])]);
  }

  #set(name: string, text: string): void {
    part(this, `${name}-text`).textContent = text;
    part(this, name).setAttribute("aria-valuetext", text);
  }

  #draw(): void {
    const cost = this.#cost;
    if (cost === undefined) return;
    const [first, last] = [SIZES[0], SIZES.at(-1) as number];
    const points = SIZES.flatMap((size) => {
      const { totalNs } = batchWait(cost, size, this.#arrivals);
      return Number.isFinite(totalNs) ? [[onLog(size, first, last), onLog(totalNs, LEAST_NS, MOST_NS)] as const] : [];
    });
    const { totalNs } = batchWait(cost, this.#size, this.#arrivals);
    const mark = [onLog(this.#size, first, last), onLog(Math.min(totalNs, MOST_NS), LEAST_NS, MOST_NS)] as const;
    drawPlot(this.#plot, {
      x: {
        label: "orders of a batch",
        ticks: SIZES.map((size) => ({ at: onLog(size, first, last), text: String(size) })),
      },
      y: { label: "", ticks: decades(LEAST_NS, MOST_NS, time).filter((_, index) => index % 2 === 0) },
      lines: points.length === 0 ? [] : [{ look: "first", points }],
      ...(Number.isFinite(totalNs) && { mark }),
    });
  }

  #switch(running: boolean): void {
    const [run, stop] = ["run", "stop"].map((name) => part<HTMLButtonElement>(this, name));
    const active = document.activeElement;
    const focused = running ? active === run : active === stop || active === document.body;
    stop.disabled = !running;
    if (focused && running) stop.focus({ preventScroll: true });
    run.disabled = running;
    if (focused && !running) run.focus({ preventScroll: true });
    part<HTMLButtonElement>(this, "save").disabled = running || this.#measured === undefined;
    const progress = part<HTMLProgressElement>(this, "progress");
    progress.hidden = !running;
    progress.value = 0;
    this.dataset.state = running ? "running" : "ready";
  }

  #save(): void {
    saveFile("batching.json", {
      format: "hotpath-batching",
      version: 1,
      date: new Date().toISOString(),
      machine: browserMachine(),
      unit: "ns a command",
      measured: this.#measured,
    });
  }

  #say(text: string): void {
    part(this, "status").textContent = text;
  }
}

customElements.define("hp-batching", BatchingElement);
