import type { Command } from "../../engines/contract/commands.ts";
import { decodeCommand } from "../../engines/contract/decode.ts";
import { Flow } from "../../engines/flow/flow.ts";
import type { ProfileName } from "../../engines/flow/profiles.ts";
import type { CommandLog } from "./command-log.ts";
import { backgroundId } from "./ids.ts";

/** The orders of everyone else: a seeded flow, as objects, the way orders reach the high-level side of a trading system. */
export class Background {
  readonly #flow: Flow;
  #left: number;

  /**
   * @param orders how many there are
   * @throws RangeError where the profile or the seed is none
   */
  constructor(profile: string, seed: number, orders: number) {
    // Flow checks the name itself, and lists the profiles.
    this.#flow = new Flow(profile as ProfileName, seed);
    this.#left = orders;
  }

  /** Orders still to come. */
  get left(): number {
    return this.#left;
  }

  /** The next order, whose record it adds to the log; not to be called where none is left. */
  next(log: CommandLog): Command {
    this.#left--;
    const at = log.place();
    const records = log.records;
    for (;;) {
      this.#flow.next(records, at);
      records[at + 1] = backgroundId(records[at + 1]);
      // A record of unknown op is no order: the flow's next one is.
      const command = decodeCommand(records, at);
      // Its values may be invalid: then the engine rejects it, which is a part of some flows.
      if (command !== null) return command as Command;
    }
  }
}
