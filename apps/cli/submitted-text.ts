import type { BinaryDoor } from "../../engines/contract/engine.ts";
import { EventCursor } from "../../engines/contract/event-records.ts";
import { eventText } from "../../engines/contract/text.ts";

/** Characters of text that are handed on at once. */
const TEXT_LENGTH = 2 ** 16;

const NO_OPS: Iterable<string | null> = [];

/**
 * Submits the first `words` words of an engine's commands, and yields the text of their events in pieces, each event on a
 * line.
 *
 * @param unknownOps the ops without a code as they came, in order: a record can't carry them
 */
export function* submittedText(
  engine: BinaryDoor,
  words: number,
  unknownOps: Iterable<string | null> = NO_OPS,
): Generator<string> {
  const eventWords = engine.submit(words);
  const ops = unknownOps[Symbol.iterator]();
  const cursor = new EventCursor();
  cursor.reset(engine.events, eventWords);
  let text = "";
  while (cursor.next()) {
    const unknownOp = cursor.isUnknownOp ? (ops.next().value ?? null) : null;
    text += `${eventText(cursor, unknownOp)}\n`;
    if (text.length < TEXT_LENGTH) continue;
    yield text;
    text = "";
  }
  if (text !== "") yield text;
}
