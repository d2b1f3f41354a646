import type { ProfileName } from "../../../engines/flow/profiles.ts";
import { make, part } from "../exercise/element-parts.ts";
import { duelFile, saveFile } from "./duel-file.ts";
import { clockSentence, controlSentence, duelSentence, methodSentence, plantedSentence } from "./duel-sentences.ts";
import { showResult } from "./duel-view.ts";
import type { DuelClock, DuelRequest, EngineDuel } from "./engine-duel.ts";

const MAX_SEED = 2 ** 32 - 1;
/** The subject's choice that stands for the baseline with busy work. */
const PLANTED = "planted";

/** What a control and a comparison found. */
interface Found {
  control?: EngineDuel;
  comparison?: EngineDuel;
}

/** The reader pressed Stop. */
class Stopped extends Error {}

const engineDuel = () => import("./engine-duel.ts");

/** Two engines compared in the page by the paired protocol, the control first. */
export class DuelElement extends HTMLElement {
  #stopping: AbortController | undefined;
  #clock: DuelClock | undefined;
  /** What the last run found. */
  found: Found = {};

  connectedCallback(): void {
    if (this.dataset.state === "ready") return;
    const on = (name: string, event: string, act: () => unknown): void =>
      part(this, name).addEventListener(event, () => void act());
    part(this, "form").addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#run(true);
    });
    on("control", "click", () => this.#run(false));
    on("stop", "click", () => this.#stopping?.abort(new Stopped()));
    on("save", "click", () => this.#save());
    on("subject", "change", () => this.#showShare());
    this.#showShare();
    for (const name of ["run", "control"]) part<HTMLButtonElement>(this, name).disabled = false;
    this.dataset.state = "ready";
  }

  disconnectedCallback(): void {
    this.#stopping?.abort(new Stopped());
  }

  #showShare(): void {
    part(this, "share-label").hidden = this.#value("subject") !== PLANTED;
  }

  #value(name: string): string {
    return part<HTMLSelectElement | HTMLInputElement>(this, name).value;
  }

  /** @returns undefined where a field holds what it can't; the reader has been told */
  #request(): DuelRequest | undefined {
    const seed = Number(this.#value("seed"));
    if (this.#value("seed") === "" || !Number.isInteger(seed) || seed < 0 || seed > MAX_SEED) {
      return this.#refuse("seed", `The seed must be a whole number from 0 to ${MAX_SEED.toLocaleString("en")}.`);
    }
    const [baseline, chosen] = [this.#value("baseline"), this.#value("subject")];
    const request: DuelRequest = {
      baseline,
      subject: chosen === PLANTED ? baseline : chosen,
      profile: this.#value("profile") as ProfileName,
      seed,
      instances: Number(this.dataset.instances),
      rounds: Number(this.dataset.rounds),
    };
    if (chosen !== PLANTED) return request;
    const share = Number(this.#value("share")) / 100;
    if (!(share >= 0.01 && share <= 1)) {
      return this.#refuse("share", "The planted slowdown must be from 1 to 100%.");
    }
    return { ...request, planted: share };
  }

  #refuse(field: string, why: string): undefined {
    this.#say(why);
    part(this, field).focus();
    return undefined;
  }

  async #run(withComparison: boolean): Promise<void> {
    if (this.dataset.state !== "ready") return;
    const request = this.#request();
    if (request === undefined) return;
    this.#stopping = new AbortController();
    this.#switch(true);
    this.found = {};
    part(this, "control-result").hidden = true;
    part(this, "comparison-result").hidden = true;
    try {
      await this.#measure(request, withComparison, this.#stopping.signal);
      this.#say(withComparison ? "Done." : "The control is done.");
    } catch (error) {
      this.#say(error instanceof Stopped ? "Stopped. What was not done is not shown." : `It ended: ${message(error)}`);
      this.#hideUnfinished();
    } finally {
      this.#switch(false);
    }
  }

  async #measure(request: DuelRequest, withComparison: boolean, signal: AbortSignal): Promise<void> {
    this.#say("Measuring the clock.");
    const { measureWorkerClock } = await engineDuel();
    this.#clock = await measureWorkerClock(signal);
    part(this, "clock").textContent = clockSentence(this.#clock);
    const { planted: _, ...asItIs } = request;
    this.#say("The control first: one engine against itself.");
    this.found.control = await this.#duel(
      { ...asItIs, subject: request.baseline },
      "control-result",
      [0, withComparison ? 0.5 : 1],
      signal,
    );
    if (!withComparison) return;
    this.#say("Now the comparison.");
    this.found.comparison = await this.#duel(request, "comparison-result", [0.5, 1], signal);
  }

  /** @param share of the progress, from and to */
  async #duel(
    request: DuelRequest,
    name: "control-result" | "comparison-result",
    share: [from: number, to: number],
    signal: AbortSignal,
  ): Promise<EngineDuel> {
    const { CHECKED_COMMANDS, duelEngines } = await engineDuel();
    const section = part(this, name);
    const progress = part<HTMLProgressElement>(this, "progress");
    const show = (ratios: readonly number[]): void => {
      progress.value = share[0] + ((share[1] - share[0]) * ratios.length) / request.instances;
      showResult(section, ratios, undefined);
    };
    show([]);
    const duel = await duelEngines(request, this.#clock as DuelClock, signal, show);
    showResult(section, duel.result.ratios, {
      comparison: duel.result,
      sentence: this.#sentence(duel),
      method: methodSentence(duel, CHECKED_COMMANDS),
    });
    return duel;
  }

  #sentence(duel: EngineDuel): string {
    const { baseline, subject, planted } = duel.request;
    const title = (name: string): string => {
      const options = part<HTMLSelectElement>(this, "baseline").options;
      return [...options].find(({ value }) => value === name)?.text ?? name;
    };
    if (planted !== undefined) return plantedSentence(title(baseline), planted, duel);
    if (baseline === subject) return controlSentence(title(baseline), duel);
    return duelSentence(title(baseline), title(subject), duel);
  }

  #hideUnfinished(): void {
    if (this.found.control === undefined) part(this, "control-result").hidden = true;
    if (this.found.comparison === undefined) part(this, "comparison-result").hidden = true;
  }

  #switch(running: boolean): void {
    const buttons = ["run", "control"].map((name) => part<HTMLButtonElement>(this, name));
    const stop = part<HTMLButtonElement>(this, "stop");
    const focused = running ? buttons.includes(document.activeElement as never) : document.activeElement === stop;
    stop.disabled = !running;
    // A button that is switched off under the focus would leave a keyboard's user at the top of the page.
    if (focused && running) stop.focus({ preventScroll: true });
    for (const button of buttons) button.disabled = running;
    if (focused && !running) buttons[0].focus({ preventScroll: true });
    part<HTMLFieldSetElement>(this, "choices").disabled = running;
    part<HTMLButtonElement>(this, "save").disabled = running || this.found.control === undefined;
    const progress = part<HTMLProgressElement>(this, "progress");
    progress.hidden = !running;
    progress.value = 0;
    this.dataset.state = running ? "running" : "ready";
  }

  #save(): void {
    if (this.#clock === undefined) return;
    const { found } = this;
    const file = duelFile(this.#clock, found, this.dataset.commit || null);
    const request = (found.comparison ?? found.control)?.request;
    const names = [request?.baseline, request?.planted ? PLANTED : request?.subject];
    saveFile(`duel-${names.join("-")}.json`, file);
  }

  #say(text: string): void {
    part(this, "status").replaceChildren(make("span", "", text));
  }
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

customElements.define("hp-duel", DuelElement);
