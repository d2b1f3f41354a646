import type { CheckResult, FailingCase, Verdict } from "../../../lab/grade/verdict.ts";
import { caseHash } from "./case-link.ts";
import { make, part, prose } from "./element-parts.ts";
import { pictureView } from "./picture-view.ts";

const STATUS_WORDS = { passed: "Passed", partial: "Partly", failed: "Failed", pending: "Undecided" } as const;

/** What a failing case and a linked one are to those who show them. */
type ShownCase = Pick<FailingCase, "data"> & Partial<FailingCase>;

/** The list of checks, built with the page, and what came of each. */
export class ResultsView {
  readonly #items: Map<string, HTMLElement>;
  readonly #slug: string;
  readonly #onRerun: (check: string, data: unknown) => void;

  /** @param slug of the exercise @param onRerun called when the reader wants a failing case run again */
  constructor(list: HTMLElement, slug: string, onRerun: (check: string, data: unknown) => void) {
    const items = [...list.querySelectorAll<HTMLElement>("[data-check]")];
    this.#items = new Map(items.map((item) => [item.dataset.check as string, item]));
    this.#slug = slug;
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
    if (result.see !== undefined) detail.append(make("div", "pictures", ...result.see.map(pictureView)));
  }

  /** A case that came with the page's address: it waits to be run. @returns whether there is such a check */
  linked(name: string, data: unknown): boolean {
    const item = this.#items.get(name);
    if (item === undefined) return false;
    part(item, "linked").replaceChildren(
      make("p", "", "The address of this page brought a case along. It runs on your code when you say so."),
      this.#failing(name, { data }),
    );
    return true;
  }

  verdict(verdict: Verdict): void {
    for (const result of verdict.checks) this.result(result);
  }

  /** What running one failing case again gave, below it. */
  again(name: string, text: string): void {
    for (const line of this.#items.get(name)?.querySelectorAll<HTMLElement>("[data-part=again]") ?? []) {
      line.replaceChildren(...prose(text));
    }
  }

  #show(item: HTMLElement, status: string, word: string): void {
    item.dataset.status = status;
    part(item, "status").textContent = word;
    part(item, "points").textContent = `0 of ${item.dataset.points}`;
    part(item, "detail").replaceChildren();
  }

  #failing(name: string, { input, expected, got, data }: ShownCase): HTMLElement {
    const pair = (term: string, text: string | undefined): HTMLElement[] =>
      text === undefined ? [] : [make("dt", "", term), make("dd", "", make("code", "", text))];
    const list = make("dl", "failing", ...pair("Called", input), ...pair("Expected", expected), ...pair("Got", got));
    const again = make("span", "again");
    again.dataset.part = "again";
    again.setAttribute("role", "status");
    const parts: HTMLElement[] = input === undefined ? [] : [list];
    // A case without data is told, but can't run by itself.
    if (data === null || data === undefined) return make("div", "case", ...parts);
    const button = make("button", "quiet", "Run this case again");
    button.type = "button";
    button.setAttribute("aria-label", `Run this case again: ${name}`);
    button.addEventListener("click", () => this.#onRerun(name, data));
    return make("div", "case", ...parts, button, ...this.#link(name, data), again);
  }

  #link(check: string, data: unknown): HTMLElement[] {
    const hash = caseHash({ slug: this.#slug, check, data });
    if (hash === undefined) return [];
    const link = make("a", "link", "Link to this case");
    link.href = hash;
    link.setAttribute("aria-label", `Link to this case: ${check}`);
    return [link];
  }
}
