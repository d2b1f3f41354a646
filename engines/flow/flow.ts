import { COMMAND_WORDS } from "../contract/binary.ts";
import { CoreFlow } from "./core-flow.ts";
import { FullFlow } from "./full-flow.ts";
import { PROFILES, type Profile, type ProfileName } from "./profiles.ts";

/** An endless seeded stream of commands in their binary form: the same profile and seed give the same bits everywhere. */
export class Flow {
  readonly #source: CoreFlow | FullFlow;

  /**
   * @param profile a profile, or its name in `PROFILES`
   * @param seed 0 … 2^32 − 1
   * @throws RangeError where the name or the seed is none
   */
  constructor(profile: ProfileName | Profile, seed: number) {
    const chosen = typeof profile === "string" ? profileNamed(profile) : profile;
    this.#source = chosen.kind === "core" ? new CoreFlow(chosen, seed) : new FullFlow(chosen, seed);
  }

  /** Writes the next command to `into[offset]` … `into[offset + 5]`. */
  next(into: Int32Array, offset: number): void {
    this.#source.next(into, offset);
  }
}

/** The first `commands` records of a flow, one after the other, 6 words each. @throws RangeError as `Flow` does */
export function generate(profile: ProfileName | Profile, seed: number, commands: number): Int32Array {
  const flow = new Flow(profile, seed);
  const records = new Int32Array(commands * COMMAND_WORDS);
  for (let offset = 0; offset < records.length; offset += COMMAND_WORDS) flow.next(records, offset);
  return records;
}

/** @throws RangeError that lists the profiles */
export function profileNamed(name: string): Profile {
  if (!Object.hasOwn(PROFILES, name)) {
    throw new RangeError(`no flow profile is named "${name}": choose one of ${Object.keys(PROFILES).join(", ")}`);
  }
  return PROFILES[name as ProfileName];
}
