import { store } from "../../store/index.ts";
import { part } from "./element-parts.ts";

/** The list of all exercises, with where the reader stands in each, and the way to another browser. */
class ExerciseListElement extends HTMLElement {
  connectedCallback(): void {
    if (this.dataset.state !== undefined) return;
    this.dataset.state = "loading";
    const file = part<HTMLInputElement>(this, "file");
    part(this, "export").addEventListener("click", () => void this.#export());
    part(this, "import").addEventListener("click", () => file.click());
    file.addEventListener("change", () => void this.#import(file));
    for (const button of this.querySelectorAll("button")) button.disabled = false;
    void this.#show();
  }

  async #show(): Promise<void> {
    const progress = new Map((await store().progress.all()).map((each) => [each.exerciseId, each]));
    let [earned, total, solved] = [0, 0, 0];
    const items = [...this.querySelectorAll<HTMLElement>("[data-exercise]")];
    for (const item of items) {
      const points = Number(item.dataset.points);
      const own = progress.get(item.dataset.exercise as string);
      total += points;
      if (own === undefined || own.attempts === 0) continue;
      earned += own.bestPoints;
      if (own.bestPoints >= points) solved++;
      item.toggleAttribute("data-solved", own.bestPoints >= points);
      part(item, "standing").textContent = `${own.bestPoints} of ${points} points`;
      const meter = item.querySelector("meter");
      if (meter !== null) meter.value = own.bestPoints;
    }
    const exercises = items.length === 1 ? "exercise" : "exercises";
    part(this, "total").textContent = `${earned} of ${total} points, ${solved} of ${items.length} ${exercises} solved`;
    this.dataset.state = "ready";
  }

  async #export(): Promise<void> {
    const work = await store().exportWork();
    const address = URL.createObjectURL(new Blob([JSON.stringify(work)], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = `hotpath-${work.exportedAt.slice(0, 10)}.json`;
    link.click();
    // The download has begun by the next turn of the page's loop.
    setTimeout(() => URL.revokeObjectURL(address), 1_000);
    this.#say(`Exported as ${link.download}.`);
  }

  async #import(input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0];
    if (file === undefined) return;
    try {
      const { drafts, exercises } = await store().importWork(await file.text());
      await this.#show();
      this.#say(`Imported: ${count(drafts, "newer text")}, progress in ${count(exercises, "exercise")}.`);
    } catch (error) {
      this.#say((error as Error).message);
    }
    input.value = "";
  }

  #say(text: string): void {
    part(this, "transfer-message").textContent = text;
  }
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

customElements.define("hp-exercise-list", ExerciseListElement);
