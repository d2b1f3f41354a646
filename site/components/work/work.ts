import { type SourceFiles, sameFiles } from "../../../lab/sandbox/source-files.ts";
import type { Draft, DraftText, Snapshot, SnapshotReason, Store } from "../../store/index.ts";

/** How long after the last keystroke the text is saved, ms. */
const SAVE_AFTER_MS = 300;

/** What an editor begins with: the reader's own files where there are any. */
export interface Beginning {
  files: SourceFiles;
  /** The starter has changed since the reader's text was begun. */
  stale: boolean;
}

/** What a reader's text is kept under, and what it began from. */
export interface Origin {
  /** `exercise/<id>` or `lab/<id>`. */
  key: string;
  /** For a reader, in lists of what is kept. */
  title: string;
  starter: SourceFiles;
  starterHash: string;
}

/** Keeps the reader's text of one exercise, or of one lab. */
export class Work {
  readonly origin: Origin;
  readonly #store: Store;
  /** Another tab has changed the draft: its files, the starter where it was reset; undefined once both are the same. */
  onOtherTab: (theirs: SourceFiles | undefined) => void = () => {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pending: SourceFiles | undefined;
  #starterHash: string;
  /** What stands in this tab's editor, as far as it is known here. */
  #current: SourceFiles;
  /** The version in which this tab's text is held while the reader has not said which one to keep. */
  #held: number | undefined;
  #disputed = false;
  /** What was there when the reader came, until the first edit puts it aside. */
  #found: Draft | undefined;
  /** One thing at a time, so that a save never overtakes another. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(store: Store, origin: Origin) {
    this.#store = store;
    this.origin = origin;
    this.#starterHash = origin.starterHash;
    this.#current = origin.starter;
    store.drafts.onOtherTab((key) => {
      if (key === origin.key) void this.look();
    });
  }

  /** Whether the reader has to say which of two tabs' texts to keep. */
  get disputed(): boolean {
    return this.#disputed;
  }

  async begin(): Promise<Beginning> {
    const draft = await this.#store.drafts.load(this.origin.key);
    if (draft === undefined) return { files: this.origin.starter, stale: false };
    const files = this.#filesOf(draft);
    this.#current = files;
    if (sameFiles(files, this.origin.starter)) return { files, stale: false };
    this.#found = draft;
    this.#starterHash = draft.starterHash;
    return { files, stale: draft.starterHash !== this.origin.starterHash };
  }

  /** Saves the files soon. */
  edited(files: SourceFiles): void {
    this.#pending = files;
    this.#current = files;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), SAVE_AFTER_MS);
  }

  /** Saves now what waits to be saved. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    return this.#inTurn(() => this.#flush());
  }

  async #flush(): Promise<void> {
    const files = this.#pending;
    if (files === undefined) return;
    this.#pending = undefined;
    await this.#putFoundAside(files);
    if (this.#disputed) return this.#hold(files);
    const saved = await this.#store.drafts.save(this.origin.key, this.#textOf(files));
    if (saved.saved) return;
    await this.#hold(files);
    this.#dispute(saved.theirs === undefined ? this.origin.starter : this.#filesOf(saved.theirs));
  }

  /** Looks whether another tab has changed the draft, and asks the reader if so. */
  look(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#flush();
      const now = await this.#store.drafts.check(this.origin.key);
      if (now.saved) return;
      const theirs = now.theirs === undefined ? this.origin.starter : this.#filesOf(now.theirs);
      if (!sameFiles(theirs, this.#current)) return this.#dispute(theirs);
      await this.#store.drafts.load(this.origin.key);
      if (this.#disputed) this.onOtherTab(undefined);
      this.#disputed = false;
    });
  }

  /** The reader goes on with what stands here; what the other tab wrote goes to the history. */
  keepMine(files: SourceFiles): Promise<void> {
    return this.#inTurn(async () => {
      this.#pending = undefined;
      await this.#store.drafts.overwrite(this.origin.key, this.#textOf(files));
      if (this.#held !== undefined) await this.#store.drafts.forget(this.#held);
      this.#held = undefined;
      this.#disputed = false;
    });
  }

  /** The reader goes on with the other tab's; what stood here goes to the history. @returns the other tab's files */
  takeTheirs(files: SourceFiles): Promise<SourceFiles> {
    return this.#inTurn(async () => {
      this.#pending = undefined;
      await this.#hold(files);
      this.#held = undefined;
      this.#disputed = false;
      const draft = await this.#store.drafts.load(this.origin.key);
      this.#starterHash = draft?.starterHash ?? this.origin.starterHash;
      this.#current = draft === undefined ? this.origin.starter : this.#filesOf(draft);
      return this.#current;
    });
  }

  /** The reader keeps a text that was begun from an older starter, and isn't asked again. */
  async keep(files: SourceFiles): Promise<void> {
    this.#starterHash = this.origin.starterHash;
    this.#pending = files;
    await this.flush();
  }

  /** Puts the reader's text aside and begins again. @returns what was put aside, to undo it */
  async reset(files: SourceFiles, reason: "reset" | "new-starter"): Promise<Snapshot | undefined> {
    this.#pending = files;
    await this.flush();
    return this.#inTurn(() => {
      this.#starterHash = this.origin.starterHash;
      this.#current = this.origin.starter;
      return this.#store.drafts.reset(this.origin.key, reason);
    });
  }

  /** Makes a version of the history the text again; `files`, which stand there now, go to the history. */
  async restore(snapshotId: number, files?: SourceFiles): Promise<SourceFiles> {
    if (files !== undefined) this.#pending = files;
    await this.flush();
    return this.#inTurn(async () => {
      const draft = await this.#store.drafts.restore(this.origin.key, snapshotId);
      this.#starterHash = draft.starterHash;
      this.#current = this.#filesOf(draft);
      return this.#current;
    });
  }

  /** Versions put aside, newest first. */
  history(): Promise<Snapshot[]> {
    return this.#store.drafts.history(this.origin.key);
  }

  /** Puts what is run into the history, unless it is the newest version there, or the starter. */
  async ran(files: SourceFiles): Promise<void> {
    await this.flush();
    if (sameFiles(files, this.origin.starter)) return;
    await this.#inTurn(async () => {
      const versions = await this.history();
      if (versions.some((version) => sameFiles(this.#filesOf(version), files))) return;
      await this.#putAside(files, "run");
    });
  }

  /** Puts files into the history, since something else takes their place; the starter is had back without. */
  async setAside(files: SourceFiles): Promise<void> {
    await this.flush();
    if (!sameFiles(files, this.origin.starter)) await this.#inTurn(() => this.#putAside(files, "replaced"));
  }

  /** The files of a version. */
  filesOf(version: Snapshot): SourceFiles {
    return this.#filesOf(version);
  }

  async #putFoundAside(files: SourceFiles): Promise<void> {
    const found = this.#found;
    this.#found = undefined;
    if (found === undefined || sameFiles(this.#filesOf(found), files)) return;
    const versions = await this.history();
    if (versions.some((version) => sameFiles(this.#filesOf(version), this.#filesOf(found)))) return;
    await this.#store.drafts.putAside(this.origin.key, found, "opened");
  }

  async #hold(files: SourceFiles): Promise<void> {
    this.#held = await this.#putAside(files, "other-tab", this.#held);
  }

  #putAside(files: SourceFiles, reason: SnapshotReason, id?: number): Promise<number> {
    return this.#store.drafts.putAside(this.origin.key, this.#textOf(files), reason, id);
  }

  #dispute(theirs: SourceFiles): void {
    this.#disputed = true;
    this.onOtherTab(theirs);
  }

  #textOf(files: SourceFiles): DraftText {
    const [[, code], ...others] = Object.entries(files);
    const text: DraftText = { code, starterHash: this.#starterHash, title: this.origin.title };
    if (others.length > 0) text.otherFiles = Object.fromEntries(others);
    return text;
  }

  /** Files that the draft lacks are the starter's: it was begun before they were there. */
  #filesOf({ code, otherFiles = {} }: Pick<DraftText, "code" | "otherFiles">): SourceFiles {
    const [first] = Object.keys(this.origin.starter);
    return { ...this.origin.starter, ...otherFiles, [first]: code };
  }

  #inTurn<R>(act: () => Promise<R>): Promise<R> {
    const turn = this.#queue.then(act);
    this.#queue = turn.catch(() => {});
    return turn;
  }
}
