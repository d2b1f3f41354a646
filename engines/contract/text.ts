/** The text form: commands in, one JSON object a line, and events out, as `JSON.stringify` would write them. */

import { KIND } from "./binary.ts";
import type { Command } from "./commands.ts";
import type { UncheckedCommand } from "./encode.ts";
import type { ObjectDoor } from "./engine.ts";
import { type EventCursor, misplacedKind } from "./event-records.ts";
import type { EngineEvent } from "./events.ts";

/** A line that is not a command's text; the message says why. */
export class LineError extends Error {
  override name = "LineError";
}

/**
 * Reads one line, without its line feed. What is in the object is not looked at: that is the engine's to reject.
 *
 * @throws LineError where the line is not one JSON object
 */
export function parseCommand(line: string): UncheckedCommand {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new LineError(line.startsWith("\uFEFF") ? "not JSON: it begins with a byte order mark" : notJson(error));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const kind = value === null ? "null" : Array.isArray(value) ? "an array" : `a ${typeof value}`;
    throw new LineError(`not a command: a JSON object is expected, and this is ${kind}`);
  }
  return value;
}

/** The parser's own words, which may quote the line: a stranger's control characters don't belong on a terminal. */
function notJson(error: unknown): string {
  const words = (error as Error).message.replace(/ \(line 1 column (\d+)\)$/, "");
  const shown = words.replace(/\p{Cc}/gu, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return `not JSON: ${shown}`;
}

/** An op as a reject of unknown op echoes it: as it came, or null where it is missing or not a string. */
export function echoedOp(command: UncheckedCommand): string | null {
  return typeof command.op === "string" ? command.op : null;
}

/** Executes one command, of any op and with any values, through an engine's object door. */
export function execute(engine: ObjectDoor, command: UncheckedCommand): EngineEvent[] {
  // The values may be anything whatever the types say; the engine is the one that checks them.
  const known = command as Command;
  switch (known.op) {
    case "add":
      return engine.addOrder(known);
    case "cancel":
      return engine.cancelOrder(known.id);
    case "replace":
      return engine.replaceOrder(known.id, known.price, known.size);
    case "book":
      return [engine.getBook(known.depth)];
    case "limits":
      return engine.setLimits(known);
    case "kill":
      return engine.killOwner(known.owner);
    case "lift":
      return engine.liftOwner(known.owner);
    default:
      return [{ event: "rejected", op: echoedOp(command), reason: "unknown-op" }];
  }
}

/**
 * The event at the cursor as text, without a line feed; at a book, the cursor moves on over its levels.
 *
 * @param unknownOp the op as it came, for a reject of unknown op: its record has no room for it
 */
export function eventText(at: EventCursor, unknownOp: string | null): string {
  switch (at.kind) {
    case KIND.accepted:
      return `{"event":"accepted","id":${at.id}}`;
    case KIND.executed:
      return `{"event":"executed","taker":${at.id},"maker":${at.maker},"price":${at.price},"size":${at.size}}`;
    case KIND.canceled:
      return `{"event":"canceled","id":${at.id},"size":${at.size},"reason":"${at.cancelReason}"}`;
    case KIND.replaced:
      return `{"event":"replaced","id":${at.id},"price":${at.price},"size":${at.size}}`;
    case KIND.rejected: {
      const op = JSON.stringify(at.op ?? unknownOp);
      const id = at.id === 0 ? "" : `,"id":${at.id}`;
      return `{"event":"rejected","op":${op}${id},"reason":"${at.rejectReason}"}`;
    }
    case KIND.book: {
      const asks = at.askLevels;
      const bids = levelsText(at, at.bidLevels);
      return `{"event":"book","bids":[${bids}],"asks":[${levelsText(at, asks)}]}`;
    }
    case KIND.limits:
      return `{"event":"limits","owner":${at.owner}}`;
    case KIND.killed:
      return `{"event":"killed","owner":${at.owner}}`;
    case KIND.lifted:
      return `{"event":"lifted","owner":${at.owner}}`;
    default:
      throw misplacedKind(at.kind);
  }
}

function levelsText(at: EventCursor, count: number): string {
  const levels: string[] = [];
  for (let i = 0; i < count && at.next(); i++) levels.push(`[${at.price},${at.levelSize},${at.orders}]`);
  return levels.join(",");
}
