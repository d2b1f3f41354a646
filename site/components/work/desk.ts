import { type SourceFiles, sameFiles } from "../../../lab/sandbox/source-files.ts";
import { KEPT_SNAPSHOTS, type Snapshot, store } from "../../store/index.ts";
import { type CodeEditor, type Findings, fileOf, type Problem, prefersPlainEditor } from "../editor/code-editor.ts";
import { plainEditor } from "../editor/plain-editor.ts";
import { part } from "../exercise/element-parts.ts";
import { Comparison, type Texts } from "./comparison.ts";
import { historyView } from "./history-view.ts";
import { Notices } from "./notices.ts";
import { Panel } from "./panel.ts";
import { Tabs } from "./tabs.ts";
import { type Origin, Work } from "./work.ts";

/** What a desk needs of the component that it stands in. */
export interface DeskHost {
  /** Holds the markup of `Desk.astro` and of `DeskPanel.astro`. */
  root: HTMLElement;
  origin: Origin;
  onRun(): void;
  /** The reader's files have changed, by whatever hand. */
  onEdit?(): void;
}

/**
 * A reader's files in an editor, with all that is done with them in a lab and in an exercise alike: kept as they are
 * typed, put aside and had back, compared, laid out. `Desk.astro` is its markup.
 */
export class Desk {
  readonly #host: DeskHost;
  readonly #root: HTMLElement;
  readonly #work: Work;
  readonly #tabs: Tabs;
  readonly #panel: Panel;
  readonly #notices: Notices;
  #editor: CodeEditor;
  #shown: string;
  #aside: Snapshot | undefined;
  #other: SourceFiles | undefined;
  #firstError: Findings["first"];
  #compared: { comparison: Comparison; texts: () => Texts } | undefined;
  #loading: Promise<void> | undefined;
  /** What is shown in the place of the reader's own. */
  #lent: { own: SourceFiles; files: SourceFiles } | undefined;

  constructor(host: DeskHost) {
    this.#host = host;
    this.#root = part(host.root, "desk");
    this.#work = new Work(store(), host.origin);
    this.#work.onOtherTab = (theirs) => this.#askWhich(theirs);
    this.#shown = Object.keys(host.origin.starter)[0];
    this.#tabs = new Tabs(this.#root.querySelector("[data-part=tabs]"), (file) => this.#show(file));
    this.#panel = new Panel(part(host.root, "desk-panel"));
    this.#notices = new Notices(this.#root, (opener) => void this.#openHistory(opener));
    this.#editor = plainEditor(this.#fields(), this.#listeners());
    this.#listen();
  }

  /** The reader's files as they stand in the editor. */
  get files(): SourceFiles {
    return this.#editor.files;
  }

