import type { CheckResult, FailingCase, Verdict } from "../../../lab/grade/verdict.ts";
import { make, part, prose } from "./element-parts.ts";

const STATUS_WORDS = { passed: "Passed", partial: "Partly", failed: "Failed", pending: "Undecided" } as const;

/** The list of checks, built with the page, and what came of each. */
export class ResultsView {
  readonly #items: Map<string, HTMLElement>;
  readonly #onRerun: (check: string, data: unknown) => void;

  /** @param onRerun called when the reader wants a failing case run again */
  constructor(list: HTMLElement, onRerun: (check: string, data: unknown) => void) {
    const items = [...list.querySelectorAll<HTMLElement>("[data-check]")];
    this.#items = new Map(items.map((item) => [item.dataset.check as string, item]));
    this.#onRerun = onRerun;
  }

  /** Forgets what came of all checks. */
  clear(): void {
    for (const item of this.#items.values()) this.#show(item, "waiting", "Not run yet");
  }

  running(name: string): void {
    const item = this.#items.get(name);
    if (item !== undefined) this.#show(item, "running", "Running");
  }

  /** Takes the word "running" off what was interrupted. */
  interrupted(): void {
    for (const item of this.#items.values()) {
      if (item.dataset.status === "running") this.#show(item, "waiting", "Not run yet");
    }
  }

  result(result: CheckResult): void {
    const item = this.#items.get(result.name);
    if (item === undefined) return;
    this.#show(item, result.status, STATUS_WORDS[result.status]);
    part(item, "points").textContent = `${result.points} of ${result.of}`;
    const detail = part(item, "detail");
    detail.replaceChildren(make("p", "reason", ...prose(result.reason)));
    if (result.failing !== undefined) detail.append(this.#failing(result.name, result.failing));
  }

  verdict(verdict: Verdict): void {
    for (const result of verdict.checks) this.result(result);
  }

  /** What running one failing case again gave, below it. */
  again(name: string, text: string): void {
    const item = this.#items.get(name);
    const line = item?.querySelector<HTMLElement>("[data-part=again]");
    if (line) line.replaceChildren(...prose(text));
  }

  #show(item: HTMLElement, status: string, word: string): void {
    item.dataset.status = status;
    part(item, "status").textContent = word;
    part(item, "points").textContent = `0 of ${item.dataset.points}`;
    part(item, "detail").replaceChildren();
  }

  #failing(name: string, failing: FailingCase): HTMLElement {
    const pair = (term: string, text: string): HTMLElement[] => [
      make("dt", "", term),
      make("dd", "", make("code", "", text)),
    ];
    const list = make(
      "dl",
      "failing",
      ...pair("Called", failing.input),
      ...pair("Expected", failing.expected),
      ...pair("Got", failing.got),
    );
    const button = make("button", "quiet", "Run this case again");
    button.type = "button";
    button.setAttribute("aria-label", `Run this case again: ${name}`);
    button.addEventListener("click", () => this.#onRerun(name, failing.data));
    const again = make("span", "again");
    again.dataset.part = "again";
    again.setAttribute("role", "status");
    return make("div", "case", list, button, again);
  }
}
