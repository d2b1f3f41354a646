import { COMMAND_WORDS, EVENT_WORDS } from "../../engines/contract/binary.ts";
import type { BinaryDoor } from "../../engines/contract/engine.ts";
import { decodeEvents } from "../../engines/contract/event-records.ts";
import { EventHash } from "../../engines/contract/hash.ts";

// #region execute-one
/** Executes one command record. @returns a view of its events, good until the engine's next call */
export function executeOne(engine: BinaryDoor, record: Int32Array): Int32Array {
  engine.reserve(1);
  engine.commands.set(record);
  const words = engine.submit(COMMAND_WORDS);
  return engine.events.subarray(0, words);
}
// #endregion execute-one

/** The first difference, in words, of two streams of records; -1 where they are equal. */
export function firstDifference(a: Int32Array, b: Int32Array): number {
  const shorter = Math.min(a.length, b.length);
  for (let word = 0; word < shorter; word++) if (a[word] !== b[word]) return word;
  return a.length === b.length ? -1 : shorter;
}

/** What an engine gave for a command, in the contract's text. */
export function eventText(records: Int32Array): string {
  const events = decodeEvents(records, records.length - (records.length % EVENT_WORDS));
  return events.map((event) => JSON.stringify(event)).join(" ") || "nothing";
}

// #region journal
/** Every command in its order, and what its client was told. In memory here; a real one is on a disk before its command is executed. */
export class Journal {
  readonly #commands: Int32Array[] = [];
  readonly #told: Int32Array[] = [];

  /** Written before the command is executed: what was not written never happened. @param record is copied */
  command(record: Int32Array): void {
    this.#commands.push(record.slice());
  }

  /** Written when the client is told. @param events are copied */
  answer(events: Int32Array): void {
    this.#told.push(events.slice());
  }

  get commands(): number {
    return this.#commands.length;
  }

  /** Of all that clients were told. */
  get hash(): string {
    const hash = new EventHash();
    for (const events of this.#told) hash.add(events, events.length);
    return hash.value;
  }

  /**
   * Brings an engine with an empty book to where this journal ends.
   *
   * @returns what it gave for commands that nobody had answered yet, the first command, from 0, of which its client was told otherwise,
   * and the hash of what it gave for all others
   */
  replay(engine: BinaryDoor): { unanswered: Int32Array[]; toldOtherwise: number | undefined; hash: string } {
    const hash = new EventHash();
    const unanswered: Int32Array[] = [];
    let toldOtherwise: number | undefined;
    for (const [index, record] of this.#commands.entries()) {
      const events = executeOne(engine, record);
      const told = this.#told[index];
      if (told === undefined) {
        unanswered.push(events.slice());
        continue;
      }
      hash.add(events, events.length);
      if (toldOtherwise === undefined && firstDifference(told, events) !== -1) toldOtherwise = index;
    }
    return { unanswered, toldOtherwise, hash: hash.value };
  }
}
// #endregion journal