  /** The first of them. */
  get code(): string {
    return Object.values(this.#editor.files)[0];
  }

  /** Puts the reader's own text in the starter's place, and lets the reader write. */
  async begin(): Promise<void> {
    const { files, stale } = await this.#work.begin();
    this.#editor.replace(files);
    part(this.#root, "stale").hidden = !stale;
    this.#notices.keeping(await store().keeping());
    for (const field of this.#fields()) field.readOnly = false;
    for (const button of this.#root.querySelectorAll("button")) button.disabled = false;
  }

  /** Loads the full editor, once, unless the reader points with a finger. `data-editor` of the host says which it is. */
  loadEditor(): Promise<void> {
    this.#loading ??= this.#loadEditor();
    return this.#loading;
  }

  async #loadEditor(): Promise<void> {
    if (prefersPlainEditor()) {
      this.#host.root.dataset.editor = "plain";
      return;
    }
    const box = part(this.#root, "editor");
    try {
      const { monacoEditor } = await import("../editor/monaco-editor.ts");
      const focused = this.#fields().includes(document.activeElement as HTMLTextAreaElement);
      box.hidden = false;
      this.#editor = monacoEditor(this.#fields(), box, this.#listeners());
      if (focused) this.#editor.focus();
      this.#host.root.dataset.editor = "full";
    } catch {
      box.hidden = true;
      this.#host.root.dataset.editor = "plain";
      this.#say("The full editor could not be loaded; this field does the same work without it.");
    }
  }

  /** Puts files into the editor, as an edit of the reader's. */
  replace(files: SourceFiles): void {
    this.#editor.replace(files);
  }

  /** Puts other files in the place of the reader's, which go to the history. */
  async take(files: SourceFiles): Promise<void> {
    const own = this.#lent?.own ?? this.files;
    this.#lent = undefined;
    await this.#work.setAside(own);
    this.#editor.replace(files);
  }

  /**
   * Shows other files without keeping them: the reader's own stay as they are kept until the reader edits what is shown, and go to the
   * history then. `giveBack` shows them again.
   */
  lend(files: SourceFiles): void {
    this.#lent = { own: this.#lent?.own ?? this.files, files: { ...this.files, ...files } };
    this.#editor.replace(files);
  }

  giveBack(): void {
    const lent = this.#lent;
    this.#lent = undefined;
    if (lent !== undefined) this.#editor.replace(lent.own);
  }

  /** Whether what is shown is lent, and not edited yet. */
  get lent(): boolean {
    return this.#lent !== undefined;
  }

  mark(problem: Problem | undefined): void {
    this.#editor.mark(problem);
  }

  /** Puts the cursor on a line, from 1, of a file; where left out, of the first one. */
  focus(line?: number, file = Object.keys(this.files)[0]): void {
    this.#tabs.select(file);
    this.#editor.focus(line);
  }

  /** Notes that what stands in the editor is being run: it is saved, and goes to the history. */
  ran(): Promise<void> {
    return this.#work.ran(this.files);
  }

  /**
   * Shows how the reader's files and others differ, beside the desk; again, closes it.
   *
   * @param name of the others, for a reader: "our solution" @returns whether it is open now
   */
  compare(others: SourceFiles, name: string, opener: HTMLElement): boolean {
    const texts = (): Texts => ({
      before: this.files[this.#shown] ?? "",
      after: others[this.#shown] ?? "",
      names: { before: "yours", after: name },
    });
    return this.#openComparison(`Your code and ${name}`, texts, opener);
  }

  #listen(): void {
    const on = (name: string, act: (button: HTMLElement) => unknown): void => {
      const button = part(this.#root, name);
      button.addEventListener("click", () => void act(button));
    };
    on("format", () => this.#format());
    on("compare-starter", (button) => this.#compareStarter(button));
    on("history", (button) => this.#openHistory(button));
    on("reset", () => this.#reset("reset"));
    on("undo", () => this.#undo());
    on("keep", () => this.#keep());
    on("take", () => this.#reset("new-starter"));
    on("compare-stale", (button) => this.compare(this.#work.origin.starter, "the new starter", button));
    on("keep-here", () => this.#keepHere());
    on("take-other", () => this.#takeOther());
    on("compare-other", (button) => this.compare(this.#other ?? {}, "the other code", button));
    on("findings", () => this.focus(this.#firstError?.line, this.#firstError?.file));
    const save = (): void => void this.#work.flush();
    addEventListener("pagehide", save);
    this.#root.addEventListener("focusout", save);
    document.addEventListener("visibilitychange", () => void this.#work.look());
  }

  #listeners() {
    return {
      onEdit: () => this.#edited(),
      onRun: () => this.#host.onRun(),
      onFormat: () => void this.#format(),
      onFindings: (findings: Findings) => this.#showFindings(findings),
      onLeaving: (leaving: boolean) => {
        part(this.#root, "leaving").textContent = leaving ? "Tab leaves the editor now." : "";
      },
    };
  }

  #edited(): void {
    this.#editor.mark(undefined);
    if (this.#lent !== undefined && !sameFiles(this.files, this.#lent.files)) {
      void this.#work.setAside(this.#lent.own);
      this.#lent = undefined;
    }
    if (this.#lent === undefined) this.#work.edited(this.files);
    this.#compared?.comparison.update(this.#compared.texts());
    this.#host.onEdit?.();
  }

  #show(file: string): void {
    this.#shown = file;
    this.#editor.show(file);
    this.#compared?.comparison.update(this.#compared.texts());
  }

  async #format(): Promise<void> {
    const before = this.files[this.#shown];
    try {
      await this.#editor.format();
      this.#say(this.files[this.#shown] === before ? "It is laid out already." : "Laid out anew.");
    } catch {
      this.#say("The layout needs the full editor's scripts, which could not be loaded.");
    }
  }

  async #reset(reason: "reset" | "new-starter"): Promise<void> {
    this.#aside = await this.#work.reset(this.files, reason);
    this.#editor.replace(this.#work.origin.starter);
    part(this.#root, "stale").hidden = true;
    part(this.#root, "undo").hidden = this.#aside === undefined;
    this.#say("The starter is back. Your code was put aside: Undo reset brings it back.");
  }

  async #undo(): Promise<void> {
    if (this.#aside === undefined) return;
    this.#editor.replace(await this.#work.restore(this.#aside.id));
    this.#aside = undefined;
    part(this.#root, "reset").focus();
    part(this.#root, "undo").hidden = true;
    this.#say("Your code is back.");
  }

  async #keep(): Promise<void> {
    await this.#work.keep(this.files);
    part(this.#root, "stale").hidden = true;
    this.#say("Your code stays.");
  }

  #compareStarter(button: HTMLElement): void {
    const starter = this.#work.origin.starter;
    const texts = (): Texts => ({
      before: starter[this.#shown] ?? "",
      after: this.files[this.#shown] ?? "",
      names: { before: "the starter", after: "yours" },
    });
    this.#openComparison("The starter and your code", texts, button);
  }

  #openComparison(title: string, texts: () => Texts, opener: HTMLElement): boolean {
    if (this.#panel.isOpenFor(opener)) {
      this.#panel.close();
      return false;
    }
    const comparison = new Comparison(texts());
    this.#panel.open(title, comparison.content, opener, () => {
      comparison.close();
      this.#compared = undefined;
    });
    this.#compared = { comparison, texts };
    if (this.#host.root.dataset.editor === "full") void comparison.useEditor();
    return true;
  }

  async #openHistory(opener: HTMLElement): Promise<void> {
    if (this.#panel.isOpenFor(opener)) return this.#panel.close();
    await this.#work.flush();
    const content: HTMLElement[] = historyView(await this.#work.history(), KEPT_SNAPSHOTS, {
      restore: (version) => void this.#restore(version),
      compare: (version) => this.#compareVersion(version, opener),
    });
    this.#panel.open("History", [...content, document.createElement("hp-your-work")], opener);
    await import("./your-work-element.ts");
  }

  async #restore(version: Snapshot): Promise<void> {
    this.#editor.replace(await this.#work.restore(version.id, this.files));
    this.#panel.close();
    this.#say("That version is back. What stood here is in the history now.");
  }

  #compareVersion(version: Snapshot, opener: HTMLElement): void {
    const files = this.#work.filesOf(version);
    const texts = (): Texts => ({
      before: files[this.#shown] ?? "",
      after: this.files[this.#shown] ?? "",
      names: { before: "that version", after: "yours" },
    });
    this.#panel.close();
    this.#openComparison("A version of the history and your code", texts, opener);
  }

  #askWhich(theirs: SourceFiles | undefined): void {
    this.#other = theirs;
    this.#notices.otherTab(theirs !== undefined);
  }

  async #keepHere(): Promise<void> {
    await this.#work.keepMine(this.files);
    this.#settled("This tab's code stays. The other one is in the history.");
  }

  async #takeOther(): Promise<void> {
    this.#editor.replace(await this.#work.takeTheirs(this.files));
    this.#settled("The other code is here now. This tab's is in the history.");
  }

  #settled(sentence: string): void {
    this.#notices.otherTab(false);
    this.#other = undefined;
    this.#editor.focus();
    this.#say(sentence);
  }

  #showFindings({ typeErrors, first }: Findings): void {
    const button = part(this.#root, "findings");
    this.#firstError = first;
    button.hidden = typeErrors === 0;
    const errors = typeErrors === 1 ? "1 type error" : `${typeErrors} type errors`;
    const several = Object.keys(this.files).length > 1;
    const place = `line ${first?.line}${several ? ` of ${first?.file}` : ""}`;
    button.textContent = `${errors}, the first on ${place}. It can run all the same.`;
  }

  #fields(): HTMLTextAreaElement[] {
    return [...this.#root.querySelectorAll<HTMLTextAreaElement>("textarea[data-file]")].filter(fileOf);
  }

  #say(sentence: string): void {
    part(this.#root, "said").textContent = sentence;
  }
}
