import { type ImportPlan, type Keeping, store } from "../../store/index.ts";
import { make, part } from "../exercise/element-parts.ts";
import { planView } from "./plan-view.ts";

/** Where all that the reader has done is taken to a file, had back from one, and thinned out. It makes its own markup. */
class YourWorkElement extends HTMLElement {
  #text = "";
  #end: () => void = () => {};

  connectedCallback(): void {
    if (this.dataset.state === undefined) {
      this.replaceChildren(...markup());
      this.#listen();
      this.dataset.state = "ready";
    }
    this.#end = store().onTrouble((keeping) => void this.#showStorage(keeping));
    void this.#showStorage();
  }

  disconnectedCallback(): void {
    this.#end();
  }

  #listen(): void {
    const on = (name: string, act: () => unknown): void => part(this, name).addEventListener("click", () => void act());
    const file = part<HTMLInputElement>(this, "file");
    on("export", () => this.#export());
    on("choose", () => file.click());
    on("import", () => this.#import());
    on("cancel", () => this.#closePlan("Nothing was imported."));
    on("persist", () => this.#persist());
    on("delete", () => this.#delete());
    file.addEventListener("change", () => void this.#plan(file));
  }

  async #export(): Promise<void> {
    const work = await store().exportWork();
    const address = URL.createObjectURL(new Blob([JSON.stringify(work)], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = `hotpath-${work.exportedAt.slice(0, 10)}.json`;
    link.click();
    // The download has begun by the next turn of the page's loop.
    setTimeout(() => URL.revokeObjectURL(address), 1_000);
    // Only what is in a file is deleted here.
    part<HTMLButtonElement>(this, "delete").disabled = false;
    this.#say(`Exported as ${link.download}.`);
  }

  async #plan(input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0];
    if (file === undefined) return;
    try {
      this.#text = await file.text();
      this.#openPlan(await store().planImport(this.#text));
    } catch (error) {
      this.#closePlan((error as Error).message);
    }
    input.value = "";
  }

  #openPlan(plan: ImportPlan): void {
    part(this, "plan-body").replaceChildren(...planView(plan));
    part(this, "plan").hidden = false;
    part(this, "plan").focus();
    this.#say("");
  }

  #closePlan(sentence: string): void {
    const plan = part(this, "plan");
    const focused = plan.contains(document.activeElement);
    plan.hidden = true;
    if (focused) part(this, "choose").focus();
    this.#text = "";
    this.#say(sentence);
  }

  async #import(): Promise<void> {
    const { drafts, exercises } = await store().importWork(this.#text);
    this.#closePlan(
      `Imported: ${count(drafts, "text")} replaced or added, progress in ${count(exercises, "exercise")}.`,
    );
    this.dispatchEvent(new CustomEvent("hp-imported", { bubbles: true }));
  }

  async #persist(): Promise<void> {
    const granted = await navigator.storage.persist();
    await this.#showStorage();
    this.#say(
      granted ? "The browser will not clear it by itself." : "The browser did not promise it. Export now and then.",
    );
  }

  async #delete(): Promise<void> {
    const { versions, attempts, keeping } = await store().makeRoom();
    part<HTMLButtonElement>(this, "delete").disabled = true;
    const deleted = `${count(versions, "old version")} and ${count(attempts, "old attempt")} deleted. `;
    this.#say(deleted + (keeping.kept ? "Your work is kept." : keeping.why));
    await this.#showStorage();
  }

  async #showStorage(known?: Keeping): Promise<void> {
    const keeping = known ?? (await store().keeping());
    const { persisted, estimate } = navigator.storage ?? {};
    const promised = persisted === undefined || (await navigator.storage.persisted());
    const used = estimate === undefined ? undefined : (await navigator.storage.estimate()).usage;
    part(this, "persist").hidden = promised || !keeping.kept;
    const size = used === undefined ? "" : ` This site uses ${megabytes(used)} of the browser's storage.`;
    const clear = promised ? "" : " The browser may clear it when it runs short of room.";
    part(this, "storage").textContent = keeping.kept
      ? `Kept in this browser alone.${size}${clear} A private window forgets it when it is closed.`
      : keeping.why;
  }

  #say(text: string): void {
    part(this, "message").textContent = text;
  }
}

function markup(): HTMLElement[] {
  const named = <E extends HTMLElement>(element: E, name: string): E => {
    element.dataset.part = name;
    return element;
  };
  const button = (name: string, label: string): HTMLButtonElement => {
    const made = named(make("button", "", label), name);
    made.type = "button";
    return made;
  };
  const file = named(make("input", ""), "file");
  Object.assign(file, { type: "file", accept: ".json,application/json", hidden: true, ariaLabel: "File to import" });
  const remove = button("delete", "Delete old versions");
  remove.disabled = true;
  const deleteNote = make(
    "small",
    "",
    "Export first: then old versions and attempts can be deleted. Drafts and points stay.",
  );
  const message = named(make("p", "desk-said"), "message");
  message.setAttribute("role", "status");
  message.dataset.testid = "transfer-message";
  const plan = named(
    make(
      "div",
      "desk-plan",
      named(make("div", ""), "plan-body"),
      make("div", "desk-actions", button("import", "Import this"), button("cancel", "Cancel")),
    ),
    "plan",
  );
  Object.assign(plan, { hidden: true, tabIndex: -1, role: "group", ariaLabel: "What the import changes" });
  plan.dataset.testid = "import-plan";
  const choices = make("div", "desk-actions", button("export", "Export"), button("choose", "Import"), file, remove);
  choices.append(button("persist", "Ask the browser to keep it"));
  return [
    make("p", "desk-your-work", make("b", "", "All of your work"), " as one file: texts, history, results and points."),
    named(make("p", "desk-storage"), "storage"),
    choices,
    deleteNote,
    plan,
    message,
  ];
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

function megabytes(bytes: number): string {
  return bytes < 1e6 ? "less than 1 MB" : `${Math.round(bytes / 1e6).toLocaleString("en")} MB`;
}

customElements.define("hp-your-work", YourWorkElement);
