import type { Analytics } from "../../../lab/sandbox/protocol.ts";
import { make, part } from "../exercise/element-parts.ts";
import { analyticsRows } from "./analytics-rows.ts";

/** Shows what the strategy made of the market, or hides the place of it where nothing is known. */
export function showAnalytics(root: HTMLElement, analytics: Analytics | undefined): void {
  part(root, "analytics").hidden = analytics === undefined;
  if (analytics === undefined) return;
  const rows = analyticsRows(analytics).map(({ name, value, about, formula }) => {
    const head = make("th", "", name);
    head.scope = "row";
    const words = make("td", "", about);
    if (formula !== "") words.append(make("small", "", formula));
    return make("tr", /^(from|fees)/.test(name) ? "of-total" : "", head, make("td", "value", value), words);
  });
  part(root, "analytics-rows").replaceChildren(...rows);
}
