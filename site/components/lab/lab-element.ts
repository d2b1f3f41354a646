import type { RunRequest } from "../../../lab/sandbox/protocol.ts";
import type { RunHandle, Sandbox, SandboxMessage } from "../../sandbox/index.ts";
import { ConsoleView } from "../exercise/console-view.ts";
import { part } from "../exercise/element-parts.ts";
import { Desk } from "../work/desk.ts";
import type { LabData } from "./lab-data.ts";
import { ResultsPanel } from "./results-panel.ts";
import { RunModel } from "./run-model.ts";
import { failureSentence, reportSentence, stoppedSentence } from "./sentences.ts";

/** How near a lab must come to the window before its heavy parts are loaded. */
const NEARNESS = "200px";
const MAX_SEED = 2 ** 32 - 1;

/** A lab in a page: a strategy in an editor, its run on the engines, and what came of it. */
class LabElement extends HTMLElement {
  #lab!: LabData;
  #desk!: Desk;
  #results!: ResultsPanel;
  #console!: ConsoleView;
  #sandbox: Promise<Sandbox> | undefined;
  #handle: RunHandle | undefined;
  #run: RunModel | undefined;

  connectedCallback(): void {
    if (this.#lab !== undefined) return;
    this.#lab = JSON.parse(part(this, "data").textContent ?? "");
    this.#results = new ResultsPanel(part(this, "numbers").parentElement as HTMLElement);
    this.#console = new ConsoleView(part(this, "console"));
    const { id, file, starter, otherFiles, starterHash } = this.#lab;
    this.#desk = new Desk({
      root: this,
      origin: { key: `lab/${id}`, title: `Lab: ${file}`, starter: { [file]: starter, ...otherFiles }, starterHash },
      onRun: () => void this.#start(),
      onEdit: () => this.#goTo(undefined),
    });
    this.#listen();
    void this.#begin();
  }

  #listen(): void {
    const on = (name: string, act: () => unknown): void => part(this, name).addEventListener("click", () => void act());
    on("run", () => this.#start());
    on("stop", () => this.#handle?.stop());
    on("go", () => this.#desk.focus(Number(part(this, "go").dataset.line), part(this, "go").dataset.file));
    part(this, "engines").addEventListener("change", () => this.#keepOneEngine());
  }

  async #begin(): Promise<void> {
    await this.#desk.begin();
    part<HTMLButtonElement>(this, "run").disabled = false;
    const request = this.#request();
    if (request) this.#results.prepare(new RunModel(request, this.#lab.titles));
    this.dataset.state = "ready";
    this.#say("Ready. Nothing has run yet.");
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry.isIntersecting) return;
        observer.disconnect();
        void this.#loadWhatWeighs();
      },
      { rootMargin: NEARNESS },
    );
    observer.observe(this);
  }

  async #loadWhatWeighs(): Promise<void> {
    void this.#open().catch(() => {
      // Run tells of it, and tries again.
    });
    await Promise.allSettled([this.#desk.loadEditor(), this.#results.load()]);
  }

  #open(): Promise<Sandbox> {
    this.#sandbox ??= import("../../sandbox/index.ts").then(({ createSandbox }) => createSandbox());
    this.#sandbox.catch(() => {
      this.#sandbox = undefined;
    });
    return this.#sandbox;
  }

  async #start(): Promise<void> {
    if (this.dataset.state !== "ready") return;
    const request = this.#request();
    if (request === undefined) return;
    this.#switch(true);
    this.#desk.mark(undefined);
    this.#goTo(undefined);
    this.#console.clear();
    this.#run = new RunModel(request, this.#lab.titles);
    this.#say(`Running: ${request.orders.toLocaleString("en")} orders of the market on each engine.`);
    try {
      void this.#desk.ran();
      const [sandbox] = await Promise.all([this.#open(), this.#results.load()]);
      this.#handle = sandbox.run(this.#desk.code, request, (message) => this.#take(message));
    } catch (error) {
      this.#end(`The lab could not be loaded: ${(error as Error).message} Press Run to try again.`);
    }
  }

  #request(): RunRequest | undefined {
    const seed = Number(part<HTMLInputElement>(this, "seed").value);
    if (!Number.isInteger(seed) || seed < 0 || seed > MAX_SEED) {
      this.#say(`The seed must be a whole number from 0 to ${MAX_SEED.toLocaleString("en")}.`);
      part(this, "seed").focus();
      return undefined;
    }
    const chosen = this.querySelectorAll<HTMLInputElement>("input[name=engine]:checked");
    const orders = Number(part<HTMLSelectElement>(this, "orders").value);
    return { engines: [...chosen].map(({ value }) => value), seed, profile: this.#lab.profile, orders };
  }

  #take(message: SandboxMessage): void {
    const run = this.#run as RunModel;
    switch (message.kind) {
      case "clock":
        run.clock = message.clock;
        break;
      case "progress":
        run.progress(message);
        part<HTMLProgressElement>(this, "progress").value = message.done * 0.8;
        this.#results.show(run, false);
        break;
      case "splitting":
        if (message.done === 0) this.#say("The run is over. Its commands are replayed, to see where the time went.");
        part<HTMLProgressElement>(this, "progress").value = 0.8 + message.done * 0.2;
        break;
      case "log":
        this.#console.write(message);
        break;
      case "report":
        run.finish(message);
        this.#end(reportSentence(run));
        break;
      case "failed":
        if (message.line !== undefined) this.#point(message.line, message.message, message.column);
        this.#end(failureSentence(message));
        break;
      case "stopped":
        if (message.line !== undefined) this.#point(message.line, message.message);
        this.#end(stoppedSentence(message));
        break;
    }
  }

  #point(line: number, message: string, column?: number): void {
    this.#desk.mark({ line, message, ...(column === undefined ? {} : { column }) });
    this.#goTo(line);
  }

  #end(sentence: string): void {
    if (this.#run && this.#run.engines[0].batches.length > 0) this.#results.show(this.#run, true);
    this.#handle = undefined;
    this.#switch(false);
    this.#say(sentence);
  }

  #switch(running: boolean): void {
    const [gone, there] = [
      part(this, running ? "run" : "stop"),
      part(this, running ? "stop" : "run"),
    ] as HTMLButtonElement[];
    const focused = document.activeElement === gone;
    there.disabled = false;
    // A button that is switched off under the focus would leave a keyboard's user at the top of the page.
    if (focused) there.focus({ preventScroll: true });
    gone.disabled = true;
    part<HTMLFieldSetElement>(this, "engines").disabled = running;
    part<HTMLProgressElement>(this, "progress").value = 0;
    this.dataset.state = running ? "running" : "ready";
  }

  #keepOneEngine(): void {
    const boxes = [...this.querySelectorAll<HTMLInputElement>("input[name=engine]")];
    const chosen = boxes.filter(({ checked }) => checked);
    for (const box of boxes) box.setAttribute("aria-disabled", String(chosen.length === 1 && box.checked));
    if (chosen.length > 0) return;
    boxes[0].checked = true;
    this.#say("A run needs an engine: the first one is chosen again.");
  }

  #goTo(line: number | undefined): void {
    const button = part(this, "go");
    button.hidden = line === undefined;
    button.textContent = `Go to line ${line}`;
    button.dataset.line = String(line);
  }

  #say(text: string): void {
    part(this, "status").textContent = text;
  }
}

customElements.define("hotpath-lab", LabElement);
