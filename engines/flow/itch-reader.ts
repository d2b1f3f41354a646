import { ItchSymbols } from "./itch-symbols.ts";
import { OUTCOME } from "./recorded-commands.ts";
import { referenceText } from "./recorded-orders.ts";
import { type RecordingOptions, RecordingReader } from "./recording-reader.ts";

export interface ItchOptions extends RecordingOptions {
  /** The stock to read. May be left out where the recording has one. */
  symbol?: string;
}

const ADD = 0x41; // A
const ADD_ATTRIBUTED = 0x46; // F
const EXECUTED = 0x45; // E
const EXECUTED_WITH_PRICE = 0x43; // C
const CANCEL = 0x58; // X
const DELETE = 0x44; // D
const REPLACE = 0x55; // U
const DIRECTORY = 0x52; // R
const BUY = 0x42; // B
const SELL = 0x53; // S

/** The length of each type of message, without its prefix; −1 for a type that there is not. */
const LENGTHS = lengthsByType({
  ...{ S: 12, R: 39, H: 25, Y: 20, L: 26, V: 35, W: 12, K: 28, J: 35, h: 21 },
  ...{ A: 36, F: 40, E: 31, C: 36, X: 23, D: 19, U: 35 },
  ...{ P: 44, Q: 40, B: 19, I: 50, N: 20, O: 48 },
});

/** Two bytes before each message say how long it is. */
const PREFIX = 2;
/** More records than a buffer of commands is ever made of, and an integer that is cheap to count down. */
const MANY = 2 ** 30 - 1;

/**
 * Reads NASDAQ TotalView-ITCH 5.0 as its files have it: messages one after the other, each behind its length in two
 * view, a length of 0 behind the last. The messages that build the book of one stock become commands, and the others are
 * skipped. Nothing is allocated per message.
 *
 * Source of the layout: Nasdaq TotalView-ITCH 5.0, sections 1.1 to 1.8, and for the prefix Nasdaq BinaryFILE 1.00.
 */
export class ItchReader extends RecordingReader {
  readonly #symbols: ItchSymbols;
  #sessionEnded = false;

  constructor(options: ItchOptions) {
    super("message", options);
    this.#symbols = new ItchSymbols(options.symbol);
  }

  /** The stock that is read, or undefined where none was met yet. */
  get symbol(): string | undefined {
    return this.#symbols.chosen;
  }

  protected override parse(lastStart: number, maxRecords: number): boolean {
    const { input, commands } = this;
    const { view, end } = input;
    let left = Math.min(maxRecords, MANY);
    let at = input.position;
    while (commands.words <= lastStart && left-- > 0) {
      if (at + PREFIX > end) return this.#stop();
      const length = view.getUint16(at);
      const next = at + PREFIX + length;
      if (next > end) return this.#stop();
      this.records++;
      if (length === 0 || this.#sessionEnded) this.#endSession(length);
      else this.#message(view, at + PREFIX, length);
      input.position = next;
      at = next;
    }
    return false;
  }

  #stop(): boolean {
    if (!this.ended) return true;
    if (this.input.rest > 0) {
      this.records++;
      this.fail(`the recording ends in the middle of a message, after ${this.input.rest} of its bytes`);
    }
    this.#check(this.#symbols.problemAtEnd());
    return true;
  }

  /** @param at where the message begins, behind its prefix */
  #message(view: DataView, at: number, length: number): void {
    const type = view.getUint8(at);
    if (length !== LENGTHS[type]) {
      this.#unusual(type, length);
      return;
    }
    switch (type) {
      case ADD:
      case ADD_ATTRIBUTED:
        this.#add(view, at);
        break;
      case EXECUTED:
        if (this.#isRead(view, at)) {
          this.#reduce(view, at);
          this.executedLots += view.getInt32(at + 19);
        }
        break;
      case EXECUTED_WITH_PRICE:
      case CANCEL:
        if (this.#isRead(view, at)) this.#reduce(view, at);
        break;
      case DELETE:
        if (this.#isRead(view, at)) this.#delete(view, at);
        break;
      case REPLACE:
        if (this.#isRead(view, at)) this.#replace(view, at);
        break;
      case DIRECTORY:
        this.#check(this.#symbols.list(view.getUint16(at + 1), view, at + 11));
        break;
    }
  }

  /** Locate at 1, reference at 11, side at 19, shares at 20, stock at 24, price at 32. */
  #add(view: DataView, at: number): void {
    const symbols = this.#symbols;
    const locate = view.getUint16(at + 1);
    if (
      locate !== symbols.locate ||
      view.getInt32(at + 24) !== symbols.first ||
      view.getInt32(at + 28) !== symbols.second
    ) {
      this.#check(symbols.meet(locate, view, at + 24));
      if (locate !== symbols.locate) return;
    }
    const side = view.getUint8(at + 19);
    if (side !== BUY && side !== SELL) this.fail(`the side of an order is ${byteText(side)}: it must be "B" or "S"`);
    const size = this.#shares(view, at + 20);
    const ticks = this.ticks(view.getInt32(at + 32) >>> 0);
    const price = side === BUY ? ticks : -ticks;
    const outcome = this.commands.add(view.getInt32(at + 11), view.getInt32(at + 15), price, size);
    if (outcome !== OUTCOME.done) this.#failed(outcome, view, at, 11);
  }

  /** Reference at 11, shares at 19; what an execution's own price is makes no difference to the book. */
  #reduce(view: DataView, at: number): void {
    const size = this.#shares(view, at + 19);
    const outcome = this.commands.reduce(view.getInt32(at + 11), view.getInt32(at + 15), size);
    if (outcome !== OUTCOME.done) this.#failed(outcome, view, at, 11);
  }

