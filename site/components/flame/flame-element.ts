import type { Span } from "../../../lab/measure/spans.ts";
import { part } from "../exercise/element-parts.ts";
import { count, time } from "../lab/numbers.ts";
import { showTable } from "../lab/tables.ts";
import { drawFlame, type FlamePicture, spanAt } from "./flame-canvas.ts";
import { costRows, partRows, sharesOf } from "./flame-tables.ts";
import { publishProfile } from "./own-profile.ts";
import type { FlameReport } from "./report.ts";
import { panned, type ViewWindow, zoomed } from "./view-window.ts";

/** Workers by the system that they profile. */
const workers = new Map<string, () => Worker>();

/** Says what profiles a system, before its element is defined. */
export function profileSystem(name: string, makeWorker: () => Worker): void {
  workers.set(name, makeWorker);
  if (!customElements.get("hp-flame")) customElements.define("hp-flame", FlameElement);
}

const IN = 0.5;
const OUT = 2;
const STEP = 0.25;

/** Runs a system in a worker, and draws the spans that it recorded. */
class FlameElement extends HTMLElement {
  #worker: Worker | undefined;
  #report: FlameReport | undefined;
  #view: ViewWindow = { from: 0, to: 1 };
  #marked: Span | undefined;
  readonly #redraw = (): void => this.#draw();
  readonly #theme = new MutationObserver(this.#redraw);
  readonly #size = new ResizeObserver(this.#redraw);

