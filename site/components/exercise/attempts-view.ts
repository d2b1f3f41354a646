import type { Attempt } from "../../store/index.ts";
import { make } from "./element-parts.ts";

/** The gradings of an exercise, newest first, each with its points and a way to its code. */
export function attemptsView(
  attempts: readonly Attempt[],
  onCompare: (attempt: Attempt, opener: HTMLElement) => void,
): HTMLElement {
  const items = attempts.map((attempt) => {
    const { points, of, seed } = attempt.verdict;
    const when = make("time", "", new Date(attempt.at).toLocaleString());
    when.dateTime = new Date(attempt.at).toISOString();
    const button = make("button", "quiet", "Compare with yours");
    button.type = "button";
    button.setAttribute("aria-label", `Compare with yours: the code of ${when.textContent}`);
    button.addEventListener("click", () => onCompare(attempt, button));
    return make(
      "li",
      "",
      when,
      make("span", "points", `${points} of ${of} points`),
      make("span", "seed", `seed ${seed}`),
      button,
    );
  });
  return make("ol", "", ...items);
}
