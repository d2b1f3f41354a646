import { make } from "./element-parts.ts";
import { lineDiff } from "./line-diff.ts";

const MARKS = {
  both: { sign: " ", word: "" },
  first: { sign: "−", word: "only in yours: " },
  second: { sign: "+", word: "only in the other: " },
} as const;

/**
 * Shows how the reader's text and another differ, line by line; neither is changed.
 *
 * @param what what the other is, such as "our solution"
 */
export function showComparison(panel: HTMLElement, yours: string, other: string, what: string): void {
  const lines = lineDiff(yours.trimEnd(), other.trimEnd()).map(({ side, text }) => {
    const { sign, word } = MARKS[side];
    const mark = make("span", "sign", sign);
    mark.setAttribute("aria-hidden", "true");
    const line = make("li", side, mark, make("span", "spoken", word), make("code", "", text === "" ? " " : text));
    return line;
  });
  const list = make("ol", "diff", ...lines);
  list.tabIndex = 0;
  list.setAttribute("aria-label", `Your code compared with ${what}`);
  panel.replaceChildren(make("p", "legend", `− only in yours, + only in ${what}. Your code stays as it is.`), list);
}
