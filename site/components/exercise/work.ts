import type { Snapshot, Store } from "../../store/index.ts";

/** How long after the last keystroke the text is saved, ms. */
const SAVE_AFTER_MS = 300;

/** What an exercise begins with: the reader's own text where there is one. */
export interface Beginning {
  code: string;
  /** The starter has changed since the reader's text was begun. */
  stale: boolean;
}

/** What a reader's text is kept under, and what it began from. */
export interface Origin {
  id: string;
  starter: string;
  starterHash: string;
}

/** Keeps the reader's text of one exercise, or of one lab. */
export class Work {
  readonly #store: Store;
  readonly #exercise: Origin;
  readonly #key: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pending: string | undefined;
  #starterHash: string;

  constructor(store: Store, exercise: Origin, kind: "exercise" | "lab" = "exercise") {
    this.#store = store;
    this.#exercise = exercise;
    this.#key = `${kind}/${exercise.id}`;
    this.#starterHash = exercise.starterHash;
  }

  async begin(): Promise<Beginning> {
    const draft = await this.#store.drafts.load(this.#key);
    if (draft === undefined || draft.code === this.#exercise.starter)
      return { code: this.#exercise.starter, stale: false };
    this.#starterHash = draft.starterHash;
    return { code: draft.code, stale: draft.starterHash !== this.#exercise.starterHash };
  }

  /** Saves the text soon. */
  edited(code: string): void {
    this.#pending = code;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), SAVE_AFTER_MS);
  }

  /** Saves now what waits to be saved. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    const code = this.#pending;
    if (code === undefined) return;
    this.#pending = undefined;
    await this.#store.drafts.save(this.#key, { code, starterHash: this.#starterHash });
  }

  /** The reader keeps a text that was begun from an older starter, and isn't asked again. */
  async keep(code: string): Promise<void> {
    this.#starterHash = this.#exercise.starterHash;
    this.#pending = code;
    await this.flush();
  }

  /** Puts the reader's text aside and begins again. @returns what was put aside, to undo it */
  async reset(code: string, reason: "reset" | "new-starter"): Promise<Snapshot | undefined> {
    this.#pending = code;
    await this.flush();
    this.#starterHash = this.#exercise.starterHash;
    return this.#store.drafts.reset(this.#key, reason);
  }

  /** Takes back a reset. @returns the text as it was */
  async restore(snapshot: Snapshot): Promise<string> {
    const draft = await this.#store.drafts.restore(this.#key, snapshot.id);
    this.#starterHash = draft.starterHash;
    return draft.code;
  }
}
