import type { NewOrder } from "../../../engines/contract/commands.ts";
import type { EngineEvent } from "../../../engines/contract/events.ts";
import { OrderBook } from "../../../engines/typescript/engine.ts";
import { type QueuedOrder, type QueueLevel, Queues } from "./queues.ts";
import type { ShownCommand } from "./scenario.ts";
import { sentence } from "./sentences.ts";

/** The book after one event of the engine. */
export interface Frame {
  /** Place of its command among those given, from 0; −1 before the first. */
  command: number;
  /** Whether no event of the command follows. */
  last: boolean;
  event: EngineEvent | undefined;
  /** The event in words. */
  text: string;
  /** The order that is on its way into the book, with what is left of it. */
  incoming: QueuedOrder | undefined;
  /** Best first; each queue from the first in line. */
  bids: QueueLevel[];
  asks: QueueLevel[];
}

function execute(book: OrderBook, command: ShownCommand): EngineEvent[] {
  if (command.op === "cancel") return book.cancelOrder(command.id);
  if (command.op === "replace") return book.replaceOrder(command.id, command.price, command.size);
  const { op: _, ...order } = command;
  return book.addOrder(order as NewOrder);
}

/**
 * Runs the commands on a new engine, and keeps the book after each event. An engine is deterministic, so a step back is the
 * same commands without the last.
 *
 * @returns one frame for the empty book, then one for each event
 */
export function framesOf(commands: readonly ShownCommand[]): Frame[] {
  const book = new OrderBook();
  const queues = new Queues();
  const frames: Frame[] = [
    { command: -1, last: true, event: undefined, text: "The book is empty.", incoming: undefined, bids: [], asks: [] },
  ];
  for (const [at, command] of commands.entries()) {
    const events = execute(book, command);
    queues.begin(command);
    for (const [index, event] of events.entries()) {
      const last = index === events.length - 1;
      const before = queues.placeOf("maker" in event ? event.maker : "id" in event ? (event.id ?? 0) : 0);
      queues.apply(event);
      const rested = last ? queues.end() : undefined;
      const { incoming } = queues;
      const text = sentence({ event, command, before, rested, incoming });
      frames.push({
        command: at,
        last,
        event,
        text,
        incoming,
        bids: queues.levels("buy"),
        asks: queues.levels("sell"),
      });
    }
  }
  return frames;
}
