import type { EngineEvent } from "../../../engines/contract/events.ts";
import type { QueuedOrder, QueuePlace } from "./queues.ts";
import type { ShownCommand } from "./scenario.ts";

const REASONS: Record<string, string> = {
  user: "its owner took it out",
  ioc: "it was to trade at once or not at all",
  fok: "it could not be filled whole",
  "no-liquidity": "nobody is left to trade with",
  "unknown-order": "no order of that number is in the book",
  "duplicate-id": "an order of that number is in the book already",
  "invalid-size": "a size is a whole number of lots, at least 1",
  "invalid-price": "a price is a whole number of ticks, at least 1",
};

export function lots(count: number): string {
  return count === 1 ? "1 lot" : `${count} lots`;
}

/** `buy 5 lots at 101`, or `sell 10 lots at any price`. */
export function describe({ side, price, size }: Pick<QueuedOrder, "side" | "price" | "size">): string {
  return `${side} ${lots(size)} at ${price ?? "any price"}`;
}

/** What a command asks for. */
export function ask(command: ShownCommand): string {
  if (command.op === "cancel") return `Cancel order ${command.id}`;
  if (command.op === "replace") return `Replace order ${command.id}: ${lots(command.size)} at ${command.price}`;
  return `Order ${command.id}: ${describe({ side: command.side, price: command.price, size: command.size })}`;
}

/** `first in its queue`, or `number 3 in its queue, 7 lots ahead of it`. */
export function place({ position, lotsAhead }: QueuePlace): string {
  return position === 1 ? "first in its queue" : `number ${position} in its queue, ${lots(lotsAhead)} ahead of it`;
}

interface Telling {
  event: EngineEvent;
  command: ShownCommand;
  /** Where the order that the event tells of stood before it. */
  before: QueuePlace | undefined;
  /** What rests now that the command is over. */
  rested: QueuePlace | undefined;
  incoming: QueuedOrder | undefined;
}

/** An event of the engine in words. */
export function sentence({ event, command, before, rested, incoming }: Telling): string {
  const end = rested ? ` ${restSentence(rested)}` : "";
  if (event.event === "accepted") {
    return rested ? `Order ${event.id} is accepted.${end}` : `Order ${event.id} is accepted. ${reach(command)}`;
  }
  if (event.event === "executed") {
    const left =
      before && before.order.size > event.size
        ? `${lots(before.order.size - event.size)} of it stay first in line`
        : "it is filled and leaves";
    const taker = incoming && incoming.size > 0 ? ` Order ${event.taker} still wants ${lots(incoming.size)}.` : "";
    const done = rested || taker !== "" ? "" : ` Order ${event.taker} is filled.`;
    return `Trade: ${lots(event.size)} at ${event.price}, between order ${event.taker} and order ${event.maker}; ${left}.${taker}${done}${end}`;
  }
  if (event.event === "canceled") {
    return `Order ${event.id} is canceled with ${lots(event.size)} open: ${REASONS[event.reason] ?? event.reason}.`;
  }
  if (event.event === "replaced") {
    if (incoming || rested) return `Order ${event.id} is replaced and gives up its place.${end}`;
    return `Order ${event.id} is replaced: ${lots(event.size)} now. It keeps its place, ${before ? place(before) : "where it was"}.`;
  }
  if (event.event === "rejected") {
    return `${ask(command)} is rejected: ${REASONS[event.reason] ?? event.reason}. Nothing changed.`;
  }
  return JSON.stringify(event);
}

function reach(command: ShownCommand): string {
  const atAnyPrice = command.op === "add" && command.type === "market";
  return atAnyPrice ? "It takes the best prices there are." : "Its price reaches the other side.";
}

function restSentence(rested: QueuePlace): string {
  return `It rests: ${describe(rested.order)}, ${place(rested)}.`;
}
