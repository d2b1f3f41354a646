import { part } from "../exercise/element-parts.ts";

/** So many run side by side. */
const MOST_ENGINES = 4;

/** Run, Stop, the engines that are chosen, and how far a run is. */
export class RunControls {
  readonly #root: HTMLElement;

  constructor(root: HTMLElement, acts: { run(): void; stop(): void; say(sentence: string): void }) {
    this.#root = root;
    part(root, "run").addEventListener("click", acts.run);
    part(root, "stop").addEventListener("click", acts.stop);
    part(root, "engines").addEventListener("change", (event) => this.#keepWithinBounds(event, acts.say));
  }

  /** Names of the engines that are chosen, 1 to 4. */
  get engines(): string[] {
    return this.#boxes()
      .filter(({ checked }) => checked)
      .map(({ value }) => value);
  }

  /** Chooses these engines alone, where at least one of them is there. */
  choose(engines: readonly string[]): void {
    const boxes = this.#boxes();
    if (!boxes.some(({ value }) => engines.includes(value))) return;
    for (const box of boxes) box.checked = engines.includes(box.value);
  }

  /** Shows how much of a run is done, 0 … 1. */
  progress(done: number): void {
    part<HTMLProgressElement>(this.#root, "progress").value = done;
  }

  switch(running: boolean): void {
    const [gone, there] = (running ? ["run", "stop"] : ["stop", "run"]).map((name) =>
      part<HTMLButtonElement>(this.#root, name),
    );
    const focused = document.activeElement === gone;
    there.disabled = false;
    // A button that is switched off under the focus would leave a keyboard's user at the top of the page.
    if (focused) there.focus({ preventScroll: true });
    gone.disabled = true;
    part<HTMLFieldSetElement>(this.#root, "engines").disabled = running;
    this.progress(0);
    this.#root.dataset.state = running ? "running" : "ready";
  }

  #keepWithinBounds({ target }: Event, say: (sentence: string) => void): void {
    const boxes = this.#boxes();
    const chosen = boxes.filter(({ checked }) => checked);
    if (chosen.length > MOST_ENGINES) {
      (target as HTMLInputElement).checked = false;
      say(`A run takes ${MOST_ENGINES} engines at most: leave another one out first.`);
      return;
    }
    for (const box of boxes) box.setAttribute("aria-disabled", String(chosen.length === 1 && box.checked));
    if (chosen.length > 0) return;
    boxes[0].checked = true;
    say("A run needs an engine: the first one is chosen again.");
  }

  #boxes(): HTMLInputElement[] {
    return [...this.#root.querySelectorAll<HTMLInputElement>("input[name=engine]")];
  }
}
