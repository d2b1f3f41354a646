import type { CheckResult, Verdict } from "../../../lab/grade/verdict.ts";
import type { Progress } from "../../store/index.ts";
import { type Keeping, type Snapshot, store } from "../../store/index.ts";
import type { CodeEditor, EditorListeners, Findings } from "../editor/code-editor.ts";
import { prefersPlainEditor } from "../editor/code-editor.ts";
import { plainEditor } from "../editor/plain-editor.ts";
import { ConsoleView } from "./console-view.ts";
import { part } from "./element-parts.ts";
import type { ExerciseData } from "./exercise-data.ts";
import { ResultsView } from "./results-view.ts";
import { showComparison } from "./solution-view.ts";
import { Work } from "./work.ts";

/** Everything that weighs is loaded when the reader first asks for a grading. */
const grading = () => import("./grading.ts");

/** An exercise in a page: the reader's code, its checks with what came of them, hints and our solution. */
class ExerciseElement extends HTMLElement {
  #exercise!: ExerciseData;
  #work!: Work;
  #editor!: CodeEditor;
  #results!: ResultsView;
  #console!: ConsoleView;
  #progress!: Progress;
  #running: AbortController | undefined;
  #aside: Snapshot | undefined;

  readonly #listeners: EditorListeners = {
    onEdit: () => this.#edited(),
    onRun: () => void this.#run(),
    onFindings: (findings) => this.#showFindings(findings),
    onLeaving: (leaving) => {
      part(this, "leaving").textContent = leaving ? "Tab leaves the editor now." : "Esc, then Tab leaves the editor.";
    },
  };

  connectedCallback(): void {
    if (this.dataset.state !== undefined) return;
    this.dataset.state = "loading";
    this.#exercise = JSON.parse(part(this, "data").textContent ?? "");
    this.#work = new Work(store(), this.#exercise);
    this.#editor = plainEditor(part<HTMLTextAreaElement>(this, "code"), this.#listeners);
    this.#results = new ResultsView(part(this, "checks"), (check, data) => void this.#rerun(check, data));
    this.#console = new ConsoleView(part(this, "console"));
    this.#listen();
    void this.#begin();
  }

  #listen(): void {
    const on = (name: string, act: () => unknown): void => part(this, name).addEventListener("click", () => void act());
    on("run", () => this.#run());
    on("stop", () => this.#running?.abort(new Error("stopped")));
    on("reset", () => this.#reset("reset"));
    on("undo", () => this.#undo());
    on("hint", () => this.#hint());
    on("solution", () => this.#compare());
    on("keep", () => this.#keep());
    on("take", () => this.#reset("new-starter"));
    on("compare-starter", () => this.#compareStarter());
    const save = (): void => void this.#work.flush();
    this.addEventListener("focusout", save);
    addEventListener("pagehide", save);
    document.addEventListener("visibilitychange", save);
    store().onTrouble((keeping) => this.#tellKeeping(keeping));
  }

  async #begin(): Promise<void> {
    const [beginning, progress] = await Promise.all([this.#work.begin(), store().progress.load(this.#exercise.id)]);
    this.#editor.replace(beginning.code);
    this.#progress = progress;
    part(this, "stale").hidden = !beginning.stale;
    this.#showProgress();
    this.#showHints();
    if (progress.last !== undefined) {
      this.#results.verdict(progress.last);
      this.#say("These are the results of your last run.");
    }
    this.#tellKeeping(await store().keeping());
    part<HTMLTextAreaElement>(this, "code").readOnly = false;
    for (const button of this.querySelectorAll("button")) button.disabled = false;
    this.dataset.state = "ready";
    this.#betterEditor();
  }

  /** Puts the editor in the text field's place when the exercise comes into view. */
  #betterEditor(): void {
    if (prefersPlainEditor()) return;
    const box = part(this, "editor");
    const field = part<HTMLTextAreaElement>(this, "code");
    const seen = new IntersectionObserver(
      async ([{ isIntersecting }]) => {
        if (!isIntersecting) return;
        seen.disconnect();
        try {
          const { monacoEditor } = await import("../editor/monaco-editor.ts");
          const focused = document.activeElement === field;
          box.hidden = false;
          this.#editor = monacoEditor(field, box, this.#listeners);
          part(this, "leaving").hidden = false;
          if (focused) this.#editor.focus();
          this.dataset.editor = "monaco";
        } catch {
          // The plain field stays: it can do all that is needed.
          box.hidden = true;
        }
      },
      { rootMargin: "200px" },
    );
    seen.observe(field);
  }

  #showFindings({ typeErrors, firstTypeErrorLine }: Findings): void {
    const errors = typeErrors === 1 ? "1 type error" : `${typeErrors} type errors`;
    part(this, "findings").textContent =
      typeErrors === 0 ? "" : `${errors}, the first on line ${firstTypeErrorLine}. The checks can run all the same.`;
  }

  #tellKeeping(keeping: Keeping): void {
    const notice = part(this, "keeping");
    notice.hidden = keeping.kept;
    notice.textContent = keeping.kept ? "" : keeping.why;
  }

  #edited(): void {
    this.#editor.mark(undefined);
    this.#work.edited(this.#editor.code);
  }

  async #run(): Promise<void> {
    if (this.#running !== undefined) return;
    const running = new AbortController();
    this.#running = running;
    this.#switch(true);
    this.#results.clear();
    this.#console.clear();
    this.#editor.mark(undefined);
    this.#say("Running the checks.");
    try {
      const code = this.#editor.code;
      await this.#work.flush();
      const { gradeInPage } = await grading();
      const told = {
        onStart: ({ name }: { name: string }) => this.#results.running(name),
        onResult: (result: CheckResult) => this.#results.result(result),
      };
      const options = { code, seed: this.#seed(), signal: running.signal, ...told };
      const verdict = await gradeInPage(this.#exercise, options, (line) => this.#console.write(line));
      this.#progress = await store().progress.record(this.#exercise.id, { code, verdict });
      this.#showProgress();
      this.#markLine(verdict);
      this.#say(summary(verdict.points, verdict.of));
    } catch (error) {
      this.#results.interrupted();
      this.#say(running.signal.aborted ? "Stopped." : `The checks could not run: ${(error as Error).message}`);
    } finally {
      this.#running = undefined;
      this.#switch(false);
    }
  }

  #markLine(verdict: Verdict): void {
    const failed = verdict.checks.find(({ line }) => line !== undefined);
    if (failed?.line !== undefined) this.#editor.mark({ line: failed.line, message: failed.reason });
  }

  /** The same cases until they are all right, then others: a reader mends what was seen. */
  #seed(): number {
    const last = this.#progress.last;
    if (last !== undefined && last.points < last.of) return last.seed;
    return crypto.getRandomValues(new Uint32Array(1))[0];
  }

  async #rerun(check: string, data: unknown): Promise<void> {
    this.#results.again(check, "Running.");
    try {
      const { rerunInPage } = await grading();
      const failing = { code: this.#editor.code, check, data };
      const outcome = await rerunInPage(this.#exercise, failing, (line) => this.#console.write(line));
      const got = outcome.failing === undefined ? "" : ` It gives \`${outcome.failing.got}\` now.`;
      this.#results.again(check, `${outcome.reason}${got}`);
    } catch (error) {
      this.#results.again(check, `It could not run: ${(error as Error).message}`);
    }
  }

  #switch(running: boolean): void {
    const [gone, there] = [part(this, running ? "run" : "stop"), part(this, running ? "stop" : "run")];
    const focused = document.activeElement === gone;
    there.hidden = false;
    // A button that vanishes under the focus would leave a keyboard's user at the top of the page.
    if (focused) there.focus({ preventScroll: true });
    gone.hidden = true;
    this.dataset.state = running ? "running" : "ready";
  }

  async #reset(reason: "reset" | "new-starter"): Promise<void> {
    this.#aside = await this.#work.reset(this.#editor.code, reason);
    this.#editor.replace(this.#exercise.starter);
    part(this, "stale").hidden = true;
    part(this, "undo").hidden = false;
    this.#say("The starter is back. Your code was put aside: Undo reset brings it back.");
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

  async #hint(): Promise<void> {
    const count = Math.min(this.#progress.hintsShown + 1, this.#hints().length);
    this.#progress = await store().progress.hintsShown(this.#exercise.id, count);
    this.#showHints();
    this.#hints()[count - 1]?.focus();
  }

  #hints(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("[data-part=hint-text]")];
  }

  #showHints(): void {
    const hints = this.#hints();
    for (const [index, hint] of hints.entries()) hint.hidden = index >= this.#progress.hintsShown;
    const left = hints.length - Math.min(this.#progress.hintsShown, hints.length);
    const button = part<HTMLButtonElement>(this, "hint");
    button.hidden = left === 0;
    button.textContent = left === hints.length ? `Show a hint (${left})` : `Show the next hint (${left} left)`;
  }

  async #compare(): Promise<void> {
    const panel = part(this, "comparison");
    const button = part(this, "solution");
    if (!panel.hidden) {
      panel.hidden = true;
      button.textContent = "Compare with our solution";
      button.setAttribute("aria-expanded", "false");
      return;
    }
    const { solutionOf } = await grading();
    showComparison(panel, this.#editor.code, await solutionOf(this.#exercise), "our solution");
    this.#progress = await store().progress.solutionShown(this.#exercise.id);
    panel.hidden = false;
    button.textContent = "Close the comparison";
    button.setAttribute("aria-expanded", "true");
  }

  #compareStarter(): void {
    const panel = part(this, "comparison");
    showComparison(panel, this.#editor.code, this.#exercise.starter, "the new starter");
    panel.hidden = false;
  }

  #showProgress(): void {
    const { attempts, bestPoints, of } = this.#progress;
    const times = attempts === 1 ? "1 attempt" : `${attempts} attempts`;
    part(this, "progress").textContent =
      attempts === 0 ? "Not tried yet" : `Best: ${bestPoints} of ${of} points, ${times}`;
    this.toggleAttribute("data-solved", attempts > 0 && bestPoints >= of);
    this.dataset.points = String(bestPoints);
  }

  #say(text: string): void {
    part(this, "message").textContent = text;
  }
}

function summary(points: number, of: number): string {
  if (points >= of) return `All ${of} points: every check passed.`;
  return `${points} of ${of} points. Each check below says what it found.`;
}

customElements.define("hp-exercise", ExerciseElement);
