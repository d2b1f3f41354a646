import { make } from "../exercise/element-parts.ts";
import { lineDiff } from "./line-diff.ts";

/** What two compared texts are, for a reader: "yours", "our solution". */
export interface Compared {
  before: string;
  after: string;
}

/** How two texts differ, line by line: what is shown where the editor is not there. */
export function plainDiff(before: string, after: string, names: Compared): HTMLElement {
  const marks = {
    both: { sign: " ", word: "" },
    first: { sign: "−", word: `only in ${names.before}: ` },
    second: { sign: "+", word: `only in ${names.after}: ` },
  };
  const lines = lineDiff(before.trimEnd(), after.trimEnd()).map(({ side, text }) => {
    const { sign, word } = marks[side];
    const mark = make("span", "sign", sign);
    mark.setAttribute("aria-hidden", "true");
    return make("li", side, mark, make("span", "desk-spoken", word), make("code", "", text === "" ? " " : text));
  });
  const list = make("ol", "desk-diff", ...lines);
  list.tabIndex = 0;
  list.setAttribute("aria-label", `${names.before} compared with ${names.after}`);
  return list;
}
