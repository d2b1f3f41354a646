import { parseTick } from "../../../engines/flow/recorded-price.ts";
import type { RecordingFormat } from "../../../lab/sandbox/protocol.ts";
import { make, part } from "../exercise/element-parts.ts";
import type { RecordedFile } from "./recorded-file.ts";
import type { SettingProblem } from "./run-settings.ts";

/** The fields of a reader's own recorded market: chosen by a button or dropped on the lab, and read where it lies. */
export class OwnFile {
  readonly #root: HTMLElement;
  readonly #onChosen: () => void;
  #file: RecordedFile | undefined;

  /** @param onChosen a file is there, or is not any more */
  constructor(root: HTMLElement, onChosen: () => void) {
    this.#root = root;
    this.#onChosen = onChosen;
    const input = part<HTMLInputElement>(root, "own-file");
    part(root, "choose-file").addEventListener("click", () => input.click());
    input.addEventListener("change", () => {
      if (input.files?.[0]) void this.#take(input.files[0]);
      input.value = "";
    });
    this.#takeDrops();
  }

  get bytes(): Uint8Array<ArrayBuffer> | undefined {
    return this.#file?.bytes;
  }

  /** What the request says of the file, or what is missing. */
  read(): RecordingFormat | SettingProblem {
    const file = this.#file;
    const symbolField = part<HTMLInputElement>(this.#root, "symbol");
    if (file === undefined) {
      return { problem: "Choose a file first, or another market.", field: part(this.#root, "choose-file") };
    }
    let tick: number;
    const tickField = part<HTMLInputElement>(this.#root, "tick");
    try {
      tick = parseTick(tickField.value.trim());
    } catch (error) {
      return { problem: (error as Error).message, field: tickField };
    }
    const symbol = symbolField.value.trim().toUpperCase();
    if (file.format === "lobster") return { format: "lobster", tick };
    const has = file.symbols;
    if (symbol === "" && has.length > 1) {
      return { problem: `${file.name} has several symbols. Choose one: ${listed(has)}.`, field: symbolField };
    }
    if (symbol !== "" && has.length > 0 && !has.includes(symbol)) {
      return { problem: `${file.name} has no symbol ${symbol}. It has ${listed(has)}.`, field: symbolField };
    }
    return { format: "itch", tick, ...(symbol !== "" && { symbol }) };
  }

  async #take(file: File): Promise<void> {
    const status = part(this.#root, "file-status");
    status.textContent = `Reading ${file.name}.`;
    try {
      const { readRecordedFile } = await import("./recorded-file.ts");
      this.#file = await readRecordedFile(file);
      status.textContent = described(this.#file);
    } catch (error) {
      this.#file = undefined;
      status.textContent = (error as Error).message;
    }
    status.classList.toggle("bad", this.#file === undefined);
    const symbols = this.#file?.symbols ?? [];
    part(this.#root, "symbols").replaceChildren(
      ...symbols.map((symbol) => Object.assign(make("option", ""), { value: symbol })),
    );
    const field = part<HTMLInputElement>(this.#root, "symbol");
    field.disabled = this.#file?.format === "lobster";
    field.value = symbols.length === 1 ? symbols[0] : "";
    this.#onChosen();
  }

  #takeDrops(): void {
    const holdsFile = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;
    const end = () => this.#root.removeAttribute("data-dropping");
    // Before the editor, which would open it as text.
    this.#root.addEventListener(
      "dragover",
      (event) => {
        if (!holdsFile(event)) return;
        event.preventDefault();
        this.#root.toggleAttribute("data-dropping", true);
      },
      true,
    );
    this.#root.addEventListener("dragleave", (event) => {
      if (!this.#root.contains(event.relatedTarget as Node | null)) end();
    });
    this.#root.addEventListener(
      "drop",
      (event) => {
        end();
        const file = event.dataTransfer?.files[0];
        if (file === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        void this.#take(file);
      },
      true,
    );
  }
}

/** Names that a sentence can hold. */
const LISTED = 30;

function listed(names: readonly string[]): string {
  const more = names.length - LISTED;
  return names.slice(0, LISTED).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function described({ name, format, bytes, cut, symbols }: RecordedFile): string {
  const size = `${(bytes.length / 1e6).toLocaleString("en", { maximumFractionDigits: 1 })} MB`;
  const kind = format === "itch" ? "ITCH 5.0" : "LOBSTER";
  const part = cut ? `, of which the first ${size} were read` : `, ${size}`;
  const stocks = symbols.length > 1 ? `, ${symbols.length} symbols` : symbols.length === 1 ? `, ${symbols[0]}` : "";
  return `${name}: ${kind}${part}${stocks}. It stays on this machine.`;
}