  #delete(view: DataView, at: number): void {
    const outcome = this.commands.remove(view.getInt32(at + 11), view.getInt32(at + 15));
    if (outcome !== OUTCOME.done) this.#failed(outcome, view, at, 11);
  }

  /** Reference at 11, the new one at 19, shares at 27, price at 31. */
  #replace(view: DataView, at: number): void {
    const high = view.getInt32(at + 11);
    const low = view.getInt32(at + 15);
    const size = this.#shares(view, at + 27);
    const ticks = this.ticks(view.getInt32(at + 31) >>> 0);
    const outcome = this.commands.move(high, low, view.getInt32(at + 19), view.getInt32(at + 23), ticks, size);
    if (outcome !== OUTCOME.done) this.#failed(outcome, view, at, outcome === OUTCOME.duplicate ? 19 : 11);
  }

  /** Whether a message about an order is of the stock that is read. */
  #isRead(view: DataView, at: number): boolean {
    const locate = view.getUint16(at + 1);
    if (locate === this.#symbols.locate) return true;
    this.#check(this.#symbols.problemOfOther(locate));
    return false;
  }

  #shares(view: DataView, at: number): number {
    const shares = view.getInt32(at);
    if (shares <= 0) this.fail(`the shares are ${shares >>> 0}: they must be 1 to 2147483647`);
    return shares;
  }

  /** A message of length 0 ends the session. */
  #endSession(length: number): void {
    if (this.#sessionEnded) this.fail("more bytes follow the end of the session, a message of length 0");
    this.#sessionEnded = length === 0;
  }

  /** A length that is none of the type's. Types that the specification has not yet may have any. */
  #unusual(type: number, length: number): void {
    if (LENGTHS[type] > 0) {
      this.fail(`a message of type ${byteText(type)} has ${length} bytes: it must have ${LENGTHS[type]}`);
    }
    if (!/[A-Za-z]/.test(String.fromCharCode(type))) {
      this.fail(
        `${byteText(type)} is no type of message: is this an ITCH 5.0 file, with a length of two bytes before each?`,
      );
    }
  }

  #check(problem: string | undefined): void {
    if (problem !== undefined) this.fail(problem);
  }

  #failed(outcome: number, view: DataView, at: number, referenceAt: number): never {
    const high = view.getInt32(at + referenceAt);
    const low = view.getInt32(at + referenceAt + 4);
    const order = `order ${referenceText(high, low)}`;
    const type = byteText(view.getUint8(at));
    if (outcome === OUTCOME.duplicate) this.fail(`${order} is added again (type ${type}) while it is live`);
    if (outcome === OUTCOME.unknown) this.fail(`${order} is not live, but a message of type ${type} changes it`);
    const open = this.commands.orders.openAt(this.commands.orders.find(high, low));
    this.fail(`a message of type ${type} takes ${view.getInt32(at + 19)} shares off ${order}, which has ${open} open`);
  }
}

function lengthsByType(lengths: Record<string, number>): Int16Array {
  const byType = new Int16Array(256).fill(-1);
  for (const [type, length] of Object.entries(lengths)) byType[type.charCodeAt(0)] = length;
  return byType;
}

function byteText(byte: number): string {
  return byte > 0x20 && byte < 0x7f ? `"${String.fromCharCode(byte)}"` : `0x${byte.toString(16).padStart(2, "0")}`;
}
