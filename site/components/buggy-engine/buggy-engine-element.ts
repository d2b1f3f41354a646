import { make, part } from "../exercise/element-parts.ts";
import { feedbackOn } from "./feedback.ts";
import type { FailedCase } from "./planted-engine.ts";
import { ENGINES, SUSPECTS } from "./suspects.ts";

/** Failed cases that are listed. */
const LISTED = 5;
/** Steps of a case that are shown before the one that fails. */
const STEPS_BEFORE = 12;

/** The suite, and the means to plant bugs, loaded when they are first asked for. */
const suite = () => import("./planted-engine.ts");
const conformance = () => import("../../../engines/conformance/cases.ts");

/** An engine with a bug: the reader runs the cases, reads the one that fails, and names the bug. */
class BuggyEngineElement extends HTMLElement {
  readonly #named = new Set<string>();
  #failed: FailedCase[] = [];
  #shown = 0;
  #run = 0;

  connectedCallback(): void {
    const run = part<HTMLButtonElement>(this, "run");
    run.addEventListener("click", () => void this.#runCases());
    part(this, "engine").addEventListener("change", () => this.#forget());
    part<HTMLFormElement>(this, "question").addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#answer();
    });
    run.disabled = false;
    this.dataset.state = "ready";
  }

  get #engine(): { letter: string; suspect: number } {
    const chosen = part<HTMLSelectElement>(this, "engine").value;
    return ENGINES.find(({ letter }) => letter === chosen) ?? ENGINES[0];
  }

  #forget(): void {
    this.#run++;
    this.#failed = [];
    for (const name of ["found", "case", "question"]) part(this, name).hidden = true;
    part<HTMLFormElement>(this, "question").reset();
    part(this, "feedback").textContent = "";
    this.#say("Choose an engine, and run the cases of level core on it.");
  }

  async #runCases(): Promise<void> {
    const { letter, suspect } = this.#engine;
    this.#forget();
    const run = this.#run;
    this.#say(`Running the cases on engine ${letter}.`);
    try {
      const { coreCases, failedCases, plant } = await suite();
      const failed = failedCases(await plant(SUSPECTS[suspect].what));
      if (run !== this.#run) return;
      this.#failed = failed;
      this.#say(
        `Engine ${letter}: ${coreCases.length - failed.length} of ${coreCases.length} cases passed, ${failed.length} failed.`,
      );
      await this.#showCase(0);
      for (const name of ["found", "case", "question"]) part(this, name).hidden = false;
      this.#scrollToFailure();
    } catch (error) {
      this.#say(`The cases could not be run: ${(error as Error).message}`);
    }
  }

  async #showCase(index: number): Promise<void> {
    this.#shown = index;
    part(this, "feedback").textContent = "";
    const buttons = this.#failed.slice(0, LISTED).map(({ subject }, each) => {
      const button = make("button", "", subject.name);
      button.type = "button";
      button.setAttribute("aria-pressed", String(each === index));
      button.addEventListener("click", async () => {
        await this.#showCase(each);
        part(this, "failures").querySelectorAll("button")[each].focus();
      });
      return make("li", "", button);
    });
    const more = this.#failed.length - LISTED;
    part(this, "failures").replaceChildren(...buttons, ...(more > 0 ? [make("li", "quiet", `and ${more} more`)] : []));
    await this.#showTranscript(this.#failed[index]);
  }

  /** The case up to the step that fails, with what the engine gave there. */
  async #showTranscript({ subject, difference }: FailedCase): Promise<void> {
    const { stepsOf } = await conformance();
    const first = Math.max(0, difference.step - STEPS_BEFORE);
    const steps = stepsOf(subject).slice(first, difference.step + 1);
    part(this, "case-name").textContent = `${subject.subject}: ${subject.name}`;
    const lines = steps.map(({ command, expected }, index) => {
      const step = first + index;
      const bad = step === difference.step;
      const line = make("li", bad ? "bad" : "", `${step + 1}. ${JSON.stringify(command)}`);
      if (!bad) line.append(...expected.map((event) => make("p", "", JSON.stringify(event))));
      else line.append(make("p", "", `must give ${difference.expected}`), make("p", "", `gave ${difference.actual}`));
      return line;
    });
    part(this, "transcript").replaceChildren(...lines);
    this.#scrollToFailure();
  }

  /** A long case ends with what failed. */
  #scrollToFailure(): void {
    const box = part(this, "transcript").parentElement as HTMLElement;
    box.scrollTop = box.scrollHeight;
  }

  async #answer(): Promise<void> {
    const guess = Number(new FormData(part<HTMLFormElement>(this, "question")).get("suspect"));
    const { letter, suspect } = this.#engine;
    const { subject, difference } = this.#failed[this.#shown];
    const { differenceIn, plant } = await suite();
    const ofGuess = differenceIn(subject, await plant(SUSPECTS[guess].what));
    const right = guess === suspect;
    part(this, "feedback").textContent = feedbackOn({ right, ofGuess, ofEngine: difference });
    if (right) this.#named.add(letter);
    part(this, "score").textContent = `Named: ${this.#named.size} of ${ENGINES.length}`;
  }

  #say(text: string): void {
    part(this, "status").textContent = text;
  }
}

customElements.define("hp-buggy-engine", BuggyEngineElement);
