import type { Command } from "../../engines/contract/commands.ts";
import { decodeCommand } from "../../engines/contract/decode.ts";
import { Flow } from "../../engines/flow/flow.ts";
import type { ProfileName } from "../../engines/flow/profiles.ts";
import type { Background } from "./background.ts";
import type { CommandLog } from "./command-log.ts";
import { backgroundId } from "./ids.ts";

/** A bench's profile says nothing of time: in the lab its orders come evenly, 100,000 a simulated second. */
export const PROFILE_GAP_NS = 10_000;

/** A profile of the bench: it follows a book of its own and looks at no answers, so it never reacts to the strategy. */
export class ProfileBackground implements Background {
  readonly #flow: Flow;
  left: number;
  nextTimeNs = PROFILE_GAP_NS;

  /**
   * @param orders how many there are
   * @throws RangeError where the profile or the seed is none
   */
  constructor(profile: string, seed: number, orders: number) {
    // Flow checks the name itself, and lists the profiles.
    this.#flow = new Flow(profile as ProfileName, seed);
    this.left = orders;
  }

  next(log: CommandLog): Command {
    this.left--;
    const at = log.place(this.nextTimeNs);
    this.nextTimeNs += PROFILE_GAP_NS;
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

  onAccepted(): void {}
  onExecuted(): void {}
  onCanceled(): void {}
  onRefused(): void {}
  onOwnOrder(): void {}
  onBook(): void {}
}
