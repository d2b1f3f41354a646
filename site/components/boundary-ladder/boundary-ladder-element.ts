import { make, part } from "../exercise/element-parts.ts";
import { time } from "../lab/numbers.ts";
import { type LadderReport, placeOnAxis, type RungCost } from "./ladder-report.ts";

const NOT_ISOLATED = "not measured: this page may not share memory between threads";

/** Measures what it costs to send an order over each kind of boundary, on the reader's machine. */
class BoundaryLadderElement extends HTMLElement {
  #abort: AbortController | undefined;
  #report: LadderReport | undefined;

  connectedCallback(): void {
    part(this, "run").addEventListener("click", () => void this.#run());
    part(this, "stop").addEventListener("click", () => this.#abort?.abort(new Error("stopped")));
    part(this, "export").addEventListener("click", () => this.#export());
    part<HTMLButtonElement>(this, "run").disabled = false;
    this.dataset.state = "ready";
  }

  disconnectedCallback(): void {
    this.#abort?.abort(new Error("the page is left"));
  }

  async #run(): Promise<void> {
    if (this.#abort) return;
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.#setRunning(true);
    this.#say("Loading the core.");
    try {
      const { ladderReport, measureLadder } = await import("./measure.ts");
      let told = -1;
      const parts = await measureLadder((share) => {
        part<HTMLProgressElement>(this, "progress").value = share;
        const tenth = Math.floor(share * 10);
        if (tenth !== told) this.#say(`Measuring, ${tenth * 10}%.`);
        told = tenth;
      }, signal);
      this.#report = ladderReport(parts);
      this.#show(this.#report);
    } catch (error) {
      this.#say(signal.aborted ? "Stopped. Nothing of this run is shown." : `It stopped: ${(error as Error).message}.`);
    } finally {
      this.#abort = undefined;
      this.#setRunning(false);
    }
  }

  #setRunning(running: boolean): void {
    part(this, "run").setAttribute("aria-disabled", String(running));
    part(this, "stop").hidden = !running;
    part(this, "progress").hidden = !running;
    part<HTMLProgressElement>(this, "progress").value = 0;
    part(this, "export").hidden = running || this.#report === undefined;
    if (!running && document.activeElement === document.body) part(this, "run").focus({ preventScroll: true });
    this.dataset.state = running ? "running" : "ready";
  }

  #show(report: LadderReport): void {
    for (const cost of report.rungs) this.#showRung(cost);
    for (const name of report.leftOut) {
      this.#cell(name, "median").textContent = "–";
      this.#cell(name, "range").textContent = NOT_ISOLATED;
    }
    const { stepMs, batchMs, isolated } = report;
    const left =
      report.leftOut.length > 0 ? ` ${report.leftOut.length} rungs need an isolated page and are left out.` : "";
    this.#say(
      `Measured ${report.rungs.length} rungs, in turn and shuffled. The clock of this ${isolated ? "isolated page" : "page, which isn't isolated,"} ` +
        `steps by ${time(stepMs * 1e6)}, so a batch lasts ${time(batchMs * 1e6)} or more.${left}`,
    );
  }

  #showRung({ name, low, median, high }: RungCost): void {
    const row = this.#row(name);
    this.#cell(name, "median").textContent = time(median);
    this.#cell(name, "range").textContent = `${time(low)} – ${time(high)}`;
    const bar = row.querySelector<HTMLElement>(".bars") as HTMLElement;
    const [from, to] = [placeOnAxis(low), placeOnAxis(high)];
    bar.style.setProperty("--value", String(placeOnAxis(median)));
    bar.style.setProperty("--low", String(from));
    bar.style.setProperty("--width", String(to - from));
    bar.dataset.known = "";
  }

  #row(name: string): HTMLElement {
    return this.querySelector<HTMLElement>(`tr[data-rung="${name}"]`) as HTMLElement;
  }

  #cell(name: string, cell: string): HTMLElement {
    return part(this.#row(name), cell);
  }

  #export(): void {
    const { userAgent, hardwareConcurrency } = navigator;
    const machine = { userAgent, hardwareConcurrency, measuredAt: new Date().toISOString() };
    const text = `${JSON.stringify({ ...machine, unit: "ns an order", ...this.#report }, null, 2)}\n`;
    const link = make("a", "");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = "boundary-ladder.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href));
  }

  #say(text: string): void {
    part(this, "status").textContent = text;
  }
}

customElements.define("hp-boundary-ladder", BoundaryLadderElement);
