import { type Keeping, store } from "../../store/index.ts";
import { part } from "../exercise/element-parts.ts";

/** What a desk tells that the reader has to know: that nothing is kept, that another tab has changed the code. */
export class Notices {
  readonly #root: HTMLElement;

  /** @param onMakeRoom is handed the button that asks for it */
  constructor(root: HTMLElement, onMakeRoom: (opener: HTMLElement) => void) {
    this.#root = root;
    const button = part(root, "make-room");
    button.addEventListener("click", () => onMakeRoom(button));
    store().onTrouble((keeping) => this.keeping(keeping));
  }

  keeping(keeping: Keeping): void {
    part(this.#root, "keeping").hidden = keeping.kept;
    part(this.#root, "keeping-why").textContent = keeping.kept ? "" : keeping.why;
    part(this.#root, "make-room").textContent = !keeping.kept && keeping.full ? "Make room" : "Export your work";
  }

  otherTab(asking: boolean): void {
    const why =
      "This code was also changed in another tab, or by an import. Both are kept. Which one do you want to go on with?";
    const text = part(this.#root, "other-tab-why");
    part(this.#root, "other-tab").hidden = !asking;
    if (text.textContent !== (asking ? why : "")) text.textContent = asking ? why : "";
  }
}
