import type { Spread } from "../../../lab/sandbox/protocol.ts";
import { make } from "../exercise/element-parts.ts";
import { histogramPoints } from "./chart-data.ts";
import { count, time } from "./numbers.ts";
import { batchMeanNs, median, medianBatchSize, type RunModel } from "./run-model.ts";

/** What a table says, the first row its head. */
export type Rows = string[][];

/** Rows of a table of profit at most. */
const PROFIT_ROWS = 10;

export function latencyRows({ engines }: RunModel): Rows {
  const rows = engines.map(({ title, batches }) => {
    if (batches.length === 0) return [title, "0", "–", "–", "–", "–"];
    const means = batches.map(batchMeanNs).sort((a, b) => a - b);
    const [low, high] = [means[0], means[means.length - 1]];
    return [title, count(batches.length), count(medianBatchSize(batches)), time(low), time(median(means)), time(high)];
  });
  return [["Engine", "Batches", "Commands in a batch", "Lowest mean", "Middle mean", "Highest mean"], ...rows];
}

export function histogramRows({ engines }: RunModel): Rows {
  const counts = engines.map(({ batches }) => new Map(histogramPoints(batches).map(({ x, y }) => [x, y])));
  const buckets = [...new Set(counts.flatMap((of) => [...of.keys()]))].sort((a, b) => a - b);
  const rows = buckets
    .map((bucket) => [`from ${time(bucket)}`, ...counts.map((of) => String(of.get(bucket) ?? 0))])
    .filter(([, ...cells]) => cells.some((cell) => cell !== "0"));
  return [["Mean of a batch", ...engines.map(({ title }) => title)], ...rows];
}

/** The middle one, and under it the range. */
function spread({ low, median: middle, high }: Spread): string {
  return `${time(middle)}\n${time(low)} – ${time(high)}`;
}

const PARTS = { strategy: "Strategy", boundary: "Boundary", engine: "Engine" } as const;

export function splitRows({ engines }: RunModel): Rows {
  const rows = (Object.keys(PARTS) as (keyof typeof PARTS)[]).map((name) => [
    PARTS[name],
    ...engines.map(({ split }) => (split ? spread(split[name]) : "–\n–")),
  ]);
  return [["A command", ...engines.map(({ title }) => title)], ...rows];
}

export function profitRows({ account }: RunModel): Rows {
  const step = Math.max(1, Math.ceil(account.length / PROFIT_ROWS));
  const rows = account
    .filter((_, index) => (account.length - 1 - index) % step === 0)
    .map(({ commands, profit, inventory }) => [count(commands), count(profit), count(inventory)]);
  return [["Commands", "Profit, ticks × lots", "Inventory, lots"], ...rows];
}

/** Puts the rows in the box, as a table whose first row and first column are heads. */
export function showTable(box: HTMLElement, [head, ...rows]: Rows): void {
  const cell = (tag: "th" | "td", text: string, scope?: string): HTMLElement => {
    const made = make(tag, "", text);
    if (scope) made.setAttribute("scope", scope);
    return made;
  };
  const body = rows.map(([first, ...rest]) =>
    make("tr", "", cell("th", first, "row"), ...rest.map((text) => cell("td", text))),
  );
  const caption = make("caption", "spoken", box.dataset.title ?? "");
  const top = make("thead", "", make("tr", "", ...head.map((text) => cell("th", text, "col"))));
  box.replaceChildren(make("table", "", caption, top, make("tbody", "", ...body)));
}
