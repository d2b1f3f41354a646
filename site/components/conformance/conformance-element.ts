import type { ConformanceCase } from "../../../engines/conformance/cases.ts";
import type { CreateEngine, EngineManifest } from "../../../engines/contract/engine.ts";
import { make, part } from "../exercise/element-parts.ts";

/** Longest stretch of work before the page may draw again, ms. */
const SLICE_MS = 30;

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** The suite, loaded when it is first asked for. */
const suite = () => import("./suite.ts");

/** Runs every case of the contract on every engine, in the page. */
class ConformanceElement extends HTMLElement {
  connectedCallback(): void {
    const button = part<HTMLButtonElement>(this, "run");
    button.addEventListener("click", () => void this.#run());
    button.disabled = false;
    for (const box of this.#heavy()) box.disabled = false;
    this.dataset.state = "ready";
  }

  async #run(): Promise<void> {
    const button = part<HTMLButtonElement>(this, "run");
    button.setAttribute("aria-disabled", "true");
    if (this.dataset.state === "running") return;
    this.dataset.state = "running";
    part(this, "failures").replaceChildren();
    this.#say("Loading the engines.");
    try {
      const { cases, engines, loadEngine } = await suite();
      const total: Counts = { passed: 0, failed: 0, skipped: 0 };
      const left = new Set(this.#heavy().flatMap(({ checked, value }) => (checked ? [] : [value])));
      const chosen = engines.filter(({ manifest }) => !left.has(manifest.name));
      for (const { manifest } of chosen) {
        this.#say(`Loading ${manifest.title}.`);
        const create = await loadEngine(manifest.name);
        this.#say(`Running ${cases.length} cases on ${manifest.title}.`);
        const counts = await this.#runEngine(manifest, create, cases);
        for (const key of ["passed", "failed", "skipped"] as const) total[key] += counts[key];
      }
      this.#say(`${total.passed} passed, ${total.failed} failed, on ${chosen.length} engines.`);
      this.dataset.state = "done";
    } catch (error) {
      this.#say(`The cases could not be run: ${(error as Error).message}`);
      this.dataset.state = "ready";
    } finally {
      button.removeAttribute("aria-disabled");
    }
  }

  /** The choices of engines that a reader is asked about before they are loaded. */
  #heavy(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>("input[name=heavy]")];
  }

  async #runEngine(manifest: EngineManifest, create: CreateEngine, cases: readonly ConformanceCase[]): Promise<Counts> {
    const { runCase } = await suite();
    const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
    let sliceEnd = performance.now() + SLICE_MS;
    for (const [index, subject] of cases.entries()) {
      const outcome = runCase(subject, create, manifest.level);
      counts[outcome.verdict] += 1;
      if (outcome.verdict === "failed") this.#tellFailure(manifest, subject, outcome.difference);
      if (performance.now() < sliceEnd) continue;
      this.#show(manifest.name, counts, (index + 1) / cases.length);
      await new Promise((resolve) => setTimeout(resolve));
      sliceEnd = performance.now() + SLICE_MS;
    }
    this.#show(manifest.name, counts, 1);
    return counts;
  }

  #show(engine: string, counts: Counts, done: number): void {
    const row = this.querySelector<HTMLElement>(`tr[data-engine="${engine}"]`) as HTMLElement;
    part<HTMLProgressElement>(row, "progress").value = done;
    for (const key of ["passed", "failed", "skipped"] as const) part(row, key).textContent = String(counts[key]);
    if (done === 1) row.dataset.verdict = counts.failed > 0 ? "failed" : "passed";
  }

  #tellFailure(
    { title }: EngineManifest,
    { subject, name }: ConformanceCase,
    { step, command, expected, actual }: { step: number; command: object; expected: string; actual: string },
  ): void {
    const line = make("li", "", make("strong", "", `${title}: ${subject}: ${name}`));
    line.append(
      make("code", "", `step ${step + 1}: ${JSON.stringify(command)}`),
      make("code", "", `must give ${expected}`),
      make("code", "", `gave ${actual}`),
    );
    part(this, "failures").append(line);
  }

  #say(text: string): void {
    part(this, "status").textContent = text;
  }
}

customElements.define("hp-conformance", ConformanceElement);
