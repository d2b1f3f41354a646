import type { RunRequest } from "../../../lab/sandbox/protocol.ts";
import { part } from "../exercise/element-parts.ts";

const MAX_SEED = 2 ** 32 - 1;

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
  readonly #profile: string;

  constructor(root: HTMLElement, profile: string) {
    this.#root = root;
    this.#profile = profile;
  }

  /** The settings as they stand in the fields, or what is wrong with the first that can't be taken. */
  read(): Settings | SettingProblem {
    const field = part<HTMLInputElement>(this.#root, "seed");
    const seed = Number(field.value);
    if (!Number.isInteger(seed) || seed < 0 || seed > MAX_SEED) {
      return { problem: `The seed must be a whole number from 0 to ${MAX_SEED.toLocaleString("en")}.`, field };
    }
    return { seed, profile: this.#profile, orders: Number(part<HTMLSelectElement>(this.#root, "orders").value) };
  }
}
