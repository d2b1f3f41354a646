import type { SideBySide } from "../editor/monaco-diff.ts";
import { make } from "../exercise/element-parts.ts";
import { type Compared, plainDiff } from "./plain-diff.ts";

/** Two texts, what they are, and which is on the left. */
export interface Texts {
  before: string;
  after: string;
  names: Compared;
}

/** How the reader's text and another differ: side by side where the editor is there, else line by line. It changes neither. */
export class Comparison {
  readonly content: HTMLElement[];
  readonly #box = make("div", "desk-comparison");
  #view: SideBySide | undefined;
  #closed = false;
  #texts: Texts;

  constructor(texts: Texts) {
    this.#texts = texts;
    const { before, after } = texts.names;
    this.content = [
      make("p", "desk-legend", `− only in ${before}, + only in ${after}. Your code stays as it is.`),
      this.#box,
    ];
    this.#box.dataset.testid = "comparison";
    this.#showPlain();
  }

  /** Takes the editor in the place of the plain list, when it has loaded. The box has to be in the page, and in sight. */
  async useEditor(): Promise<void> {
    try {
      const { sideBySide } = await import("../editor/monaco-diff.ts");
      if (this.#closed) return;
      this.#box.replaceChildren();
      this.#box.dataset.view = "editor";
      const { before, after, names } = this.#texts;
      this.#view = sideBySide(this.#box, before, after, names);
    } catch {
      // The plain list stays: it says the same.
      delete this.#box.dataset.view;
      this.#showPlain();
    }
  }

  update(texts: Texts): void {
    this.#texts = texts;
    if (this.#view === undefined) this.#showPlain();
    else this.#view.update(texts.before, texts.after);
  }

  close(): void {
    this.#closed = true;
    this.#view?.close();
  }

  #showPlain(): void {
    const { before, after, names } = this.#texts;
    this.#box.replaceChildren(plainDiff(before, after, names));
  }
}
