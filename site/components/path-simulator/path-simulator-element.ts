import {
  type FullPolicy,
  type OrderPath,
  type PathReport,
  STAGES,
  type Stage,
  simulatePath,
} from "../../../lab/measure/order-path.ts";
import { part } from "../exercise/element-parts.ts";
import { count, time } from "../lab/numbers.ts";
import { showTable } from "../lab/tables.ts";
import { nsOfSlider, PRESETS, rateOfSlider, STAGE_TEXTS, sliderOfNs } from "./presets.ts";

const ORDERS = 20_000;
/** A stage that serves for more of its time than that is named as the place where orders wait. */
const BUSY = 0.8;

/** An order's way from a client to the core and on to market data, computed anew at each change. */
class PathSimulatorElement extends HTMLElement {
  /** Measured in this page; the slider's steps are coarser. */
  #measuredCoreNs: number | undefined;

  connectedCallback(): void {
    for (const name of ["rate", "slots", "policy", "seed", ...STAGES]) {
      part(this, name).addEventListener("input", () => {
        if (name === "core") this.#measuredCoreNs = undefined;
        this.#compute();
      });
    }
    for (const preset of ["before", "after"] as const)
      part(this, preset).addEventListener("click", () => this.#apply(preset));
    part(this, "measure").addEventListener("click", () => void this.#measure());
    part<HTMLButtonElement>(this, "measure").disabled = false;
    this.#apply("before");
    this.dataset.state = "ready";
  }

  #apply(preset: "before" | "after"): void {
    this.#measuredCoreNs = undefined;
    for (const stage of STAGES) part<HTMLInputElement>(this, stage).value = String(sliderOfNs(PRESETS[preset][stage]));
    for (const each of ["before", "after"]) part(this, each).setAttribute("aria-pressed", String(each === preset));
    this.#compute();
  }

  #number(name: string): number {
    return Number(part<HTMLInputElement>(this, name).value);
  }

  get #path(): OrderPath {
    const serviceNs = Object.fromEntries(STAGES.map((stage) => [stage, nsOfSlider(this.#number(stage))])) as Record<
      Stage,
      number
    >;
    if (this.#measuredCoreNs !== undefined) serviceNs.core = this.#measuredCoreNs;
    return {
      ratePerSecond: rateOfSlider(this.#number("rate")),
      orders: ORDERS,
      serviceNs,
      ringSlots: this.#number("slots"),
      whenFull: part<HTMLSelectElement>(this, "policy").value as FullPolicy,
      seed: Math.max(0, Math.floor(this.#number("seed"))) >>> 0,
    };
  }

  #compute(): void {
    const path = this.#path;
    this.#set("rate", `${count(path.ratePerSecond)} a second`);
    for (const stage of STAGES) this.#set(stage, time(path.serviceNs[stage]));
    const report = simulatePath(path);
    part(this, "status").textContent = sentence(report);
    const cells = (ns: readonly number[] | undefined): string[] =>
      (ns ?? []).map(time).concat(ns ? [] : ["–", "–", "–"]);
    showTable(part(this, "table"), [
      ["Waiting and being served", "Median", "p99", "p99.9", "Busy"],
      ...report.stages.map(({ stage, ns, utilisation }) => [
        STAGE_TEXTS[stage],
        ...cells(ns),
        stage === "network" ? "–" : `${Math.round(100 * utilisation)}%`,
      ]),
      ["The client's answer, in all", ...cells(report.answerNs), ""],
      ["Market data, in all", ...cells(report.dataNs), ""],
    ]);
    this.#bars(report);
  }

  /** The median of each stage, as a length. The table has the numbers. */
  #bars({ stages }: PathReport): void {
    const longest = Math.max(...stages.map(({ ns }) => ns?.[1] ?? 0));
    for (const { stage, ns } of stages) {
      const bar = part(this, `bar-${stage}`);
      bar.style.inlineSize = `${(100 * (ns?.[1] ?? 0)) / longest}%`;
    }
  }

  async #measure(): Promise<void> {
    part(this, "status").textContent = "Measuring the Rust core in this page.";
    try {
      const { measureCore } = await import("./measure-core.ts");
      const ns = await measureCore();
      part<HTMLInputElement>(this, "core").value = String(sliderOfNs(ns));
      this.#measuredCoreNs = ns;
      this.#compute();
    } catch (error) {
      part(this, "status").textContent = `The core could not be measured: ${(error as Error).message}`;
    }
  }

  #set(name: string, text: string): void {
    part(this, `${name}-text`).textContent = text;
    part(this, name).setAttribute("aria-valuetext", text);
  }
}

/** Where it waits, and what is lost. */
function sentence({ stages, blockedNs, lost, disconnectedAt, answerNs }: PathReport): string {
  const busiest = stages.reduce((a, b) => (b.utilisation > a.utilisation ? b : a));
  const where =
    busiest.utilisation > BUSY
      ? `Orders wait at: ${STAGE_TEXTS[busiest.stage]}, busy ${Math.round(100 * busiest.utilisation)}% of the time.`
      : "No stage is busy for most of the time.";
  const ring =
    disconnectedAt !== undefined
      ? `The consumer was disconnected at order ${count(disconnectedAt)} and missed ${count(lost)} events.`
      : lost > 0
        ? `${count(lost)} of ${count(ORDERS)} events were lost.`
        : blockedNs > 0
          ? `The core stood still for ${time(blockedNs)}, for want of a slot.`
          : "The ring always had room; no event was lost.";
  return `Half of the clients have their answer after ${time(answerNs[0])}, all but a hundredth after ${time(answerNs[1])}. ${where} ${ring}`;
}

customElements.define("hp-path-simulator", PathSimulatorElement);
