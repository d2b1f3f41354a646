import { type Keeping, type Snapshot, store } from "../../store/index.ts";
import {
  type CodeEditor,
  type EditorListeners,
  type Findings,
  type Problem,
  prefersPlainEditor,
} from "../editor/code-editor.ts";
import { plainEditor } from "../editor/plain-editor.ts";
import { part } from "../exercise/element-parts.ts";
import { type Origin, Work } from "../exercise/work.ts";

/** What a desk needs of the lab that it stands in. */
export interface DeskHost {
  root: HTMLElement;
  origin: Origin;
  onRun(): void;
  onEdit(): void;
  say(sentence: string): void;
}

/** The reader's text in an editor: kept as it is typed, reset, and had back. */
export class LabDesk {
  readonly #host: DeskHost;
  readonly #root: HTMLElement;
  readonly #work: Work;
  #editor: CodeEditor;
  #aside: Snapshot | undefined;
  #typeErrorLine: number | undefined;

  constructor(host: DeskHost) {
    this.#host = host;
    this.#root = host.root;
    this.#work = new Work(store(), host.origin, "lab");
    this.#editor = plainEditor(part(this.#root, "code"), this.#listeners());
    this.#listen();
  }

  get code(): string {
    return this.#editor.code;
  }

  /** Puts the reader's own text in the starter's place, and lets the reader write. */
  async begin(): Promise<void> {
    const beginning = await this.#work.begin();
    this.#editor.replace(beginning.code);
    part(this.#root, "stale").hidden = !beginning.stale;
    this.#tellKeeping(await store().keeping());
    part<HTMLTextAreaElement>(this.#root, "code").readOnly = false;
  }

  /** Loads the full editor, unless the reader points with a finger. */
  async loadEditor(): Promise<void> {
    if (prefersPlainEditor()) return;
    const field = part<HTMLTextAreaElement>(this.#root, "code");
    try {
      const { monacoEditor } = await import("../editor/monaco-editor.ts");
      const focused = document.activeElement === field;
      this.#editor = monacoEditor(field, part(this.#root, "editor"), this.#listeners());
      if (focused) this.#editor.focus();
      this.#root.dataset.editor = "full";
    } catch {
      this.#root.dataset.editor = "plain";
      part(this.#root, "hint").textContent =
        "The full editor could not be loaded; this field does the same work without it.";
    }
  }

  mark(problem: Problem | undefined): void {
    this.#editor.mark(problem);
  }

  /** Puts the cursor on a line, from 1. */
  focus(line?: number): void {
    this.#editor.focus(line);
  }

  /** Saves what stands in the editor, since it is being run. */
  ran(): Promise<void> {
    return this.#work.flush();
  }

  #listeners(): EditorListeners {
    return {
      onEdit: () => {
        this.#editor.mark(undefined);
        this.#work.edited(this.#editor.code);
        this.#host.onEdit();
      },
      onRun: () => this.#host.onRun(),
      onFindings: (findings) => this.#showFindings(findings),
      onLeaving: (leaving) => this.#root.toggleAttribute("data-leaving", leaving),
    };
  }

  #listen(): void {
    const on = (name: string, act: () => unknown): void =>
      part(this.#root, name).addEventListener("click", () => void act());
    on("reset", () => this.#reset("reset"));
    on("undo", () => this.#undo());
    on("take", () => this.#reset("new-starter"));
    on("keep", () => this.#keep());
    on("findings", () => this.#editor.focus(this.#typeErrorLine));
    const save = (): void => void this.#work.flush();
    addEventListener("pagehide", save);
    document.addEventListener("visibilitychange", save);
    store().onTrouble((keeping) => this.#tellKeeping(keeping));
  }

  async #reset(reason: "reset" | "new-starter"): Promise<void> {
    this.#aside = await this.#work.reset(this.#editor.code, reason);
    this.#editor.replace(this.#host.origin.starter);
    part(this.#root, "stale").hidden = true;
    part(this.#root, "undo").hidden = false;
    this.#host.say("The lab's own code is back. Yours was put aside: Undo reset brings it back.");
  }

  async #undo(): Promise<void> {
    if (this.#aside === undefined) return;
    this.#editor.replace(await this.#work.restore(this.#aside));
    this.#aside = undefined;
    part(this.#root, "reset").focus();
    part(this.#root, "undo").hidden = true;
    this.#host.say("Your code is back.");
  }

  async #keep(): Promise<void> {
    await this.#work.keep(this.#editor.code);
    part(this.#root, "stale").hidden = true;
    this.#host.say("Your code stays.");
  }

  #tellKeeping(keeping: Keeping): void {
    const notice = part(this.#root, "keeping");
    notice.hidden = keeping.kept;
    notice.textContent = keeping.kept ? "" : keeping.why;
  }

  #showFindings({ typeErrors, firstTypeErrorLine }: Findings): void {
    const button = part(this.#root, "findings");
    this.#typeErrorLine = firstTypeErrorLine;
    button.hidden = typeErrors === 0;
    button.textContent = `${typeErrors === 1 ? "1 type error" : `${typeErrors} type errors`}: a run goes on all the same`;
  }
}
