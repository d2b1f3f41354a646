import { COMMAND_WORDS, KIND } from "../../engines/contract/binary.ts";
import type { Command } from "../../engines/contract/commands.ts";
import { encodeCommand } from "../../engines/contract/encode.ts";
import type { EngineManifest, MatchingEngine } from "../../engines/contract/engine.ts";
import { EventCursor, EventWriter } from "../../engines/contract/event-records.ts";
import type { BookLevel, EngineEvent, RejectReason } from "../../engines/contract/events.ts";

/** A book as an engine gives it. */
export interface BookLevels {
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
}

/** Who is told of an engine's events, in their order. */
export interface EventSink {
  onAccepted(id: number): void;
  onExecuted(taker: number, maker: number, price: number, size: number): void;
  onCanceled(id: number): void;
  onReplaced(id: number, price: number, size: number): void;
  /** @param isAdd whether it was a new order @param id 0 where the event has none */
  onRejected(id: number, isAdd: boolean, reason: RejectReason): void;
  onBook(book: BookLevels): void;
}

/**
 * The way from plain objects to one engine and back, by the door that is natural to the engine. What it costs beyond the
 * engine's own work is the boundary: nothing for an engine that takes objects; encoding and decoding for one that takes
 * records.
 */
export interface Gate {
  /** Executes the commands in their order, tells the sink of each event, and keeps the events' records. */
  execute(commands: readonly Command[], sink: EventSink): void;
  /** Records of the events since `forget`, in the first `words` words. Replaced where it grows. */
  readonly events: Int32Array;
  readonly words: number;
  /** Starts over with an empty list of records. */
  forget(): void;
}

/** The gate of the engine's natural door. */
export function openGate(engine: MatchingEngine, door: EngineManifest["door"]): Gate {
  return door === "objects" ? new ObjectGate(engine) : new BinaryGate(engine);
}

/** Executes one command by the object door. @returns its events */
export function executeObject(engine: MatchingEngine, command: Command): EngineEvent[] {
  switch (command.op) {
    case "add":
      return engine.addOrder(command);
    case "cancel":
      return engine.cancelOrder(command.id);
    case "replace":
      return engine.replaceOrder(command.id, command.price, command.size);
    case "book":
      return [engine.getBook(command.depth)];
    case "limits":
      return engine.setLimits(command);
    case "kill":
      return engine.killOwner(command.owner);
    case "lift":
      return engine.liftOwner(command.owner);
  }
}

class ObjectGate implements Gate {
  readonly #engine: MatchingEngine;
  readonly #written = new EventWriter();

  constructor(engine: MatchingEngine) {
    this.#engine = engine;
  }

  get events(): Int32Array {
    return this.#written.events;
  }

  get words(): number {
    return this.#written.words;
  }

  forget(): void {
    this.#written.clear();
  }

  execute(commands: readonly Command[], sink: EventSink): void {
    for (const command of commands) {
      for (const event of executeObject(this.#engine, command)) {
        // Written down before the strategy sees a book: it may change the object that it is given.
        this.#written.write(event);
        tellOf(event, sink);
      }
    }
  }
}

function tellOf(event: EngineEvent, sink: EventSink): void {
  switch (event.event) {
    case "accepted":
      sink.onAccepted(event.id);
      break;
    case "executed":
      sink.onExecuted(event.taker, event.maker, event.price, event.size);
      break;
    case "canceled":
      sink.onCanceled(event.id);
      break;
    case "replaced":
      sink.onReplaced(event.id, event.price, event.size);
      break;
    case "rejected":
      sink.onRejected(event.id ?? 0, event.op === "add", event.reason);
      break;
    case "book":
      sink.onBook(event);
      break;
  }
}

/** Makes sure that `commands` holds so many records. */
export function ensureRoom(engine: MatchingEngine, records: number): void {
  if (engine.commands.length < records * COMMAND_WORDS) engine.reserve(records);
}

class BinaryGate implements Gate {
  readonly #engine: MatchingEngine;
  readonly #cursor = new EventCursor();
  #events = new Int32Array(16_384);
  #words = 0;

  constructor(engine: MatchingEngine) {
    this.#engine = engine;
    ensureRoom(engine, 1024);
  }

  get events(): Int32Array {
    return this.#events;
  }

  get words(): number {
    return this.#words;
  }

  forget(): void {
    this.#words = 0;
  }

  execute(commands: readonly Command[], sink: EventSink): void {
    const engine = this.#engine;
    ensureRoom(engine, commands.length);
    encodeAll(commands, engine.commands);
    const words = engine.submit(commands.length * COMMAND_WORDS);
    this.#keep(engine.events, words);
    this.#cursor.reset(engine.events, words);
    tellOfRecords(this.#cursor, sink);
  }

  #keep(events: Int32Array, words: number): void {
    const total = this.#words + words;
    if (total > this.#events.length) {
      const grown = new Int32Array(2 * total);
      grown.set(this.#events);
      this.#events = grown;
    }
    // A loop, because a batch has few words and a subarray would be an allocation.
    for (let i = 0; i < words; i++) this.#events[this.#words + i] = events[i];
    this.#words = total;
  }
}

/** Writes the commands' records one after another, from word 0. */
export function encodeAll(commands: readonly Command[], into: Int32Array): void {
  for (let i = 0; i < commands.length; i++) encodeCommand(commands[i], into, i * COMMAND_WORDS);
}

/** Tells the sink of the records that the cursor has before it; only a book becomes objects, because the strategy sees it. */
export function tellOfRecords(at: EventCursor, sink: EventSink): void {
  while (at.next()) {
    switch (at.kind) {
      case KIND.accepted:
        sink.onAccepted(at.id);
        break;
      case KIND.executed:
        sink.onExecuted(at.id, at.maker, at.price, at.size);
        break;
      case KIND.canceled:
        sink.onCanceled(at.id);
        break;
      case KIND.replaced:
        sink.onReplaced(at.id, at.price, at.size);
        break;
      case KIND.rejected:
        sink.onRejected(at.id, at.op === "add", at.rejectReason);
        break;
      case KIND.book: {
        const bidLevels = at.bidLevels;
        const askLevels = at.askLevels;
        sink.onBook({ bids: readLevels(at, bidLevels), asks: readLevels(at, askLevels) });
        break;
      }
    }
  }
}

function readLevels(at: EventCursor, count: number): BookLevel[] {
  const levels: BookLevel[] = [];
  for (let i = 0; i < count && at.next(); i++) levels.push([at.price, at.levelSize, at.orders]);
  return levels;
}
