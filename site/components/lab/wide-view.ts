import { part } from "../exercise/element-parts.ts";

/**
 * The lab over the whole window, and back to its place in the page. It is a popover, since only the browser's top layer lies
 * above a page's bars, and nothing of it is moved in the document: that would reload its frames. Escape is the editor's, so
 * the way back is the same button.
 */
export class WideView {
  readonly #root: HTMLElement;
  readonly #button: HTMLButtonElement;
  /** What can't be reached while the lab covers it. */
  #covered: HTMLElement[] = [];

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#button = part<HTMLButtonElement>(root, "wide");
    this.#button.hidden = !("popover" in root);
    this.#button.addEventListener("click", () => (this.#covered.length > 0 ? this.#close() : this.#open()));
  }

  #open(): void {
    for (let inside: Element = this.#root; inside !== document.body; inside = inside.parentElement as Element) {
      for (const sibling of inside.parentElement?.children ?? []) {
        if (sibling === inside || !(sibling instanceof HTMLElement) || sibling.inert) continue;
        sibling.inert = true;
        this.#covered.push(sibling);
      }
    }
    this.#root.popover = "manual";
    this.#root.showPopover();
    this.#show(true);
  }

  #close(): void {
    for (const element of this.#covered) element.inert = false;
    this.#covered = [];
    this.#root.hidePopover();
    this.#root.popover = null;
    this.#show(false);
    this.#root.scrollIntoView({ block: "start" });
  }

  #show(isWide: boolean): void {
    this.#button.textContent = isWide ? "Back to the page" : "Whole window";
    this.#button.focus({ preventScroll: true });
  }
}
