import { make, part } from "../exercise/element-parts.ts";
import { count } from "../lab/numbers.ts";

/** Where a cut-over stands. */
export interface CutOverState {
  commands: number;
  agreed: number;
  differed: number;
  live: string;
  shadow: string;
  /** The first command, from 1, on which they differed, and what both gave. */
  difference: { command: number; live: string; shadow: string } | undefined;
}

/** A day that is in progress, on two engines. */
export interface CutOverRun {
  readonly state: CutOverState;
  send(commands: number): void;
  /** @throws Error where it may not be */
  cutOver(): void;
  /** @returns the first command, from 1, of which clients were told otherwise */
  rollBack(): number | undefined;
}

/** Begins a day; `bug` is what is wrong with the new engine, in the words of `engines/conformance/planted-bugs.ts`, or empty. */
export type BeginCutOver = (bug: string) => Promise<CutOverRun>;

let begin: BeginCutOver;

/** Gives the cut-over of a page its code. */
export function offerCutOver(offered: BeginCutOver): void {
  begin = offered;
  if (!customElements.get("hp-cut-over")) customElements.define("hp-cut-over", CutOverElement);
}

/** The reader sends commands through a router, watches its counters, cuts over and rolls back. */
class CutOverElement extends HTMLElement {
  /** One day, however often a button is pressed while its engines load. */
  #day: Promise<CutOverRun> | undefined;

  connectedCallback(): void {
    part(this, "engine").addEventListener("change", () => this.#forget());
    part(this, "send").addEventListener("click", () => void this.#act((run) => this.#send(run)));
    part(this, "cut").addEventListener("click", () => void this.#act((run) => this.#cutOver(run)));
    part(this, "back").addEventListener("click", () => void this.#act((run) => this.#rollBack(run)));
    part(this, "again").addEventListener("click", () => this.#forget());
    for (const name of ["send", "cut", "back", "again"]) part<HTMLButtonElement>(this, name).disabled = false;
    this.dataset.state = "ready";
  }

  #forget(): void {
    this.#day = undefined;
    part(this, "table").replaceChildren();
    this.#say("A new day: both books are empty.");
  }

  async #act(act: (run: CutOverRun) => string): Promise<void> {
    try {
      const day = this.#begin();
      const run = await day;
      // The reader may have begun another meanwhile.
      if (day !== this.#day) return;
      this.#say(act(run));
      this.#show(run.state);
    } catch (error) {
      this.#say(`Not done. ${(error as Error).message}`);
    }
  }

  #begin(): Promise<CutOverRun> {
    if (this.#day !== undefined) return this.#day;
    const day = begin(part<HTMLSelectElement>(this, "engine").value);
    this.#day = day;
    // So that a lost connection is not remembered.
    day.catch(() => {
      if (this.#day === day) this.#day = undefined;
    });
    return day;
  }

  #send(run: CutOverRun): string {
    run.send(500);
    const { difference, commands } = run.state;
    return difference === undefined
      ? `${count(commands)} commands, and no difference.`
      : `${count(commands)} commands. The first difference was at command ${count(difference.command)}.`;
  }

  #cutOver(run: CutOverRun): string {
    run.cutOver();
    return `Cut over after command ${count(run.state.commands)}: clients are answered by ${run.state.live} from now on.`;
  }

  #rollBack(run: CutOverRun): string {
    const otherwise = run.rollBack();
    const told =
      otherwise === undefined
        ? "Clients were told nothing wrong."
        : `Clients were told otherwise from command ${count(otherwise)} on: they must be told of it.`;
    return `Rolled back: the journal's ${count(run.state.commands)} commands were replayed on a new ${run.state.live}. ${told}`;
  }

  #show({ commands, agreed, differed, live, shadow, difference }: CutOverState): void {
    const rows = [
      ["Clients are answered by", live],
      ["In the shadow", shadow],
      ["Commands in the journal", count(commands)],
      ["Agreed", count(agreed)],
      ["Differed", count(differed)],
      ...(difference
        ? [
            ["The live one gave", difference.live],
            ["The shadow gave", difference.shadow],
          ]
        : []),
    ];
    const body = rows.map(([name, value]) => {
      const head = make("th", "", name);
      head.scope = "row";
      return make("tr", "", head, make("td", "", value));
    });
    part(this, "table").replaceChildren(
      make("table", "", make("caption", "spoken", "The router's counters"), make("tbody", "", ...body)),
    );
  }

  #say(text: string): void {
    part(this, "status").textContent = text;
  }
}
