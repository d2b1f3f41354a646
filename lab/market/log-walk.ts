import { COMMAND_WORDS, KIND, OP, SIDE, SIDE_SHIFT, TYPE, TYPE_SHIFT } from "../../engines/contract/binary.ts";
import type { Side } from "../../engines/contract/commands.ts";
import { EventCursor } from "../../engines/contract/event-records.ts";
import { BookMirror } from "./book-mirror.ts";
import type { SessionLog } from "./session.ts";

/** Who is told of what happened in a market, in its order. The mirror is as it was before each. */
export interface MarketListener {
  /** The next command, a read of the book too, comes at that time. */
  onCommand(timeNs: number): void;
  /** @param lots of a new order; of a replace, those by which the open size grows */
  onSent(id: number, lots: number, isNew: boolean): void;
  onTrade(taker: number, maker: number, takerSide: Side, price: number, lots: number): void;
  /** An order takes its place in a queue. @param aheadLots that stand before it at its price */
  onRest(id: number, aheadLots: number): void;
  /** An order is gone: filled, cancelled, or never to rest. */
  onGone(id: number): void;
  /** The book was read: a moment at which a strategy looks at the market. */
  onBook(): void;
}

const CODE = 0xf;
const BYTE = 0xff;

/** Follows logs, stretch by stretch, and tells what happened. It looks at commands and events alone, and times nothing. */
export class LogWalk {
  readonly mirror = new BookMirror();
  readonly #listener: MarketListener;
  readonly #cursor = new EventCursor();
  /** The order that trades now, and may rest when its command is over. */
  #id = 0;
  #side: Side = "buy";
  #price = 0;
  #open = 0;
  #rests = false;

  constructor(listener: MarketListener) {
    this.#listener = listener;
  }

  /** The next stretch; it begins with a command, and its events are those of its commands. */
  add({ commands, times, events }: SessionLog): void {
    const cursor = this.#cursor;
    cursor.reset(events, events.length);
    let record = -1;
    while (cursor.next()) {
      const { kind } = cursor;
      if (kind === KIND.executed) this.#trade();
      else if (kind === KIND.canceled && cursor.cancelReason !== "user") this.#end(cursor.id);
      else if (kind !== KIND.level) {
        this.#rest();
        record++;
        if (record >= times.length) return;
        this.#listener.onCommand(times[record]);
        this.#begin(kind, commands, record * COMMAND_WORDS);
      }
    }
    this.#rest();
  }

  #begin(kind: number, commands: Int32Array, at: number): void {
    const op = commands[at] & BYTE;
    const id = commands[at + 1];
    if (kind === KIND.book) this.#listener.onBook();
    else if (op === OP.add) this.#add(kind, commands, at);
    else if (op === OP.replace && kind === KIND.replaced) this.#replace(id, commands[at + 2], commands[at + 3]);
    else if (kind === KIND.canceled) this.#leave(id);
  }

  #add(kind: number, commands: Int32Array, at: number): void {
    const codes = commands[at];
    this.#listener.onSent(commands[at + 1], commands[at + 3], true);
    if (kind !== KIND.accepted) return;
    this.#id = commands[at + 1];
    this.#side = ((codes >>> SIDE_SHIFT) & CODE) === SIDE.buy ? "buy" : "sell";
    this.#price = commands[at + 2];
    this.#open = commands[at + 3];
    this.#rests = ((codes >>> TYPE_SHIFT) & CODE) === TYPE.limit;
  }

  #replace(id: number, price: number, size: number): void {
    const { mirror } = this;
    const signed = mirror.signedPriceOf(id);
    if (signed === undefined) return;
    const open = mirror.openOf(id);
    if (size > open) this.#listener.onSent(id, size - open, false);
    if (Math.abs(signed) === price && size <= open) {
      if (size < open) mirror.reduce(id, open - size);
      return;
    }
    mirror.reduce(id);
    this.#id = id;
    this.#side = signed > 0 ? "buy" : "sell";
    this.#price = price;
    this.#open = size;
    this.#rests = true;
  }

  #trade(): void {
    const { id: taker, maker, price, size } = this.#cursor;
    this.#listener.onTrade(taker, maker, this.#side, price, size);
    this.mirror.reduce(maker, size);
    if (this.mirror.openOf(maker) === 0) this.#listener.onGone(maker);
    this.#open -= size;
  }

  /** An order is over without its owner's word. */
  #end(id: number): void {
    if (id === this.#id) this.#open = 0;
    else this.#leave(id);
  }

  #leave(id: number): void {
    this.mirror.reduce(id);
    this.#listener.onGone(id);
  }

  /** What is left of the command before takes its place. */
  #rest(): void {
    if (this.#rests && this.#open > 0) {
      this.#listener.onRest(this.#id, this.mirror.lotsAt(this.#side, this.#price));
      this.mirror.rest(this.#id, this.#side, this.#price, this.#open);
    } else if (this.#id !== 0) this.#listener.onGone(this.#id);
    this.#rests = false;
    this.#open = 0;
    this.#id = 0;
  }
}
