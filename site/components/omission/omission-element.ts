import {
  closedLoop,
  type LoopLatencies,
  openLoop,
  quantile,
  type StallingLoad,
} from "../../../lab/measure/stalling-server.ts";
import { part } from "../exercise/element-parts.ts";
import { time } from "../lab/numbers.ts";
import { showTable } from "../lab/tables.ts";
import { decades, drawPlot, onLog, type PlotTick, redrawOnResize } from "../widget/plot.ts";

/** Simulated seconds of each run. */
const SECONDS = 20;
/** Axis of latency, ms. */
const [LEAST_MS, MOST_MS] = [0.001, 1000];
/** Shares whose percentiles are told. */
const SHARES = [0.5, 0.9, 0.99, 0.999, 1];
/** The axis of percentiles ends at one in that many. */
const RAREST = 10_000;
/** ms of the stretch before and after the end of a stall. */
const STRETCH_MS = 300;
/** Points of a stretch at most, for each of both. */
const MOST_POINTS = 1500;

const ms = (value: number): string => time(value * 1e6);
const nameOf = (share: number): string => (share === 1 ? "highest" : share === 0.5 ? "median" : `p${100 * share}`);

/** The same server, asked by a client that waits for its answers and by clients that don't. */
class OmissionElement extends HTMLElement {
  #loops: [LoopLatencies, LoopLatencies] = [empty(), empty()];
  #sorted: [Float64Array, Float64Array] = [new Float64Array(0), new Float64Array(0)];
  #end: (() => void)[] = [];

  connectedCallback(): void {
    for (const name of ["rate", "every", "stall", "service"]) {
      part(this, name).addEventListener("input", () => this.#compute());
    }
    this.#end = ["strip", "curve"].map((name) => redrawOnResize(this.#svg(name), () => this.#draw()));
    this.#compute();
    this.dataset.state = "ready";
  }

  disconnectedCallback(): void {
    for (const end of this.#end) end();
  }

  #svg(name: string): SVGSVGElement {
    return this.querySelector(`svg[data-part="${name}"]`) as SVGSVGElement;
  }

  get #load(): StallingLoad {
    const number = (name: string): number => Number(part<HTMLInputElement>(this, name).value);
    const ratePerSecond = number("rate");
    return {
      serviceUs: number("service"),
      stallMs: number("stall"),
      everyMs: number("every"),
      ratePerSecond,
      requests: SECONDS * ratePerSecond,
      seed: 7,
    };
  }

  #compute(): void {
    const load = this.#load;
    this.#loops = [closedLoop(load), openLoop(load)];
    this.#sorted = [this.#loops[0].latencyMs.toSorted(), this.#loops[1].latencyMs.toSorted()];
    this.#set("stall", ms(load.stallMs));
    this.#set("service", `${ms(load.serviceUs / 1000)} on average`);
    const [closed, open] = this.#sorted.map((sorted) => quantile(sorted, 0.99));
    part(this, "status").textContent = `p99: ${ms(closed)} by the closed loop, ${ms(open)} by the open one.`;
    const rows = SHARES.map((share) => [nameOf(share), ...this.#sorted.map((sorted) => ms(quantile(sorted, share)))]);
    showTable(part(this, "table"), [["Percentile", "Closed loop", "Open loop"], ...rows]);
    this.#draw();
  }

  #set(name: string, text: string): void {
    part(this, `${name}-text`).textContent = text;
    part(this, name).setAttribute("aria-valuetext", text);
  }

  #draw(): void {
    const y = { label: "", ticks: decades(LEAST_MS, MOST_MS, ms) };
    const height = (value: number): number => onLog(value, LEAST_MS, MOST_MS);
    this.#drawStrip(y, height);
    const looks = ["first", "second"] as const;
    const across = (share: number): number => Math.log10(1 / Math.max(1 - share, 1 / RAREST)) / Math.log10(RAREST);
    const ticks: PlotTick[] = [0, 0.9, 0.99, 0.999, 0.9999].map((share) => ({
      at: across(share),
      text: `${100 * share}%`,
    }));
    const lines = this.#sorted.map((sorted, index) => ({
      look: looks[index],
      points: Array.from({ length: 201 }, (_, step) => {
        const share = 1 - RAREST ** (-step / 200);
        return [across(share), height(quantile(sorted, share))] as const;
      }),
    }));
    drawPlot(this.#svg("curve"), { x: { label: "share of requests that took no longer", ticks }, y, lines });
  }

  #drawStrip(y: { label: string; ticks: PlotTick[] }, height: (ms: number) => number): void {
    const { everyMs, stallMs } = this.#load;
    const from = Math.max(0, everyMs - stallMs - STRETCH_MS / 3);
    const length = stallMs + STRETCH_MS;
    const ticks = [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, text: ms(from + at * length) }));
    const looks = ["first", "second"] as const;
    const lines = this.#loops.map(({ sentMs, latencyMs }, index) => {
      const points: [number, number][] = [];
      for (let at = 0; at < sentMs.length && sentMs[at] <= from + length; at++) {
        if (sentMs[at] >= from) points.push([(sentMs[at] - from) / length, height(latencyMs[at])]);
      }
      const every = Math.ceil(points.length / MOST_POINTS);
      return { look: looks[index], dots: true, points: points.filter((_, at) => at % every === 0) };
    });
    // The closed loop's few points are drawn over the others.
    drawPlot(this.#svg("strip"), { x: { label: "when it was sent", ticks }, y, lines: lines.reverse() });
  }
}

function empty(): LoopLatencies {
  return { sentMs: new Float64Array(0), latencyMs: new Float64Array(0) };
}

customElements.define("hp-omission", OmissionElement);
