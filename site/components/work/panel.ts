import { part } from "../exercise/element-parts.ts";

/** The place beside a desk in which one thing at a time is opened: the history, a comparison. */
export class Panel {
  readonly #box: HTMLElement;
  #opener: HTMLElement | undefined;
  #onClose: () => void = () => {};

  constructor(box: HTMLElement) {
    this.#box = box;
    part(box, "panel-close").addEventListener("click", () => this.close());
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) this.close();
    });
  }

  /** Whether the button's own panel is open. */
  isOpenFor(opener: HTMLElement): boolean {
    return !this.#box.hidden && this.#opener === opener;
  }

  /**
   * Opens it and moves the focus there.
   *
   * @param opener gets the focus back @param onClose called once, when it is closed or filled with something else
   */
  open(title: string, content: readonly Node[], opener: HTMLElement, onClose: () => void = () => {}): void {
    this.#leave();
    this.#opener = opener;
    this.#onClose = onClose;
    opener.setAttribute("aria-expanded", "true");
    part(this.#box, "panel-title").textContent = title;
    this.#box.setAttribute("aria-label", title);
    part(this.#box, "panel-body").replaceChildren(...content);
    this.#box.hidden = false;
    this.#box.focus({ preventScroll: true });
    this.#box.scrollIntoView({ block: "nearest" });
  }

  close(): void {
    if (this.#box.hidden) return;
    const focused = this.#box.contains(document.activeElement);
    this.#box.hidden = true;
    this.#leave();
    if (focused) this.#opener?.focus();
    this.#opener = undefined;
  }

  #leave(): void {
    this.#opener?.setAttribute("aria-expanded", "false");
    const onClose = this.#onClose;
    this.#onClose = () => {};
    onClose();
  }
}
