import { make } from "./element-parts.ts";
import type { ConsoleLine } from "./grading.ts";

/** Lines that are kept in sight. */
const MOST_LINES = 200;

/** What the learner's code wrote to the console; hidden while it wrote nothing. */
export class ConsoleView {
  readonly #box: HTMLElement;
  readonly #list: HTMLElement;

  constructor(box: HTMLElement) {
    this.#box = box;
    this.#list = make("ol", "");
    this.#list.setAttribute("role", "log");
    this.#list.setAttribute("aria-label", "Console");
    this.#list.tabIndex = 0;
    box.append(this.#list);
  }

  clear(): void {
    this.#box.hidden = true;
    this.#list.replaceChildren();
  }

  write({ level, text, line, file }: ConsoleLine): void {
    this.#box.hidden = false;
    const place = line === undefined ? "" : `${file === undefined ? "" : `${file}, `}line ${line}`;
    this.#list.append(make("li", level, make("code", "", text), make("small", "", place)));
    if (this.#list.childElementCount > MOST_LINES) this.#list.firstElementChild?.remove();
  }
}
