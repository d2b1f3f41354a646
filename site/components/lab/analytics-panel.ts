import type { Analytics } from "../../../lab/sandbox/protocol.ts";
import { make, part } from "../exercise/element-parts.ts";
import { analyticsRows } from "./analytics-rows.ts";

/** Shows what the strategy made of the market, or says that nothing is known of it. */
export function showAnalytics(root: HTMLElement, analytics: Analytics | undefined): void {
  if (analytics === undefined) {
    const cell = make("td", "", "Nothing is known of this run.");
    cell.colSpan = 3;
    part(root, "analytics-rows").replaceChildren(make("tr", "", cell));
    return;
  }
  const rows = analyticsRows(analytics).map(({ name, value, about, formula }) => {
    const head = make("th", "", name);
    head.scope = "row";
    const words = make("td", "", about);
    if (formula !== "") words.append(make("small", "", formula));
    return make("tr", /^(from|fees)/.test(name) ? "of-total" : "", head, make("td", "value", value), words);
  });
  part(root, "analytics-rows").replaceChildren(...rows);
}
