import { make } from "../exercise/element-parts.ts";
import type { Frame } from "./book-history.ts";
import type { QueuedOrder, QueueLevel } from "./queues.ts";
import { describe, lots } from "./sentences.ts";

/** Prices that are drawn even where nobody is, so that the ladder stands still. */
const ALWAYS = { asks: [101, 102], bids: [99, 100] };

export interface BookMarks {
  /** Ids from there on are the reader's own. */
  firstOwnId: number;
  /** The order that the reader has chosen. */
  selected: number | undefined;
}

/** The order that a trade took lots from. */
function hitBy({ event }: Frame): number | undefined {
  return event?.event === "executed" ? event.maker : undefined;
}

function orderButton(order: QueuedOrder, position: number, frame: Frame, marks: BookMarks): HTMLButtonElement {
  const mine = order.id >= marks.firstOwnId;
  const hit = hitBy(frame) === order.id;
  const shown = `#${order.id} · ${order.size}`;
  const button = make("button", `order${mine ? " mine" : ""}${hit ? " hit" : ""}`, shown);
  button.type = "button";
  button.style.setProperty("--lots", String(Math.min(order.size, 30)));
  button.dataset.order = String(order.id);
  button.setAttribute("aria-pressed", String(marks.selected === order.id));
  // Begun with what is shown, for who says aloud what to press.
  const whose = mine ? "your order, " : "";
  button.setAttribute("aria-label", `${shown}: ${whose}${describe(order)}, number ${position} in its queue`);
  return button;
}

function row(price: number, level: QueueLevel | undefined, frame: Frame, marks: BookMarks): HTMLTableRowElement {
  const head = make("th", "", String(price));
  head.scope = "row";
  const orders = level?.orders ?? [];
  const total = orders.reduce((sum, { size }) => sum + size, 0);
  const queue = make(
    "ol",
    "queue",
    ...orders.map((order, at) => make("li", "", orderButton(order, at + 1, frame, marks))),
  );
  const cell = orders.length > 0 ? make("td", "", queue) : make("td", "quiet", "–");
  return make("tr", "", head, make("td", "number", orders.length > 0 ? String(total) : "–"), cell);
}

/** @returns rows from the highest price down */
export function sideRows(side: "bids" | "asks", frame: Frame, marks: BookMarks): HTMLTableRowElement[] {
  const levels = new Map(frame[side].map((level) => [level.price, level]));
  const other = side === "asks" ? frame.bids[0]?.price : frame.asks[0]?.price;
  const empty = ALWAYS[side].filter(
    (price) => other === undefined || (side === "asks" ? price > other : price < other),
  );
  const prices = [...new Set([...empty, ...levels.keys()])].sort((a, b) => b - a);
  return prices.map((price) => row(price, levels.get(price), frame, marks));
}

export function spreadText({ bids, asks }: Frame): string {
  if (bids.length === 0 || asks.length === 0) return "No spread: a side is empty.";
  const spread = asks[0].price - bids[0].price;
  return `Spread: ${spread === 1 ? "1 tick" : `${spread} ticks`}`;
}

export function incomingNodes({ incoming }: Frame): (Node | string)[] {
  if (incoming === undefined || incoming.size === 0) return ["No order on its way in"];
  const chip = make("span", "order", `#${incoming.id} · ${incoming.size}`);
  chip.dataset.order = String(incoming.id);
  const wants = make(
    "span",
    "",
    `\u2002wants to ${incoming.side} ${lots(incoming.size)} at ${incoming.price ?? "any price"}`,
  );
  return [chip, wants];
}

/** Where each order stands on the page now. */
export function places(root: HTMLElement): Map<string, DOMRect> {
  const found = root.querySelectorAll<HTMLElement>("[data-order]");
  return new Map([...found].map((order) => [order.dataset.order as string, order.getBoundingClientRect()]));
}

/** Moves each order from where it stood to where it is; one that is new comes into view. */
export function animateFrom(root: HTMLElement, before: Map<string, DOMRect>): void {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  for (const order of root.querySelectorAll<HTMLElement>("[data-order]")) {
    const from = before.get(order.dataset.order as string);
    const to = order.getBoundingClientRect();
    const timing = { duration: 320, easing: "cubic-bezier(0.2, 0.7, 0.2, 1)" };
    if (from === undefined) order.animate([{ opacity: 0, transform: "scale(0.8)" }, { opacity: 1 }], timing);
    else if (from.left !== to.left || from.top !== to.top) {
      const shift = `translate(${from.left - to.left}px, ${from.top - to.top}px)`;
      order.animate([{ transform: shift }, { transform: "none" }], timing);
    }
  }
}
