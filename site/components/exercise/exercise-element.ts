import type { CheckResult, Verdict } from "../../../lab/grade/verdict.ts";
import type { Attempt, Progress } from "../../store/index.ts";
import { store } from "../../store/index.ts";
import { Desk } from "../work/desk.ts";
import { attemptsView } from "./attempts-view.ts";
import { readCaseHash } from "./case-link.ts";
import { ConsoleView } from "./console-view.ts";
import { part } from "./element-parts.ts";
import type { ExerciseData } from "./exercise-data.ts";
import { ResultsView } from "./results-view.ts";
import { download, submissionOf } from "./submission.ts";

/** Everything that weighs is loaded when the reader first asks for a grading. */
const grading = () => import("./grading.ts");

/** What the reader's file is called, as in the exercise's folder. */
const FILE = "starter.ts";

/** An exercise in a page: the reader's code, its checks with what came of them, hints and our solution. */
class ExerciseElement extends HTMLElement {
  #exercise!: ExerciseData;
  #desk!: Desk;
  #results!: ResultsView;
  #console!: ConsoleView;
  #progress!: Progress;
  #running: AbortController | undefined;

  connectedCallback(): void {
    if (this.dataset.state !== undefined) return;
    this.dataset.state = "loading";
    this.#exercise = JSON.parse(part(this, "data").textContent ?? "");
    const { id, title, starter, starterHash } = this.#exercise;
    this.#desk = new Desk({
      root: this,
      origin: { key: `exercise/${id}`, title, starter: { [FILE]: starter }, starterHash },
      onRun: () => void this.#run(),
    });
    const rerun = (check: string, data: unknown) => void this.#rerun(check, data);
    this.#results = new ResultsView(part(this, "checks"), this.#exercise.slug, rerun);
    this.#console = new ConsoleView(part(this, "console"));
    this.#listen();
    void this.#begin();
  }

  #listen(): void {
    const on = (name: string, act: () => unknown): void => part(this, name).addEventListener("click", () => void act());
    on("run", () => this.#run());
    on("stop", () => this.#running?.abort(new Error("stopped")));
    on("hint", () => this.#hint());
    on("solution", () => this.#compare());
    on("attempts", () => this.#showAttempts());
    on("submit", () => this.#exportSubmission());
    addEventListener("hashchange", () => this.#showLinkedCase());
  }

  async #begin(): Promise<void> {
    const [progress] = await Promise.all([store().progress.load(this.#exercise.id), this.#desk.begin()]);
    this.#progress = progress;
    this.#showProgress();
    this.#showHints();
    if (progress.last !== undefined) {
      this.#results.verdict(progress.last);
      this.#say("These are the results of your last run.");
    }
    for (const button of this.querySelectorAll("button")) button.disabled = false;
    this.dataset.state = "ready";
    this.#showLinkedCase();
    this.#betterEditor();
  }

  #showLinkedCase(): void {
    const linked = readCaseHash(location.hash);
    if (linked?.slug !== this.#exercise.slug || !this.#results.linked(linked.check, linked.data)) return;
    part(this, "checks").scrollIntoView({ block: "center" });
  }

  /** Puts the editor in the text field's place when the exercise comes into view. */
  #betterEditor(): void {
    const seen = new IntersectionObserver(
      ([{ isIntersecting }]) => {
        if (!isIntersecting) return;
        seen.disconnect();
        void this.#desk.loadEditor();
      },
      { rootMargin: "200px" },
    );
    seen.observe(part(this, "desk"));
  }

  async #run(): Promise<void> {
    if (this.#running !== undefined) return;
    const running = new AbortController();
    this.#running = running;
    this.#switch(true);
    this.#results.clear();
    this.#console.clear();
    this.#desk.mark(undefined);
    this.#say("Running the checks.");
    try {
      const code = this.#desk.code;
      await this.#desk.ran();
      const { gradeInPage } = await grading();
      const told = {
        onStart: ({ name }: { name: string }) => this.#results.running(name),
        onResult: (result: CheckResult) => this.#results.result(result),
      };
      const options = { code, seed: this.#seed(), signal: running.signal, ...told };
      const verdict = await gradeInPage(this.#exercise, options, (line) => this.#console.write(line));
      this.#progress = await store().progress.record(this.#exercise.id, { code, verdict });
      this.#showProgress();
      if (!part(this, "attempt-list").hidden) await this.#fillAttempts();
      this.#markLine(verdict);
      this.#say(summary(verdict));
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
    if (failed?.line !== undefined) this.#desk.mark({ line: failed.line, message: failed.reason });
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
      const failing = { code: this.#desk.code, check, data };
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
    const { solutionOf } = await grading();
    const solution = { [FILE]: await solutionOf(this.#exercise) };
    if (!this.#desk.compare(solution, "our solution", part(this, "solution"))) return;
    this.#progress = await store().progress.solutionShown(this.#exercise.id);
  }

  async #showAttempts(): Promise<void> {
    const list = part(this, "attempt-list");
    const button = part(this, "attempts");
    list.hidden = !list.hidden;
    button.setAttribute("aria-expanded", String(!list.hidden));
    if (!list.hidden) await this.#fillAttempts();
  }

  async #fillAttempts(): Promise<void> {
    const attempts = await store().progress.attempts(this.#exercise.id);
    const compare = ({ code, at }: Attempt, opener: HTMLElement) =>
      this.#desk.compare({ [FILE]: code }, `your code of ${new Date(at).toLocaleString()}`, opener);
    part(this, "attempt-list").replaceChildren(attemptsView(attempts, compare));
  }

  async #exportSubmission(): Promise<void> {
    const { digest } = await import("../../../lab/grade/digest.ts");
    const code = this.#desk.code;
    const attempts = await store().progress.attempts(this.#exercise.id);
    const submission = submissionOf(this.#exercise, code, digest(code), attempts, new Date().toISOString());
    download(`${this.#exercise.slug}.submission.json`, `${JSON.stringify(submission, null, 2)}\n`);
    const graded =
      submission.receipts.length === 0 ? " It has not been checked as it stands: Run checks adds the receipt." : "";
    this.#say(`Your code and its receipts are in ${this.#exercise.slug}.submission.json.${graded}`);
  }

  #showProgress(): void {
    const { attempts, bestPoints, of } = this.#progress;
    const times = attempts === 1 ? "1 attempt" : `${attempts} attempts`;
    part(this, "progress").textContent =
      attempts === 0 ? "Not tried yet" : `Best: ${bestPoints} of ${of} points, ${times}`;
    this.toggleAttribute("data-solved", attempts > 0 && bestPoints >= of);
    this.dataset.points = String(bestPoints);
    part(this, "attempts").hidden = attempts === 0;
    part(this, "attempts").textContent = `Attempts (${attempts})`;
  }

  #say(text: string): void {
    part(this, "message").textContent = text;
  }
}

function summary({ points, of, checks }: Verdict): string {
  const undecided = checks.some(({ status }) => status === "pending");
  if (undecided)
    return `${points} of ${of} points; what is undecided is not counted. Each check below says what it found.`;
  if (points >= of) return `All ${of} points: every check passed.`;
  return `${points} of ${of} points. Each check below says what it found.`;
}

customElements.define("hp-exercise", ExerciseElement);
