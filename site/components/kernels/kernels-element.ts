import { browserMachine, saveFile } from "../duel/duel-file.ts";
import { clockSentence } from "../duel/duel-sentences.ts";
import { showResult } from "../duel/duel-view.ts";
import type { DuelClock } from "../duel/engine-duel.ts";
import { part } from "../exercise/element-parts.ts";
import type { KernelDuel } from "./kernel-duel.ts";
import type { KernelPairInfo } from "./kernel-pairs.ts";
import { type Guess, guessFeedback, kernelMethod, kernelSentence } from "./kernel-sentences.ts";

/** The reader pressed Stop. */
class Stopped extends Error {}

interface KernelsCode {
  pairs: readonly KernelPairInfo[];
  makeWorker(): Worker;
  /** The built module, from the project's root. */
  wasm: string;
}

let code: KernelsCode;

/** Gives the kernels of a page their code. */
export function offerKernels(offered: KernelsCode): void {
  code = offered;
  if (!customElements.get("hp-kernels")) customElements.define("hp-kernels", KernelsElement);
}

/** Two ways of a kernel compared in the page, after the reader's guess. */
class KernelsElement extends HTMLElement {
  #stopping: AbortController | undefined;
  #clock: DuelClock | undefined;
  #found: { control?: KernelDuel; comparison?: KernelDuel } = {};

  connectedCallback(): void {
    part(this, "form").addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#run(false);
    });
    part(this, "control").addEventListener("click", () => void this.#run(true));
    part(this, "stop").addEventListener("click", () => this.#stopping?.abort(new Stopped()));
    part(this, "save").addEventListener("click", () => this.#save());
    part(this, "pair").addEventListener("change", () => this.#showPair());
    part(this, "choice").addEventListener("change", () => this.#forget());
    for (const name of ["run", "control"]) part<HTMLButtonElement>(this, name).disabled = false;
    this.#showPair();
    this.dataset.state = "ready";
  }

  disconnectedCallback(): void {
    this.#stopping?.abort(new Stopped());
  }

  get #pair(): KernelPairInfo {
    const chosen = part<HTMLSelectElement>(this, "pair").value;
    return code.pairs.find(({ name }) => name === chosen) as KernelPairInfo;
  }

  get #guess(): Guess | undefined {
    return this.querySelector<HTMLInputElement>('input[name="kernel-guess"]:checked')?.value as Guess | undefined;
  }

  #showPair(): void {
    const { name, question, choice } = this.#pair;
    for (const listing of this.querySelectorAll<HTMLElement>("[data-listing]")) {
      listing.hidden = listing.dataset.listing !== name;
    }
    part(this, "choice-label").textContent = choice.label;
    part(this, "choice").replaceChildren(...choice.values.map(([value, text]) => new Option(text, String(value))));
    part(this, "question").textContent = `Your guess: ${question}`;
    this.#forget();
  }

  /** What was found is of another choice; a guess, too. */
  #forget(): void {
    this.#found = {};
    for (const name of ["control-result", "comparison-result"]) part(this, name).hidden = true;
    for (const radio of this.querySelectorAll<HTMLInputElement>('input[name="kernel-guess"]')) radio.checked = false;
    part<HTMLButtonElement>(this, "save").disabled = true;
    this.#say("Guess, then compare.");
  }

  async #run(control: boolean): Promise<void> {
    if (this.dataset.state !== "ready") return;
    const guess = this.#guess;
    if (!control && guess === undefined) {
      this.#say("Guess first: a number that you expected teaches nothing, one that you didn't does.");
      this.querySelector<HTMLInputElement>('input[name="kernel-guess"]')?.focus();
      return;
    }
    this.#stopping = new AbortController();
    this.#switch(true);
    const name = control ? "control" : "comparison";
    try {
      const duel = await this.#measure(control, this.#stopping.signal);
      this.#found[name] = duel;
      this.#say(guess === undefined || control ? "The control is done." : this.#answer(guess, duel));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.#say(error instanceof Stopped ? "Stopped. What was not done is not shown." : `It ended: ${why}`);
      part(this, `${name}-result`).hidden = true;
      delete this.#found[name];
    } finally {
      this.#switch(false);
    }
  }

  #answer(guess: Guess, duel: KernelDuel): string {
    return `${guessFeedback(guess, duel.result.verdict)} ${this.#pair.why}`;
  }

  async #measure(control: boolean, signal: AbortSignal): Promise<KernelDuel> {
    const pair = this.#pair;
    const section = part(this, control ? "control-result" : "comparison-result");
    const progress = part<HTMLProgressElement>(this, "progress");
    this.#say("Measuring.");
    const [{ duelKernels, measureKernelClock }, { readArtefact }] = await Promise.all([
      import("./kernel-duel.ts"),
      import("../../sandbox/artefacts.ts"),
    ]);
    const host = { makeWorker: code.makeWorker, wasm: await readArtefact(code.wasm), signal };
    this.#clock ??= await measureKernelClock(host);
    part(this, "clock").textContent = clockSentence(this.#clock);
    const request = {
      pair: pair.name,
      choice: Number(part<HTMLSelectElement>(this, "choice").value),
      control,
      seed: 1,
      instances: Number(this.dataset.instances),
      rounds: Number(this.dataset.rounds),
    };
    const show = (ratios: readonly number[]): void => {
      progress.value = ratios.length / request.instances;
      showResult(section, ratios, undefined);
    };
    show([]);
    const duel = await duelKernels(request, this.#clock, host, show);
    showResult(section, duel.result.ratios, {
      comparison: duel.result,
      sentence: kernelSentence(pair, duel),
      method: kernelMethod(duel),
    });
    return duel;
  }

  #switch(running: boolean): void {
    const buttons = ["run", "control"].map((name) => part<HTMLButtonElement>(this, name));
    const stop = part<HTMLButtonElement>(this, "stop");
    const active = document.activeElement;
    const focused = running ? buttons.includes(active as never) : active === stop || active === document.body;
    stop.disabled = !running;
    // A button that is switched off under the focus would leave a keyboard's user at the top of the page.
    if (focused && running) stop.focus({ preventScroll: true });
    for (const button of buttons) button.disabled = running;
    if (focused && !running) buttons[0].focus({ preventScroll: true });
    part<HTMLFieldSetElement>(this, "choices").disabled = running;
    part<HTMLFieldSetElement>(this, "guesses").disabled = running;
    const { control, comparison } = this.#found;
    part<HTMLButtonElement>(this, "save").disabled = running || (control ?? comparison) === undefined;
    const progress = part<HTMLProgressElement>(this, "progress");
    progress.hidden = !running;
    progress.value = 0;
    this.dataset.state = running ? "running" : "ready";
  }

  #save(): void {
    const { control = null, comparison = null } = this.#found;
    saveFile(`kernels-${this.#pair.name}.json`, {
      format: "hotpath-kernels",
      version: 1,
      date: new Date().toISOString(),
      commit: this.dataset.commit || null,
      machine: browserMachine(),
      clock: this.#clock,
      guess: this.#guess ?? null,
      control,
      comparison,
    });
  }

  #say(text: string): void {
    part(this, "status").textContent = text;
  }
}
