import type { RunRequest } from "../../../lab/sandbox/protocol.ts";
import { part } from "../exercise/element-parts.ts";
import { OwnFile } from "./own-file.ts";

const MAX_SEED = 2 ** 32 - 1;
const MAX_LATENCY_NS = 1e12;
const MAX_FEE = 1000;
/** The choice of a reader's own file among the markets. */
export const OWN_FILE = "own-file";

/** What is wrong with a setting, and the field to go to. */
export interface SettingProblem {
  problem: string;
  field: HTMLElement;
}

/** What a run is made of beside the code and the engines. */
export type Settings = Omit<RunRequest, "engines">;

/** The fields in which a reader sets a run. */
export class RunSettings {
  readonly #root: HTMLElement;
  readonly #file: OwnFile;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#file = new OwnFile(root, () => {
      if (this.#file.bytes === undefined) return;
      this.#market.value = OWN_FILE;
      this.#showMarket();
    });
    this.#market.addEventListener("change", () => this.#showMarket());
    this.#showMarket();
  }

  /** The bytes of the reader's own file, where that is the market. */
  get recording(): Uint8Array<ArrayBuffer> | undefined {
    return this.#market.value === OWN_FILE ? this.#file.bytes : undefined;
  }

  /** The name of the market, for a reader. */
  get marketTitle(): string {
    return this.#market.selectedOptions[0]?.textContent ?? "";
  }

  /** The settings as they stand in the fields, or what is wrong with the first that can't be taken. */
  read(): Settings | SettingProblem {
    const seed = this.#number("seed", "The seed", 0, MAX_SEED, true);
    const latencyNs = this.#number("latency", "The latency in ns", 0, MAX_LATENCY_NS, true);
    const makerTicks = this.#number("maker-fee", "The fee of a maker", -MAX_FEE, MAX_FEE, false);
    const takerTicks = this.#number("taker-fee", "The fee of a taker", -MAX_FEE, MAX_FEE, false);
    for (const each of [seed, latencyNs, makerTicks, takerTicks]) if (typeof each !== "number") return this.#open(each);
    const recording = this.#market.value === OWN_FILE ? this.#file.read() : undefined;
    if (recording !== undefined && "problem" in recording) return recording;
    return {
      seed: seed as number,
      profile: this.#market.value,
      orders: Number(this.#field("orders").value),
      ...(latencyNs !== 0 && { latencyNs: latencyNs as number }),
      ...((makerTicks !== 0 || takerTicks !== 0) && {
        fees: { makerTicks: makerTicks as number, takerTicks: takerTicks as number },
      }),
      ...(recording !== undefined && { recording }),
    };
  }

  /** Puts settings into the fields. A market that there is not is left as it is. */
  write({ seed, profile, orders, latencyNs = 0, fees }: Settings): void {
    const market = [...this.#market.options].some(({ value }) => value === profile);
    if (market) this.#market.value = profile;
    const sizes = this.#field("orders") as unknown as HTMLSelectElement;
    if (![...sizes.options].some(({ value }) => Number(value) === orders)) {
      sizes.add(new Option(orders.toLocaleString("en"), String(orders)));
    }
    sizes.value = String(orders);
    this.#field("seed").value = String(seed);
    this.#field("latency").value = String(latencyNs);
    this.#field("maker-fee").value = String(fees?.makerTicks ?? 0);
    this.#field("taker-fee").value = String(fees?.takerTicks ?? 0);
    if (latencyNs !== 0 || fees !== undefined) part<HTMLDetailsElement>(this.#root, "more").open = true;
    this.#showMarket();
  }

  #number(name: string, what: string, low: number, high: number, whole: boolean): number | SettingProblem {
    const field = this.#field(name);
    const value = Number(field.value);
    if (field.value.trim() !== "" && value >= low && value <= high && (!whole || Number.isInteger(value))) return value;
    const kind = whole ? "a whole number" : "a number";
    const problem = `${what} must be ${kind} from ${low.toLocaleString("en")} to ${high.toLocaleString("en")}.`;
    return { problem, field };
  }

  /** A field in a closed disclosure could not be gone to. */
  #open(problem: SettingProblem): SettingProblem {
    const details = problem.field.closest("details");
    if (details !== null) details.open = true;
    return problem;
  }

  #showMarket(): void {
    const own = this.#market.value === OWN_FILE;
    part(this.#root, "own").hidden = !own;
    part(this.#root, "market-about").textContent = this.#market.selectedOptions[0]?.dataset.about ?? "";
  }

  get #market(): HTMLSelectElement {
    return part<HTMLSelectElement>(this.#root, "market");
  }

  #field(name: string): HTMLInputElement {
    return part<HTMLInputElement>(this.#root, name);
  }
}
