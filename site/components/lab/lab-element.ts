import type { RunRequest } from "../../../lab/sandbox/protocol.ts";
import type { RunHandle, Sandbox, SandboxMessage } from "../../sandbox/index.ts";
import { type Keeping, type Snapshot, store } from "../../store/index.ts";
import { type CodeEditor, type EditorListeners, type Findings, prefersPlainEditor } from "../editor/code-editor.ts";
import { plainEditor } from "../editor/plain-editor.ts";
import { ConsoleView } from "../exercise/console-view.ts";
import { part } from "../exercise/element-parts.ts";
import { Work } from "../exercise/work.ts";
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
  #work!: Work;
  #editor!: CodeEditor;
  #results!: ResultsPanel;
  #console!: ConsoleView;
  #sandbox: Promise<Sandbox> | undefined;
  #handle: RunHandle | undefined;
  #run: RunModel | undefined;
  #aside: Snapshot | undefined;
  #typeErrorLine: number | undefined;

  connectedCallback(): void {
    if (this.#lab !== undefined) return;
    this.#lab = JSON.parse(part(this, "data").textContent ?? "");
    this.#work = new Work(store(), this.#lab, "lab");
    this.#results = new ResultsPanel(part(this, "numbers").parentElement as HTMLElement);
    this.#console = new ConsoleView(part(this, "console"));
    this.#editor = plainEditor(part(this, "code"), this.#listeners());
    this.#listen();
    void this.#begin();
  }

  #listeners(): EditorListeners {
    return {
      onEdit: () => {
        this.#editor.mark(undefined);
        this.#goTo(undefined);
        this.#work.edited(this.#editor.code);
      },
      onRun: () => void this.#start(),
      onFindings: (findings) => this.#showFindings(findings),
      onLeaving: (leaving) => this.toggleAttribute("data-leaving", leaving),
    };
  }

  #listen(): void {
    const on = (name: string, act: () => unknown): void => part(this, name).addEventListener("click", () => void act());
    on("run", () => this.#start());
    on("stop", () => this.#handle?.stop());
    on("reset", () => this.#reset("reset"));
    on("undo", () => this.#undo());
    on("take", () => this.#reset("new-starter"));
    on("keep", () => this.#keep());
    on("go", () => this.#editor.focus(Number(part(this, "go").dataset.line)));
    on("findings", () => this.#editor.focus(this.#typeErrorLine));
    part(this, "engines").addEventListener("change", () => this.#keepOneEngine());
    const save = (): void => void this.#work.flush();
    addEventListener("pagehide", save);
    document.addEventListener("visibilitychange", save);
    store().onTrouble((keeping) => this.#tellKeeping(keeping));
  }

  async #begin(): Promise<void> {
    const beginning = await this.#work.begin();
    this.#editor.replace(beginning.code);
    part(this, "stale").hidden = !beginning.stale;
    this.#tellKeeping(await store().keeping());
    part<HTMLTextAreaElement>(this, "code").readOnly = false;
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
    const editor = prefersPlainEditor() ? undefined : this.#loadEditor();
    void this.#open().catch(() => {
      // Run tells of it, and tries again.
    });
    await Promise.allSettled([editor, this.#results.load()]);
  }

  async #loadEditor(): Promise<void> {
    const field = part<HTMLTextAreaElement>(this, "code");
    try {
      const { monacoEditor } = await import("../editor/monaco-editor.ts");
      const focused = document.activeElement === field;
      this.#editor = monacoEditor(field, part(this, "editor"), this.#listeners());
      if (focused) this.#editor.focus();
      this.dataset.editor = "full";
    } catch {
      this.dataset.editor = "plain";
      part(this, "hint").textContent = "The full editor could not be loaded; this field does the same work without it.";
    }
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
    this.#editor.mark(undefined);
    this.#goTo(undefined);
    this.#console.clear();
    this.#run = new RunModel(request, this.#lab.titles);
    this.#say(`Running: ${request.orders.toLocaleString("en")} orders of the market on each engine.`);
    try {
      void this.#work.flush();
      const [sandbox] = await Promise.all([this.#open(), this.#results.load()]);
      this.#handle = sandbox.run(this.#editor.code, request, (message) => this.#take(message));
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
    this.#editor.mark({ line, message, ...(column === undefined ? {} : { column }) });
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

  async #reset(reason: "reset" | "new-starter"): Promise<void> {
    this.#aside = await this.#work.reset(this.#editor.code, reason);
    this.#editor.replace(this.#lab.starter);
    part(this, "stale").hidden = true;
    part(this, "undo").hidden = false;
    this.#say("The lab's own code is back. Yours was put aside: Undo reset brings it back.");
  }

  async #undo(): Promise<void> {
    if (this.#aside === undefined) return;
    this.#editor.replace(await this.#work.restore(this.#aside));
    this.#aside = undefined;
    part(this, "reset").focus();
    part(this, "undo").hidden = true;
    this.#say("Your code is back.");
  }

  async #keep(): Promise<void> {
    await this.#work.keep(this.#editor.code);
    part(this, "stale").hidden = true;
    this.#say("Your code stays.");
  }

  #tellKeeping(keeping: Keeping): void {
    const notice = part(this, "keeping");
    notice.hidden = keeping.kept;
    notice.textContent = keeping.kept ? "" : keeping.why;
  }

  #showFindings({ typeErrors, firstTypeErrorLine }: Findings): void {
    const button = part(this, "findings");
    this.#typeErrorLine = firstTypeErrorLine;
    button.hidden = typeErrors === 0;
    button.textContent = `${typeErrors === 1 ? "1 type error" : `${typeErrors} type errors`}: a run goes on all the same`;
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
