import type { Spread } from "../../../lab/sandbox/protocol.ts";
import { make } from "../exercise/element-parts.ts";
import { count, time } from "./numbers.ts";
import type { EngineRun } from "./run-model.ts";

/** What a table says, the first row its head. */
export type Rows = string[][];

/** The middle one, and under it the range. */
function spread({ low, median: middle, high }: Spread): string {
  return `${time(middle)}\n${time(low)} – ${time(high)}`;
}

const PARTS = { strategy: "Strategy", boundary: "Boundary", engine: "Engine" } as const;

/** The time split with a column for each engine; without numbers before they are known. */
export function splitRows({ engines }: { engines: readonly Pick<EngineRun, "title" | "split">[] }): Rows {
  const rows = (Object.keys(PARTS) as (keyof typeof PARTS)[]).map((name) => [
    PARTS[name],
    ...engines.map(({ split }) => (split ? spread(split[name]) : "–\n–")),
  ]);
  return [["A command", ...engines.map(({ title }) => title)], ...rows];
}

/** Puts the rows in the box, as a table whose first row and first column are heads. @param leftOut rows that are not among them */
export function showTable(box: HTMLElement, [head, ...rows]: Rows, leftOut = 0): void {
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
  const note = `${count(leftOut)} rows between these are left out. The CSV has all.`;
  box.replaceChildren(
    ...(leftOut > 0 ? [make("p", "left-out", note)] : []),
    make("table", "", caption, top, make("tbody", "", ...body)),
  );
}
