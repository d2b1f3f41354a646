import { COMMAND_WORDS } from "../../engines/contract/binary.ts";
import { encodeCommand, type UncheckedCommand } from "../../engines/contract/encode.ts";
import type { BinaryDoor } from "../../engines/contract/engine.ts";
import { EventCursor } from "../../engines/contract/event-records.ts";
import { echoedOp, eventText } from "../../engines/contract/text.ts";

const MAX_COMMANDS = 1024;
/** Characters of text that are handed on at once. */
const TEXT_LENGTH = 2 ** 16;

/** Commands collected for an engine's binary door, and the text of the events that they give. */
export class CommandBatch {
  readonly #engine: BinaryDoor;
  readonly #cursor = new EventCursor();
  /** The ops that have no code, in order: a record can't carry them. */
  #unknownOps: (string | null)[] = [];
  #words = 0;
  #endsWithBook = false;

  constructor(engine: BinaryDoor) {
    this.#engine = engine;
    engine.reserve(MAX_COMMANDS);
  }

  /** Whether it must be executed before the next command. A book ends a batch, since its events may be many. */
  get isFull(): boolean {
    return this.#endsWithBook || this.#words === MAX_COMMANDS * COMMAND_WORDS;
  }

  add(command: UncheckedCommand): void {
    if (!encodeCommand(command, this.#engine.commands, this.#words)) this.#unknownOps.push(echoedOp(command));
    this.#endsWithBook = command.op === "book";
    this.#words += COMMAND_WORDS;
  }

  /** Executes the commands and yields the text of their events in pieces, each event on a line. It is empty then. */
  *execute(): Generator<string> {
    const words = this.#engine.submit(this.#words);
    const unknownOps = this.#unknownOps.values();
    this.#words = 0;
    this.#unknownOps = [];
    this.#endsWithBook = false;
    const cursor = this.#cursor;
    cursor.reset(this.#engine.events, words);
    let text = "";
    while (cursor.next()) {
      const unknownOp = cursor.isUnknownOp ? (unknownOps.next().value ?? null) : null;
      text += `${eventText(cursor, unknownOp)}\n`;
      if (text.length < TEXT_LENGTH) continue;
      yield text;
      text = "";
    }
    if (text !== "") yield text;
  }
}
