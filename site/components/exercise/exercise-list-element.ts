import "../work/your-work-element.ts";
import { store } from "../../store/index.ts";
import { part } from "./element-parts.ts";

/** The list of all exercises, with where the reader stands in each, and the reader's work as a whole. */
class ExerciseListElement extends HTMLElement {
  connectedCallback(): void {
    if (this.dataset.state !== undefined) return;
    this.dataset.state = "loading";
    this.addEventListener("hp-imported", () => void this.#show());
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
}

customElements.define("hp-exercise-list", ExerciseListElement);
