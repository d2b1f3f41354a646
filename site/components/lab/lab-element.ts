import type { RunReport, RunRequest } from "../../../lab/sandbox/protocol.ts";
import type { SourceFiles } from "../../../lab/sandbox/source-files.ts";
import type { RunHandle, Sandbox, SandboxMessage } from "../../sandbox/index.ts";
import { ConsoleView } from "../exercise/console-view.ts";
import { part } from "../exercise/element-parts.ts";
import { Desk } from "../work/desk.ts";
import { showAnalytics } from "./analytics-panel.ts";
import { showDifference } from "./difference-panel.ts";
import { download } from "./download.ts";
import { exampleText } from "./examples.ts";
import type { LabData } from "./lab-data.ts";
import { type Kept, Pins } from "./pins.ts";
import { ResultsPanel, RUN_AGAIN } from "./results-panel.ts";
import { RunControls } from "./run-controls.ts";
import { runExport } from "./run-export.ts";
import { RunModel } from "./run-model.ts";
import { RunSettings } from "./run-settings.ts";
import { failureSentence, loadingSentence, reportSentence, runningSentence, stoppedSentence } from "./sentences.ts";
import { Sharing } from "./sharing.ts";
import { WideView } from "./wide-view.ts";

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
  /** What it ran. */
  #files: SourceFiles = {};
  #sharing!: Sharing;
  #pins!: Pins;

  connectedCallback(): void {
    if (this.#lab !== undefined) return;
    this.#lab = JSON.parse(part(this, "data").textContent ?? "");
    const say = (sentence: string) => this.#say(sentence);
    new WideView(this);
    this.#results = new ResultsPanel(part(this, "numbers").parentElement as HTMLElement);
    this.#console = new ConsoleView(part(this, "console"));
    this.#settings = new RunSettings(this);
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
    part(this, "take-example").addEventListener("click", () => void this.#takeExample());
    part(this, "export-run").addEventListener("click", () => void this.#export());
    this.#sharing = new Sharing({
      root: this,
      lab: this.#lab,
      desk: this.#desk,
      settings: this.#settings,
      controls: this.#controls,
      finished: () => this.#kept(),
    });
    this.#pins = new Pins({
      root: this,
      key: `hotpath-pins/${id}`,
      titles: this.#lab.titles,
      current: () => this.#kept(),
      onChange: () => this.#run && this.#results.show(this.#run, true, this.#pins.pinned),
      compare: (files, name, opener) => this.#desk.compare(files, name, opener),
    });
    void this.#begin();
  }

  async #begin(): Promise<void> {
    await this.#desk.begin();
    for (const button of this.querySelectorAll("button")) button.disabled = button.dataset.part === "stop";
    const request = this.#request();
    if (request) this.#results.prepare(new RunModel(request, this.#lab.titles));
    part<HTMLButtonElement>(this, "export-run").disabled = true;
    this.#pins.show();
    this.dataset.state = "ready";
    this.#say("Ready. Nothing has run yet.");
    void this.#sharing.open();
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
    const { recording } = this.#settings;
    this.#controls.switch(true);
    this.#desk.mark(undefined);
    this.#goTo(undefined);
    this.#console.clear();
    this.#run = new RunModel(request, this.#lab.titles);
    this.#files = this.#desk.files;
    showDifference(this, undefined);
    this.#say(loadingSentence(request.engines, this.#lab) ?? runningSentence(request));
    try {
      void this.#desk.ran();
      const [sandbox] = await Promise.all([this.#open(), this.#results.load()]);
      this.#handle = sandbox.run(this.#desk.files, request, (message) => this.#take(message), recording);
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
      case "starting":
        if (message.engine in this.#lab.downloads) this.#say(`Starting ${this.#lab.titles[message.engine]}.`);
        break;
      case "clock":
        if (loadingSentence(run.request.engines, this.#lab)) this.#say(runningSentence(run.request));
        run.clock = message.clock;
        break;
      case "progress":
        run.progress(message);
        this.#controls.progress(message.done * 0.8);
        this.#results.show(run, false, this.#pins.pinned);
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
        this.#showOutcome(run);
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

  #showOutcome(run: RunModel): void {
    const { analytics, agreement, engines } = run.report as RunReport;
    showAnalytics(this, analytics);
    showDifference(this, agreement.difference);
    part(this, "hash").textContent = agreement.difference
      ? "The engines' events differ, so this run has no hash to share."
      : `Hash of the events: ${engines[0].hash}. The same code, market and seed give it anywhere.`;
    this.#sharing.judge(run, this.#files);
    part<HTMLButtonElement>(this, "export-run").disabled = false;
    this.#pins.show();
  }

  /** The last run, where it went to its end. */
  #kept(): Kept | undefined {
    const run = this.#run;
    return run?.report === undefined ? undefined : { label: "This run", run, files: this.#files };
  }

  async #takeExample(): Promise<void> {
    const name = part<HTMLSelectElement>(this, "example").value;
    if (name === "") return this.#say("Choose a strategy first.");
    const { file, starter, otherFiles } = this.#lab;
    try {
      const text = name === "starter" ? starter : await exampleText(name);
      await this.#desk.take({ ...(name === "starter" && otherFiles), [file]: text });
      this.#say("It is in the editor. What was there is in the history.");
    } catch {
      this.#say("The strategy could not be loaded. Try again when you are online.");
    }
  }

  #export(): void {
    const kept = this.#kept();
    if (kept === undefined) return;
    const place = {
      browser: navigator.userAgent,
      cores: navigator.hardwareConcurrency,
      at: new Date().toISOString(),
      commit: this.#lab.commit,
      page: location.origin + location.pathname,
    };
    const text = JSON.stringify(runExport(kept.run, kept.files, place), null, 2);
    download("run.json", text, "application/json");
  }

  #point(line: number, { message, column, file }: { message: string; column?: number; file?: string }): void {
    this.#desk.mark({ line, message, ...(column !== undefined && { column }), ...(file !== undefined && { file }) });
    this.#goTo(line, file);
  }

  #end(sentence: string): void {
    if (this.#run && this.#run.engines[0].batches.length > 0) this.#results.show(this.#run, true, this.#pins.pinned);
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
