import { ownProfile } from "../flame/own-profile.ts";
import { type Decision, decide, type Gains, type Situation, timesText } from "./decide.ts";

/** The part of a profile that the workbook ports. */
const PORTED = "match";

/** Asks for a reader's own numbers, and answers whether to port, with reasons. It computes as one types. */
class DecisionElement extends HTMLElement {
  connectedCallback(): void {
    const gains = JSON.parse(this.dataset.gains ?? "{}") as Gains;
    const form = this.#part<HTMLFormElement>("form");
    const answer = () => this.#answer(form, gains);
    form.addEventListener("input", answer);
    form.addEventListener("submit", (event) => event.preventDefault());
    this.#offerProfile(form);
    answer();
    this.dataset.state = "ready";
  }

  #part<Part extends HTMLElement>(name: string): Part {
    return this.querySelector(`[data-part=${name}]`) as Part;
  }

  /** Phase 1 has the reader profile a trading system: its share is a better number than a guess. */
  #offerProfile(form: HTMLFormElement): void {
    const ported = ownProfile().find(({ name }) => name === PORTED);
    if (ported === undefined) return;
    const percent = Math.round(100 * ported.share);
    const button = this.#part<HTMLButtonElement>("use-profile");
    button.textContent = `Take the ${percent}% of ${PORTED} in my profile of phase 1`;
    button.addEventListener("click", () => {
      const field = form.elements.namedItem("hotSharePercent") as HTMLInputElement;
      field.valueAsNumber = percent;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
    this.#part("own").hidden = false;
  }

  #answer(form: HTMLFormElement, gains: Gains): void {
    const inputs = [...form.querySelectorAll<HTMLInputElement>("input[type=number]")];
    const faulty = inputs.find((input) => !input.validity.valid);
    for (const input of inputs) input.setAttribute("aria-invalid", String(input === faulty));
    const problem = this.#part("problem");
    problem.hidden = faulty === undefined;
    if (faulty !== undefined) {
      const label = faulty.labels?.[0]?.textContent?.trim();
      problem.textContent = `${label}: give a number from ${faulty.min} to ${faulty.max}.`;
      return;
    }
    const numbers = Object.fromEntries(inputs.map((input) => [input.name, input.valueAsNumber]));
    const validated = form.querySelector<HTMLInputElement>("[name=validated]")?.checked ?? false;
    const situation = { ...numbers, hotShare: numbers.hotSharePercent / 100, validated } as unknown as Situation;
    this.#show(decide(situation, gains));
  }

  #show({ answer, sentence, reasons, needed, restructured, ported, bound }: Decision): void {
    const status = this.#part("answer");
    status.textContent = sentence;
    status.dataset.answer = answer;
    const rows: [string, string][] = [
      ["it must", needed <= 1 ? "fast enough" : timesText(needed)],
      ["with another data structure", timesText(restructured)],
      ["with a port of the hot path", timesText(ported)],
      ["at best, by Amdahl's law", timesText(bound)],
    ];
    this.#part("numbers").replaceChildren(...rows.map(([what, value]) => row(what, value)));
    this.#part("reasons").replaceChildren(
      ...reasons.map(({ speaks, text }) => {
        const side = document.createElement("b");
        side.textContent = speaks === "for" ? "For" : "Against";
        const item = document.createElement("li");
        item.dataset.speaks = speaks;
        item.append(side, ` ${text}`);
        return item;
      }),
    );
  }
}

function row(what: string, value: string): HTMLTableRowElement {
  const line = document.createElement("tr");
  const head = document.createElement("th");
  head.scope = "row";
  head.textContent = what;
  line.append(head);
  line.insertCell().textContent = value;
  return line;
}

customElements.define("hp-decision", DecisionElement);
