import { browserMachine, saveFile } from "../duel/duel-file.ts";
import { part } from "../exercise/element-parts.ts";
import { showTable } from "../lab/tables.ts";
import { drawPlot, onLog, redrawOnResize } from "../widget/plot.ts";
import type { RingRate } from "./ring-run.ts";

/** The reader pressed Stop. */
class Stopped extends Error {}

const NOT_ISOLATED =
  "Not measured: this page isn't isolated, so its threads may share no memory. On the project's own server (npm start) they may.";

const RESTLESS =
  " The ranges are wide: the two threads had no core each all the time, and a thread that looks in a loop then keeps the other from its work.";
/** Rounds that lie so many times apart don't tell of the ring. */
const WIDE = 5;
const isRestless = ({ low, high }: RingRate): boolean => high > WIDE * low;

let makeWorker: () => Worker;

/** Gives the ring of a page its code. */
export function offerRing(offered: () => Worker): void {
  makeWorker = offered;
  if (!customElements.get("hp-shared-ring")) customElements.define("hp-shared-ring", SharedRingElement);
}

const three = (value: number): string => value.toPrecision(3);

/** Words through a ring between two threads of the page, by the size of a push. */
class SharedRingElement extends HTMLElement {
  #stopping: AbortController | undefined;
  #rates: readonly RingRate[] = [];
  #endResize = (): void => {};

  connectedCallback(): void {
    part(this, "run").addEventListener("click", () => void this.#run());
    part(this, "stop").addEventListener("click", () => this.#stopping?.abort(new Stopped()));
    part(this, "save").addEventListener("click", () => this.#save());
    this.#endResize = redrawOnResize(this.#plot, () => this.#draw());
    const isolated = globalThis.crossOriginIsolated;
    if (!isolated) this.#say(NOT_ISOLATED);
    part<HTMLButtonElement>(this, "run").disabled = !isolated;
    this.dataset.state = isolated ? "ready" : "not-isolated";
  }

  disconnectedCallback(): void {
    this.#stopping?.abort(new Stopped());
    this.#endResize();
  }

  get #plot(): SVGSVGElement {
    return this.querySelector("svg.plot") as SVGSVGElement;
  }

  async #run(): Promise<void> {
    if (this.dataset.state !== "ready") return;
    this.#stopping = new AbortController();
    this.#switch(true);
    this.#say("Measuring: two threads, one ring.");
    try {
      const { measureRing } = await import("./ring-run.ts");
      const onRound = (share: number): void => {
        part<HTMLProgressElement>(this, "progress").value = share;
      };
      this.#rates = await measureRing(makeWorker, onRound, this.#stopping.signal);
      this.#show();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.#say(error instanceof Stopped ? "Stopped. Nothing of this run is shown." : `It ended: ${why}.`);
    } finally {
      this.#switch(false);
    }
  }

  #show(): void {
    const of = (apart: boolean): RingRate[] => this.#rates.filter((rate) => rate.apart === apart);
    const text = ({ low, median, high }: RingRate): string => `${three(median)} (${three(low)} – ${three(high)})`;
    const sideBySide = of(false);
    const rows = of(true).map((rate, index) => [String(rate.batch), text(rate), text(sideBySide[index])]);
    showTable(part(this, "table"), [["Words a push", "A line each", "Side by side"], ...rows]);
    const [least, most] = [of(true)[0], of(true).at(-1) as RingRate];
    this.#say(
      `${three(least.median)} million words a second one by one, ${three(most.median)} million by ${most.batch}. Every word arrived once and in its order.${this.#rates.some(isRestless) ? RESTLESS : ""}`,
    );
    part(this, "figure").hidden = false;
    this.#draw();
  }

  #draw(): void {
    if (this.#rates.length === 0) return;
    const batches = this.#rates.filter(({ apart }) => apart).map(({ batch }) => batch);
    const [first, last] = [batches[0], batches.at(-1) as number];
    const top = Math.max(...this.#rates.map(({ median }) => median)) * 1.1;
    drawPlot(this.#plot, {
      x: {
        label: "words of a push",
        ticks: batches.map((batch) => ({ at: onLog(batch, first, last), text: String(batch) })),
      },
      y: { label: "", ticks: [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, text: `${three(at * top)} M` })) },
      lines: [true, false].map((apart) => ({
        look: apart ? ("first" as const) : ("second" as const),
        points: this.#rates
          .filter((rate) => rate.apart === apart)
          .map(({ batch, median }) => [onLog(batch, first, last), median / top] as const),
      })),
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
    part<HTMLButtonElement>(this, "save").disabled = running || this.#rates.length === 0;
    part<HTMLProgressElement>(this, "progress").hidden = !running;
    this.dataset.state = running ? "running" : "ready";
  }

  #save(): void {
    saveFile("shared-ring.json", {
      format: "hotpath-ring",
      version: 1,
      date: new Date().toISOString(),
      machine: browserMachine(),
      unit: "million words a second",
      rates: this.#rates,
    });
  }

  #say(text: string): void {
    part(this, "status").textContent = text;
  }
}
