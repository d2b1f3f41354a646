import type { RunRequest } from "../../../lab/sandbox/protocol.ts";
import type { RunHandle, Sandbox, SandboxMessage } from "../../sandbox/index.ts";
import { ConsoleView } from "../exercise/console-view.ts";
import { part } from "../exercise/element-parts.ts";
import { Desk } from "../work/desk.ts";
import type { LabData } from "./lab-data.ts";
import { ResultsPanel, RUN_AGAIN } from "./results-panel.ts";
import { RunControls } from "./run-controls.ts";
import { RunModel } from "./run-model.ts";
import { RunSettings } from "./run-settings.ts";
import { failureSentence, reportSentence, stoppedSentence } from "./sentences.ts";

/** How near a lab must come to the window before its heavy parts are loaded. */
const NEARNESS = "200px";

/** A lab in a page: a strategy in an editor, its run on the engines, and what came of it. */
class LabElement extends HTMLElement {
  #lab!: LabData;
  #desk!: Desk;
  #controls!: RunControls;
  #settings!: RunSettings;
  #results!: ResultsPanel;
  #console!: ConsoleView;
  #sandbox: Promise<Sandbox> | undefined;
  #handle: RunHandle | undefined;
  #run: RunModel | undefined;

  connectedCallback(): void {
    if (this.#lab !== undefined) return;
    this.#lab = JSON.parse(part(this, "data").textContent ?? "");
    const say = (sentence: string) => this.#say(sentence);
    this.#results = new ResultsPanel(part(this, "numbers").parentElement as HTMLElement);
    this.#console = new ConsoleView(part(this, "console"));
    this.#settings = new RunSettings(this, this.#lab.profile);
    this.#controls = new RunControls(this, {
      run: () => void this.#start(),
      stop: () => this.#handle?.stop(),
      say,
    });
    const { id, file, starter, otherFiles, starterHash } = this.#lab;
    this.#desk = new Desk({
      root: this,
      origin: { key: `lab/${id}`, title: `Lab: ${file}`, starter: { [file]: starter, ...otherFiles }, starterHash },
      onRun: () => void this.#start(),
      onEdit: () => this.#goTo(undefined),
    });
    this.addEventListener(RUN_AGAIN, () => void this.#start());
    part(this, "go").addEventListener("click", () => this.#goThere());
    void this.#begin();
  }

  async #begin(): Promise<void> {
    await this.#desk.begin();
    for (const button of this.querySelectorAll("button")) button.disabled = button.dataset.part === "stop";
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
    this.#controls.switch(true);
    this.#desk.mark(undefined);
    this.#goTo(undefined);
    this.#console.clear();
    this.#run = new RunModel(request, this.#lab.titles);
    this.#say(`Running: ${request.orders.toLocaleString("en")} orders of the market on each engine.`);
    try {
      void this.#desk.ran();
      const [sandbox] = await Promise.all([this.#open(), this.#results.load()]);
      this.#handle = sandbox.run(this.#desk.files, request, (message) => this.#take(message));
    } catch (error) {
      this.#end(`The lab could not be loaded: ${(error as Error).message} Press Run to try again.`);
    }
  }

  #request(): RunRequest | undefined {
    const settings = this.#settings.read();
    if (!("problem" in settings)) return { engines: this.#controls.engines, ...settings };
    this.#say(settings.problem);
    settings.field.focus();
    return undefined;
  }

  #take(message: SandboxMessage): void {
    const run = this.#run as RunModel;
    switch (message.kind) {
      case "clock":
        run.clock = message.clock;
        break;
      case "progress":
        run.progress(message);
        this.#controls.progress(message.done * 0.8);
        this.#results.show(run, false);
        break;
      case "splitting":
        if (message.done === 0) this.#say("The run is over. Its commands are replayed, to see where the time went.");
        this.#controls.progress(0.8 + message.done * 0.2);
        break;
      case "log":
        this.#console.write(message);
        break;
      case "report":
        run.finish(message);
        this.#end(reportSentence(run));
        break;
      case "failed":
        if (message.line !== undefined) this.#point(message.line, message);
        this.#end(failureSentence(message));
        break;
      case "stopped":
        if (message.line !== undefined) this.#point(message.line, message);
        this.#end(stoppedSentence(message));
        break;
    }
  }

  #point(line: number, { message, column, file }: { message: string; column?: number; file?: string }): void {
    this.#desk.mark({ line, message, ...(column !== undefined && { column }), ...(file !== undefined && { file }) });
    this.#goTo(line, file);
  }

  #end(sentence: string): void {
    if (this.#run && this.#run.engines[0].batches.length > 0) this.#results.show(this.#run, true);
    this.#handle = undefined;
    this.#controls.switch(false);
    this.#say(sentence);
  }

  #goThere(): void {
    const { line, file } = part(this, "go").dataset;
    this.#desk.focus(Number(line), file);
  }

  #goTo(line: number | undefined, file?: string): void {
    const button = part(this, "go");
    button.hidden = line === undefined;
    button.textContent = `Go to line ${line}${file === undefined ? "" : ` of ${file}`}`;
    button.dataset.line = String(line);
    if (file === undefined) delete button.dataset.file;
    else button.dataset.file = file;
  }

  #say(text: string): void {
    part(this, "status").textContent = text;
  }
}

customElements.define("hotpath-lab", LabElement);
