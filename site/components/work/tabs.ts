/**
 * Makes a row of tabs work by the pattern of WAI-ARIA: the arrows, Home and End choose a tab, Tab goes on to what it
 * shows. `null` stands for a component of one file, which has none.
 */
export class Tabs {
  readonly #list: HTMLElement | null;
  readonly #onSelect: (file: string) => void;

  constructor(list: HTMLElement | null, onSelect: (file: string) => void) {
    this.#list = list;
    this.#onSelect = onSelect;
    list?.addEventListener("click", ({ target }) => {
      const tab = (target as Element).closest<HTMLElement>("[role=tab]");
      if (tab !== null) this.select(tab.dataset.file as string);
    });
    list?.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Shows a file; nothing happens where it has no tab. */
  select(file: string): void {
    const chosen = this.#tabs().find((tab) => tab.dataset.file === file);
    if (chosen === undefined) return;
    for (const tab of this.#tabs()) {
      tab.setAttribute("aria-selected", String(tab === chosen));
      tab.tabIndex = tab === chosen ? 0 : -1;
    }
    const pane = document.getElementById(chosen.getAttribute("aria-controls") ?? "");
    pane?.setAttribute("aria-labelledby", chosen.id);
    this.#onSelect(file);
  }

  #tabs(): HTMLElement[] {
    return [...(this.#list?.querySelectorAll<HTMLElement>("[role=tab]") ?? [])];
  }

  #key(event: KeyboardEvent): void {
    const tabs = this.#tabs();
    const now = tabs.indexOf(event.target as HTMLElement);
    const next = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: -1 }[event.key];
    if (now === -1 || next === undefined) return;
    event.preventDefault();
    const tab = tabs.at(next % tabs.length) as HTMLElement;
    tab.focus();
    this.select(tab.dataset.file as string);
  }
}
