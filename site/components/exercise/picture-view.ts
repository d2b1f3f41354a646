import type { Bars, Lines, Picture, Table } from "../../../lab/grade/see.ts";
import { showNumber } from "../../../lab/grade/show.ts";
import { make } from "./element-parts.ts";

/** What a check gives to see: tables as they are, charts with their numbers below, drawn when they come into view. */
export function pictureView(picture: Picture): HTMLElement {
  const caption = make("figcaption", "", picture.title);
  if (picture.kind === "table") return make("figure", "picture", caption, tableOf(picture, picture.title));
  return make("figure", "picture", caption, drawing(picture), numbersOf(picture));
}

function drawing(picture: Bars | Lines): HTMLElement {
  const canvas = make("canvas", "");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", `${picture.title}. The numbers stand below.`);
  const box = make("div", "drawing", canvas);
  const legend = make("p", "legend");
  const seen = new IntersectionObserver(
    async ([{ isIntersecting }]) => {
      if (!isIntersecting) return;
      seen.disconnect();
      try {
        const { drawPicture } = await import("./picture-chart.ts");
        legend.append(...drawPicture(canvas, picture).map(({ name, colour }) => legendEntry(name, colour)));
      } catch {
        // The numbers stay: they say the same.
        box.hidden = true;
      }
    },
    { rootMargin: "200px" },
  );
  seen.observe(box);
  return make("div", "", box, legend);
}

function legendEntry(name: string, colour: string): HTMLElement {
  const mark = make("i", "");
  mark.style.setProperty("--mark", colour);
  return make("span", "", mark, name);
}

/** Rows of numbers at most: a line's points are thinned, its ends stay. */
const MOST_ROWS = 40;

function numbersOf(picture: Bars | Lines): HTMLElement {
  const heads = picture.kind === "bars" ? picture.labels : picture.x;
  const step = Math.max(1, Math.ceil(heads.length / MOST_ROWS));
  const rows = heads
    .map((head, index) => [head, ...picture.series.map(({ values }) => values[index] ?? "")])
    .filter((_, index) => index % step === 0 || index === heads.length - 1);
  const first = picture.kind === "bars" ? "" : picture.xTitle;
  const columns = [first, ...picture.series.map(({ name }) => `${name}, ${picture.unit}`)];
  const bound = picture.bound === undefined ? [] : [make("p", "", `${picture.bound.name}: ${picture.bound.value}`)];
  const table = tableOf({ kind: "table", title: picture.title, columns, rows }, `${picture.title}: numbers`);
  return make("details", "", make("summary", "", "Numbers"), ...bound, table);
}

function tableOf({ columns, rows }: Table, label: string): HTMLElement {
  const cell = (value: string | number, index: number): HTMLElement => {
    const text = typeof value === "number" ? showNumber(Math.round(value * 1_000) / 1_000) : value;
    const made = make(index === 0 ? "th" : "td", typeof value === "number" ? "number" : "", text);
    if (index === 0) made.setAttribute("scope", "row");
    return made;
  };
  const heads = columns.map((column) => {
    // A corner that heads nothing is no header.
    if (column === "") return make("td", "");
    const head = make("th", "", column);
    head.scope = "col";
    return head;
  });
  const body = rows.map((row) => make("tr", "", ...row.map(cell)));
  const table = make("table", "", make("thead", "", make("tr", "", ...heads)), make("tbody", "", ...body));
  const box = make("div", "numbers", table);
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", label);
  return box;
}