  connectedCallback(): void {
    const form = part<HTMLFormElement>(this, "form");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#run();
    });
    const canvas = this.#canvas;
    canvas.addEventListener("keydown", (event) => this.#onKey(event));
    canvas.addEventListener("pointermove", (event) => this.#point(event));
    canvas.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    for (const [name, change] of Object.entries(this.#moves))
      part(this, name).addEventListener("click", () => change());
    this.#theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    this.#size.observe(this);
    part<HTMLButtonElement>(this, "run").disabled = false;
    this.dataset.state = "ready";
  }

  disconnectedCallback(): void {
    this.#worker?.terminate();
    this.#theme.disconnect();
    this.#size.disconnect();
  }

  get #canvas(): HTMLCanvasElement {
    return part<HTMLCanvasElement>(this, "canvas");
  }

  get #wholeMs(): number {
    const spans = this.#report?.spans ?? [];
    const end = spans.reduce((latest, span) => Math.max(latest, span.end), 0);
    return spans.length > 0 ? end - spans[0].begin : 1;
  }

  #run(): void {
    if (this.dataset.state === "running") return;
    const makeWorker = workers.get(this.dataset.system as string) as () => Worker;
    this.#worker ??= makeWorker();
    this.#worker.onmessage = ({ data }: MessageEvent<FlameReport>) => this.#show(data);
    this.#worker.onerror = () => this.#fail();
    this.#setRunning(true);
    this.#say("Running: with spans and without, in turn.");
    const number = (name: string): number => Number(part<HTMLSelectElement>(this, name).value);
    this.#worker.postMessage({
      messages: number("messages"),
      burst: number("burst"),
      window: number("window"),
      each: part<HTMLInputElement>(this, "each").checked,
    });
  }

  #setRunning(running: boolean): void {
    this.dataset.state = running ? "running" : "ready";
    part(this, "run").setAttribute("aria-disabled", String(running));
  }

  #fail(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#setRunning(false);
    this.#say("The system could not be run here. Reload the page, and try again with fewer messages.");
  }

  #show(report: FlameReport): void {
    this.#report = report;
    this.#marked = undefined;
    part(this, "figure").hidden = false;
    for (const [name, rows] of [
      ["parts", partRows(report)],
      ["costs", costRows(report.costs)],
    ] as const) {
      part(this, name).hidden = false;
      showTable(part(this, name), rows);
    }
    const bursts = report.spans.filter(({ depth }) => depth === 0).length;
    this.#view = zoomed({ from: 0, to: this.#wholeMs }, 4 / Math.max(4, bursts), 0.5, this.#wholeMs);
    this.#draw();
    const shares = sharesOf(report.spans);
    publishProfile(shares);
    const [first, second] = shares;
    const each = time((report.totalMs * 1e6) / report.messages);
    const percent = ({ share }: { share: number }): string => `${Math.round(100 * share)}%`;
    this.#say(
      `${count(report.messages)} messages in ${time(report.totalMs * 1e6)}, ${each} each. Most of it: ${first.name} ${percent(first)}, then ${second.name} ${percent(second)}.`,
    );
    this.#sayClock(report);
    this.#setRunning(false);
  }

  #sayClock({ clock: { stepUs, isolated }, dropped, runs }: FlameReport): void {
    const blind = isolated ? "" : " This page isn't isolated, so the clock is coarse.";
    const lost = dropped > 0 ? ` ${count(dropped)} spans had no room.` : "";
    part(this, "clock").textContent =
      `The shortest of ${runs} runs. The clock steps by ${time(stepUs * 1000)}: a shorter span shows as nothing or as a whole step, and only their sum means something.${blind}${lost}`;
  }

  #say(text: string): void {
    part(this, "status").textContent = text;
  }

  get #picture(): FlamePicture {
    const spans = this.#report?.spans ?? [];
    return { spans, begin: spans[0]?.begin ?? 0, view: this.#view, marked: this.#marked };
  }

  #draw(): void {
    if (this.#report === undefined || this.#report.spans.length === 0) return;
    drawFlame(this.#canvas, this.#picture);
    this.#canvas.dataset.spans = String(this.#report.spans.length);
    this.#canvas.dataset.shown = `${this.#view.from.toFixed(3)} ${this.#view.to.toFixed(3)}`;
  }

  readonly #moves: Record<string, () => void> = {
    in: () => this.#look(zoomed(this.#view, IN, 0.5, this.#wholeMs)),
    out: () => this.#look(zoomed(this.#view, OUT, 0.5, this.#wholeMs)),
    left: () => this.#look(panned(this.#view, -STEP, this.#wholeMs)),
    right: () => this.#look(panned(this.#view, STEP, this.#wholeMs)),
    whole: () => this.#look({ from: 0, to: this.#wholeMs }),
  };

  #look(view: ViewWindow): void {
    this.#view = view;
    this.#draw();
    part(this, "pointed").textContent =
      `Shown: ${time(view.from * 1e6)} to ${time(view.to * 1e6)} of ${time(this.#wholeMs * 1e6)}.`;
  }

  #onKey(event: KeyboardEvent): void {
    const keys: Record<string, string> = {
      "+": "in",
      "=": "in",
      "-": "out",
      ArrowLeft: "left",
      ArrowRight: "right",
      Home: "whole",
    };
    const move = keys[event.key];
    if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.#moves[move]();
  }

  #wheel(event: WheelEvent): void {
    // A plain wheel scrolls the page; with Ctrl it zooms, as elsewhere.
    if (!event.ctrlKey) return;
    event.preventDefault();
    const { left, width } = this.#canvas.getBoundingClientRect();
    this.#look(zoomed(this.#view, event.deltaY > 0 ? 1.25 : 0.8, (event.clientX - left) / width, this.#wholeMs));
  }

  #point(event: PointerEvent): void {
    const { left, top, width } = this.#canvas.getBoundingClientRect();
    if (event.buttons === 1) {
      this.#look(panned(this.#view, -event.movementX / width, this.#wholeMs));
      return;
    }
    const found = spanAt(this.#picture, event.clientX - left, event.clientY - top, width);
    if (found === this.#marked) return;
    this.#marked = found;
    this.#draw();
    if (found) part(this, "pointed").textContent = `${found.name}: ${time((found.end - found.begin) * 1e6)}`;
  }
}
