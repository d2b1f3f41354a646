import { make, part } from "../exercise/element-parts.ts";
import type { BookMemory, MemoryView, QueueView } from "./memory-view.ts";

/** The engine's own code, loaded when the widget comes near the view. */
const model = () => import("./memory-view.ts");
type Model = Awaited<ReturnType<typeof model>>;

/** What the book begins with: side, price, lots. */
const OPENING: [isBuy: boolean, price: number, size: number][] = [
  [false, 96, 5],
  [false, 96, 3],
  [false, 96, 8],
  [false, 101, 4],
  [true, 95, 6],
  [true, 95, 2],
  [true, 90, 9],
];

/** The memory of the book on typed arrays: the reader adds and cancels, and sees what is written where. */
class BookMemoryElement extends HTMLElement {
  #model!: Model;
  #book!: BookMemory;

  connectedCallback(): void {
    const near = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        near.disconnect();
        void this.#begin();
      },
      { rootMargin: "600px" },
    );
    near.observe(this);
  }

  async #begin(): Promise<void> {
    this.#model = await model();
    part<HTMLFormElement>(this, "add").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#add(new FormData(event.target as HTMLFormElement));
    });
    part(this, "restart").addEventListener("click", () => this.#restart());
    for (const button of this.querySelectorAll("button")) button.disabled = false;
    this.#restart();
    this.dataset.state = "ready";
  }

  #restart(): void {
    this.#book = new this.#model.BookMemory();
    for (const order of OPENING) this.#book.add(...order);
    this.#paint(`${OPENING.length} orders rest. Add one, or press an order to cancel it.`);
  }

  #add(form: FormData): void {
    const [isBuy, price, size] = [form.get("side") === "buy", Number(form.get("price")), Number(form.get("size"))];
    const id = this.#book.add(isBuy, price, size);
    const what = `${isBuy ? "Buy" : "Sell"} ${this.#model.count(size, "lot")} at ${price}`;
    this.#paint(this.#book.has(id) ? `${what}: order ${id} rests.` : `${what}: traded whole, nothing rests.`);
  }

  #cancel(id: number): void {
    this.#book.cancel(id);
    this.#paint(`Order ${id} is cancelled.`);
    // The button that was pressed is gone.
    part(this, "queues").focus();
  }

  #paint(what: string): void {
    const view = this.#book.look();
    const slots = view.records.filter(({ written }) => written).map(({ slot }) => slot);
    const words = this.#model.count(view.writtenWords, "word");
    const where = `Other than before: ${words} in ${slots.length} of ${view.records.length} records, slots ${slots.join(", ")}.`;
    part(this, "status").textContent = `${what} ${where}`;
    part(this, "queues").replaceChildren(...view.queues.map((queue) => this.#queueRow(queue)));
    this.#paintSlab(view);
    this.#paintBits(view);
  }

  #queueRow({ price, slot, orders }: QueueView): HTMLElement {
    const links = orders.flatMap(({ id, slot: own, size, isBuy }) => {
      const lots = this.#model.count(size, "lot");
      const button = make("button", isBuy ? "buy" : "sell", `${id} `, make("small", "", `slot ${own}`));
      button.type = "button";
      const about = `${isBuy ? "buy" : "sell"} ${lots} at ${price}`;
      button.setAttribute("aria-label", `Cancel order ${id} slot ${own}: ${about}`);
      button.addEventListener("click", () => this.#cancel(id));
      const arrow = make("span", "arrow", "⇄");
      arrow.setAttribute("aria-hidden", "true");
      return [arrow, button];
    });
    return make("li", "", make("span", "level", `${price}`, make("small", "", `slot ${slot}`)), ...links);
  }

  #paintSlab({ records }: MemoryView): void {
    const cards = records.map(({ slot, kind, text, links, written }) => {
      const mark = make("span", "mark", written ? "written" : "");
      return make(
        "li",
        `${kind}${written ? " written" : ""}`,
        make("strong", "", `${slot}`),
        make("span", "", text),
        make("span", "links", links),
        mark,
      );
    });
    part(this, "slab").replaceChildren(...cards);
  }

  #paintBits({ leaves, above }: MemoryView): void {
    const { LEAF_WORDS, pricesIn } = this.#model;
    const rows = leaves.map((word, at) => {
      const index = LEAF_WORDS[at];
      const prices = pricesIn(word, index);
      const said = `Word ${index}, prices ${index * 32} to ${index * 32 + 31}: ${prices.length > 0 ? prices.join(", ") : "none"}`;
      return this.#bitRow(said, word);
    });
    const words = pricesIn(above, 0);
    const top = this.#bitRow(
      `The word above, which words have any: ${words.length > 0 ? words.join(", ") : "none"}`,
      above,
    );
    part(this, "bits").replaceChildren(top, ...rows);
  }

  #bitRow(said: string, word: number): HTMLElement {
    const cells = Array.from({ length: 32 }, (_, bit) => make("span", (word & (1 << bit)) !== 0 ? "set" : "", ""));
    const row = make("div", "cells", ...cells);
    row.setAttribute("aria-hidden", "true");
    return make("li", "", make("p", "quiet", said), row);
  }
}

customElements.define("hp-book-memory", BookMemoryElement);
