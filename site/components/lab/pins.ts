import type { SourceFiles } from "../../../lab/sandbox/source-files.ts";
import { make, part } from "../exercise/element-parts.ts";
import { count, rate, ratio } from "./numbers.ts";
import { runDifferences, settingsText } from "./run-differences.ts";
import { perSecond, RunModel } from "./run-model.ts";

/** Pins that a lab takes. */
export const MOST_PINS = 3;

/** A finished run with the code that it ran. */
export interface Kept {
  /** The reader's name for it. */
  label: string;
  run: RunModel;
  files: SourceFiles;
}

export interface PinsHost {
  root: HTMLElement;
  /** What the browser's session keeps them under. */
  key: string;
  titles: Readonly<Record<string, string>>;
  current(): Kept | undefined;
  onChange(): void;
  compare(files: SourceFiles, name: string, opener: HTMLElement): void;
}

/** Runs that the reader keeps to compare the next ones with. They are there until the tab is closed. */
export class Pins {
  readonly #host: PinsHost;
  #pinned: Kept[] = [];
  #made = 0;

  constructor(host: PinsHost) {
    this.#host = host;
    part(host.root, "pin").addEventListener("click", () => this.#pin());
    this.#load();
  }

  get pinned(): readonly Kept[] {
    return this.#pinned;
  }

  show(): void {
    const { root } = this.#host;
    const current = this.#host.current();
    part(root, "pins").hidden = this.#pinned.length === 0;
    const button = part<HTMLButtonElement>(root, "pin");
    const known = this.#pinned.some(({ run }) => run === current?.run);
    button.disabled = current === undefined || known || this.#pinned.length >= MOST_PINS;
    button.textContent = this.#pinned.length >= MOST_PINS ? "Three are pinned" : known ? "Pinned" : "Pin this run";
    part(root, "pin-table").replaceChildren(this.#table(current));
  }

  #pin(): void {
    const current = this.#host.current();
    if (current === undefined || this.#pinned.length >= MOST_PINS) return;
    this.#pinned.push({ ...current, label: `Pin ${++this.#made}` });
    this.#changed();
    part(this.#host.root, "pin-table").focus({ preventScroll: true });
  }

  #unpin(pin: Kept): void {
    this.#pinned = this.#pinned.filter((each) => each !== pin);
    this.#changed();
    part(this.#host.root, this.#pinned.length > 0 ? "pin-table" : "share").focus({ preventScroll: true });
  }

  #changed(): void {
    this.#save();
    this.show();
    this.#host.onChange();
  }

  #table(current: Kept | undefined): HTMLElement {
    const head = ["Run", "Settings", "Commands a second", "Profit", "Events' hash"].map((text) => {
      const cell = make("th", "", text);
      cell.scope = "col";
      return cell;
    });
    const rows = this.#pinned.map((pin) => this.#row(pin, current));
    if (current !== undefined && !this.#pinned.some(({ run }) => run === current.run)) {
      rows.push(this.#row({ ...current, label: "This run" }, undefined));
    }
    const caption = make("caption", "spoken", "Pinned runs and this one");
    return make("table", "", caption, make("thead", "", make("tr", "", ...head)), make("tbody", "", ...rows));
  }

  #row(kept: Kept, current: Kept | undefined): HTMLElement {
    const { label, run, files } = kept;
    const head = make("th", "", label);
    head.scope = "row";
    const speeds = run.engines.map((engine) =>
      make(
        "div",
        "",
        engine.title,
        make("span", "value", `${rate(perSecond(engine))}/s`, against(engine, current?.run)),
      ),
    );
    const changed =
      current === undefined || current.run === run
        ? []
        : runDifferences(
            { request: run.request, files },
            { ...current, request: current.run.request },
            this.#host.titles,
          );
    const profit = run.report?.analytics?.profit.total ?? run.report?.account.profit ?? 0;
    const cells = [
      make(
        "td",
        "",
        make("div", "", settingsText(run.request)),
        ...changed.map((difference) => make("div", "changed", difference)),
        ...this.#actions(kept),
      ),
      make("td", "", ...speeds),
      make("td", "", `${count(profit)} ticks × lots`),
      make("td", "", make("code", "", run.report?.engines[0]?.hash ?? "–")),
    ];
    return make("tr", "", head, ...cells);
  }

  #actions(kept: Kept): HTMLElement[] {
    if (!this.#pinned.includes(kept)) return [];
    const button = (text: string, act: (button: HTMLElement) => void): HTMLElement => {
      const made = make("button", "link", text);
      made.type = "button";
      made.setAttribute("aria-label", `${text}: ${kept.label}`);
      made.addEventListener("click", () => act(made));
      return made;
    };
    return [
      make(
        "div",
        "acts",
        button("Compare code", (opener) => this.#host.compare(kept.files, kept.label, opener)),
        button("Unpin", () => this.#unpin(kept)),
      ),
    ];
  }

  #save(): void {
    try {
      sessionStorage.setItem(this.#host.key, JSON.stringify(this.#pinned));
    } catch {
      // A full or forbidden storage: they are there until the page is left.
    }
  }

  #load(): void {
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.#host.key) ?? "[]") as Kept[];
      this.#pinned = kept.map(({ label, files, run }) => ({
        label,
        files,
        run: Object.assign(new RunModel(run.request, this.#host.titles), run),
      }));
    } catch {
      this.#pinned = [];
    }
    this.#made = Math.max(0, ...this.#pinned.map(({ label }) => Number(label.replace(/\D/g, "")) || 0));
  }
}

/** How a run's speed compares with that of the same engine in another run. */
function against(engine: RunModel["engines"][number], other: RunModel | undefined): HTMLElement | string {
  const same = other?.engines.find((each) => each.engine === engine.engine);
  if (same === undefined || other?.engines.includes(engine) || perSecond(engine) === 0) return "";
  return make("small", "", ` this run: ${ratio(perSecond(same) / perSecond(engine))}`);
}
