import type { BinaryDoor } from "../../engines/contract/engine.ts";
import { eventText, executeOne, firstDifference, Journal } from "./journal.ts";

/** The first command on which live and shadow differed. */
export interface ShadowDifference {
  /** From 0. */
  command: number;
  /** Their events, in the contract's text. */
  live: string;
  shadow: string;
}

export interface ShadowCounts {
  commands: number;
  /** Commands that both executed and agreed on. */
  agreed: number;
  /** Commands on which they differed, by their answer or by a trap of the shadow. */
  differed: number;
}

/** The shadow's answer, or why there is none: whatever it does, the client's answer stands already. */
function shadowAnswer(shadow: BinaryDoor, record: Int32Array): Int32Array | string {
  try {
    return executeOne(shadow, record);
  } catch (error) {
    return (error as Error).message;
  }
}

/** Stands before two engines. Clients are told what the live one says; the shadow's answers are only compared. */
export class ShadowRouter {
  readonly journal = new Journal();
  #live: BinaryDoor;
  #shadow: BinaryDoor | undefined;
  #counts: ShadowCounts = { commands: 0, agreed: 0, differed: 0 };
  #difference: ShadowDifference | undefined;

  /** @param live with an empty book, as the shadow */
  constructor(live: BinaryDoor, shadow: BinaryDoor) {
    this.#live = live;
    this.#shadow = shadow;
  }

  get counts(): Readonly<ShadowCounts> {
    return this.#counts;
  }

  get difference(): ShadowDifference | undefined {
    return this.#difference;
  }

  // #region execute
  /** Executes one command record. @returns what the client is told, its own copy @throws what the live engine throws */
  execute(record: Int32Array): Int32Array {
    this.journal.command(record);
    const told = executeOne(this.#live, record).slice();
    this.journal.answer(told);
    this.#counts.commands++;
    if (this.#shadow !== undefined) this.#compare(told, shadowAnswer(this.#shadow, record));
    return told;
  }

  #compare(told: Int32Array, shadow: Int32Array | string): void {
    const trapped = typeof shadow === "string";
    if (!trapped && firstDifference(told, shadow) === -1) {
      this.#counts.agreed++;
      return;
    }
    this.#counts.differed++;
    this.#difference ??= {
      command: this.journal.commands - 1,
      live: eventText(told),
      shadow: trapped ? shadow : eventText(shadow),
    };
    // A trapped instance never answers again.
    if (trapped) this.#shadow = undefined;
  }
  // #endregion execute

  // #region cut-over
  /** Between two commands, the shadow becomes live, and the old engine its shadow. @throws Error where they have differed, or none is there */
  cutOver(): void {
    if (this.#difference !== undefined)
      throw new Error(
        `They differed on command ${this.#difference.command + 1}: find out why, and begin again with an empty shadow.`,
      );
    if (this.#shadow === undefined) throw new Error("There is no shadow to cut over to.");
    [this.#live, this.#shadow] = [this.#shadow, this.#live];
  }

  /**
   * Back, by the journal: an engine with an empty book is brought to where the journal ends, and becomes live, without a shadow.
   *
   * @returns as `Journal.replay`; what was unanswered is told now, and journaled
   */
  rollBack(engine: BinaryDoor): ReturnType<Journal["replay"]> {
    const replayed = this.journal.replay(engine);
    for (const events of replayed.unanswered) this.journal.answer(events);
    this.#counts.commands += replayed.unanswered.length;
    this.#live = engine;
    this.#shadow = undefined;
    return replayed;
  }
  // #endregion cut-over
}
