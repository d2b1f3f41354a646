import { part } from "../exercise/element-parts.ts";
import { type Frame, framesOf } from "./book-history.ts";
import { animateFrom, incomingNodes, places, sideRows, spreadText } from "./book-view.ts";
import type { QueuedOrder } from "./queues.ts";
import { SCENARIO, type ShownCommand } from "./scenario.ts";
import { ask, describe, place } from "./sentences.ts";

/** Between two steps that follow by themselves, ms. */
const PLAY_MS = 1500;

/** A book that the reader steps through: first the scenario's commands, then, from where they send one, their own. */
class BookStepperElement extends HTMLElement {
  #commands: ShownCommand[] = [];
  #frames: Frame[] = [];
  /** The frame that is shown. */
  #at = 0;
  /** Commands of the scenario that are still in the history; the reader's follow. */
  #scripted = SCENARIO.length;
  #selected: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Playing stops at this frame. */
  #playTo = 0;

  connectedCallback(): void {
    this.#on("back", () => this.#go(this.#at - 1));
    this.#on("next", () => this.#go(this.#at + 1));
    this.#on("play", () => (this.#timer ? this.#go(this.#at) : this.#play(this.#frames.length - 1)));
    this.#on("undo", () => this.#undo());
    this.#on("restart", () => this.#restart());
    this.#on("cancel", () => this.#cancelSelected());
    this.#onSubmit("send", () => this.#sendOrder());
    this.#onSubmit("selected", () => this.#replaceSelected());
    part<HTMLFormElement>(this, "send").addEventListener("change", () => this.#allowPrice());
    this.addEventListener("click", (event) => {
      const order = (event.target as HTMLElement).closest<HTMLElement>("button[data-order]");
      if (order) this.#select(Number(order.dataset.order));
    });
    this.#restart();
    this.#allowPrice();
    part<HTMLButtonElement>(this, "send-order").disabled = false;
    this.dataset.state = "ready";
  }

  disconnectedCallback(): void {
    this.#pause();
  }

  #on(name: string, action: () => void): void {
    const button = part<HTMLButtonElement>(this, name);
    button.disabled = false;
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") !== "true") action();
    });
  }

  #onSubmit(name: string, action: () => void): void {
    part<HTMLFormElement>(this, name).addEventListener("submit", (event) => {
      event.preventDefault();
      action();
    });
  }

  #restart(): void {
    this.#scripted = SCENARIO.length;
    this.#setHistory(SCENARIO.map(({ command }) => command));
    this.#go(0);
  }

  #setHistory(commands: ShownCommand[]): void {
    this.#commands = commands;
    this.#frames = framesOf(commands);
  }

  /** Shows a frame; what played by itself stops. */
  #go(at: number): void {
    this.#pause();
    this.#show(at);
  }

  #play(to: number): void {
    this.#playTo = to;
    const step = (): void => {
      this.#timer = undefined;
      if (this.#at >= this.#playTo) {
        this.#paint();
        return;
      }
      this.#timer = setTimeout(step, PLAY_MS);
      this.#show(this.#at + 1);
    };
    step();
  }

  #pause(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Puts a command of the reader's after the one that is shown; what came later is gone. */
  #send(command: ShownCommand): void {
    this.#pause();
    const kept = this.#frames[this.#at].command + 1;
    this.#scripted = Math.min(this.#scripted, kept);
    const first = this.#frames.findLastIndex((frame) => frame.command < kept) + 1;
    this.#setHistory([...this.#commands.slice(0, kept), command]);
    this.#show(first);
    this.#play(this.#frames.length - 1);
  }

  #undo(): void {
    this.#pause();
    const kept = this.#commands.slice(0, -1);
    const backInScenario = kept.length === this.#scripted;
    if (backInScenario) this.#scripted = SCENARIO.length;
    this.#setHistory(backInScenario ? SCENARIO.map(({ command }) => command) : kept);
    this.#show(this.#frames.findLastIndex((frame) => frame.command < kept.length));
  }

  get #ownOrders(): number {
    return this.#commands.length - this.#scripted;
  }

  #sendOrder(): void {
    const form = part<HTMLFormElement>(this, "send");
    const chosen = new FormData(form);
    const side = chosen.get("side") === "sell" ? "sell" : "buy";
    const size = part<HTMLInputElement>(this, "size").valueAsNumber;
    const price = part<HTMLInputElement>(this, "price").valueAsNumber;
    const id = this.#nextId();
    if (chosen.get("type") === "market") this.#send({ op: "add", id, side, type: "market", size });
    else this.#send({ op: "add", id, side, type: "limit", price, size });
  }

  #nextId(): number {
    const kept = this.#commands.slice(0, this.#frames[this.#at].command + 1);
    return Math.max(0, ...kept.map(({ id }) => id)) + 1;
  }

  #allowPrice(): void {
    const type = new FormData(part<HTMLFormElement>(this, "send")).get("type");
    part<HTMLInputElement>(this, "price").disabled = type === "market";
  }

  #select(id: number): void {
    this.#selected = this.#selected === id ? undefined : id;
    this.#pause();
    this.#paint();
    if (this.#selected === undefined) return;
    const order = this.#resting(id) as QueuedOrder;
    part<HTMLInputElement>(this, "new-price").value = String(order.price);
    part<HTMLInputElement>(this, "new-size").value = String(order.size);
  }

  #cancelSelected(): void {
    const id = this.#selected;
    this.#selected = undefined;
    if (id !== undefined) this.#send({ op: "cancel", id });
    part<HTMLButtonElement>(this, "next").focus();
  }

  #replaceSelected(): void {
    const id = this.#selected as number;
    const price = part<HTMLInputElement>(this, "new-price").valueAsNumber;
    const size = part<HTMLInputElement>(this, "new-size").valueAsNumber;
    this.#selected = undefined;
    this.#send({ op: "replace", id, price, size });
    part<HTMLButtonElement>(this, "next").focus();
  }

  #resting(id: number): QueuedOrder | undefined {
    const { bids, asks } = this.#frames[this.#at];
    return [...bids, ...asks].flatMap(({ orders }) => orders).find((order) => order.id === id);
  }

  #show(at: number): void {
    this.#at = Math.max(0, Math.min(at, this.#frames.length - 1));
    const before = places(this);
    this.#paint();
    animateFrom(this, before);
  }

  #paint(): void {
    const frame = this.#frames[this.#at];
    if (this.#selected !== undefined && this.#resting(this.#selected) === undefined) this.#selected = undefined;
    const focused = (document.activeElement as HTMLElement | null)?.dataset.order;
    const firstOwnId =
      this.#ownOrders > 0
        ? Math.max(0, ...this.#commands.slice(0, this.#scripted).map(({ id }) => id)) + 1
        : Number.POSITIVE_INFINITY;
    const marks = { firstOwnId, selected: this.#selected };
    part(this, "asks").replaceChildren(...sideRows("asks", frame, marks));
    part(this, "bids").replaceChildren(...sideRows("bids", frame, marks));
    part(this, "spread").textContent = spreadText(frame);
    part(this, "incoming").replaceChildren(...incomingNodes(frame));
    if (focused) this.querySelector<HTMLElement>(`button[data-order="${focused}"]`)?.focus();
    this.#paintText(frame);
    this.#paintSelected();
    this.#paintButtons();
  }

  #paintText(frame: Frame): void {
    const { command, text } = frame;
    const mine = command >= this.#scripted;
    const asked = command < 0 ? "Nothing has been sent yet." : `${ask(this.#commands[command])}.`;
    part(this, "asked").textContent = mine ? `Yours: ${asked}` : asked;
    part(this, "status").textContent = text;
    const remark = command < 0 ? "Press Next to send the first order, or send one of your own." : "";
    part(this, "remark").textContent = command >= 0 && !mine ? SCENARIO[command].remark : remark;
    part(this, "progress").textContent = `Step ${this.#at} of ${this.#frames.length - 1}`;
    const events = this.#frames.slice(1, this.#at + 1).map(({ event }) => JSON.stringify(event));
    part(this, "log").textContent = events.length > 0 ? events.join("\n") : "none yet";
  }

  #paintSelected(): void {
    const form = part<HTMLFormElement>(this, "selected");
    form.hidden = this.#selected === undefined;
    if (this.#selected === undefined) return;
    const order = this.#resting(this.#selected) as QueuedOrder;
    const queues = [...this.#frames[this.#at].bids, ...this.#frames[this.#at].asks];
    const { orders } = queues.find((level) => level.orders.includes(order)) as { orders: QueuedOrder[] };
    const index = orders.indexOf(order);
    const lotsAhead = orders.slice(0, index).reduce((sum, { size }) => sum + size, 0);
    const where = place({ order, position: index + 1, lotsAhead });
    part(this, "selected-text").textContent = `Order ${order.id}: ${describe(order)}, ${where}.`;
  }

  #paintButtons(): void {
    const allow = (name: string, allowed: boolean): void => {
      part(this, name).setAttribute("aria-disabled", String(!allowed));
    };
    allow("back", this.#at > 0);
    allow("next", this.#at < this.#frames.length - 1);
    allow("play", this.#timer !== undefined || this.#at < this.#frames.length - 1);
    allow("undo", this.#ownOrders > 0);
    part(this, "play").textContent = this.#timer ? "Pause" : "Play";
  }
}

customElements.define("hp-book-stepper", BookStepperElement);
