import { OUTCOME } from "./recorded-commands.ts";
import { referenceText } from "./recorded-orders.ts";
import { type RecordingOptions, RecordingReader } from "./recording-reader.ts";

export interface LobsterOptions extends RecordingOptions {
  /**
   * What is done with a change of an order that the file never added. Default `skip`: a file that begins in mid-day, or is cut
   * to some levels, does not have every order.
   */
  unknownOrders?: "skip" | "error";
}

const NEW = 1;
const PARTIAL_CANCEL = 2;
const DELETE = 3;
const VISIBLE_EXECUTION = 4;
/** Hidden executions, crosses and trading halts have no order in the book. */
const LAST_TYPE = 7;

const LINE_FEED = 0x0a;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const LONGEST_LINE = 1024;
const TWO_32 = 2 ** 32;
const MAX_SIZE = 2 ** 31 - 1;
const COLUMNS = ["time", "type", "order id", "size", "price", "direction"];

/**
 * Reads LOBSTER message files: lines of time, type, order id, size, price and direction, no header. Prices are 1/10,000
 * dollars; a direction is that of the order in the book: 1 for a buy, −1 for a sell.
 *
 * Source of the layout: lobsterdata.com, "Data structure".
 */
export class LobsterReader extends RecordingReader {
  readonly #skipsUnknown: boolean;
  /** Changes skipped because the file never added their order. */
  unknownChanges = 0;
  /** Where the next column begins, and where the line ends. */
  #at = 0;
  #lineEnd = 0;
  #column = 0;
  /** The order id in two halves, where it is one of a book's order. */
  #high = 0;
  #low = 0;

  constructor(options: LobsterOptions) {
    super("line", options);
    this.#skipsUnknown = options.unknownOrders !== "error";
  }

  protected override parse(lastStart: number, maxRecords: number): boolean {
    const input = this.input;
    const last = this.records + maxRecords;
    while (this.commands.words <= lastStart && this.records < last) {
      const lineFeed = input.bytes.indexOf(LINE_FEED, input.position);
      const isWhole = lineFeed >= 0 && lineFeed < input.end;
      // The last line of all needs no line feed.
      if (!isWhole && input.rest <= LONGEST_LINE && (!this.ended || input.rest === 0)) return true;
      const end = isWhole ? lineFeed : input.end;
      this.records++;
      if (end - input.position > LONGEST_LINE) this.fail(`the line is longer than ${LONGEST_LINE} bytes`);
      this.#line(input.bytes, input.position, end);
      input.position = isWhole ? end + 1 : end;
    }
    return false;
  }

  #line(bytes: Uint8Array, start: number, end: number): void {
    if (isBlank(bytes, start, end)) return;
    this.#at = start;
    this.#lineEnd = end;
    this.#column = 0;
    this.#skipTime(bytes);
    const type = this.#integer(bytes);
    if (type < NEW || type > LAST_TYPE) this.fail(`the type is ${type}: it must be 1 to ${LAST_TYPE}`);
    if (type > VISIBLE_EXECUTION) {
      for (let column = 2; column < COLUMNS.length; column++) this.#integer(bytes);
      return;
    }
    this.#orderId(bytes);
    const size = this.#integer(bytes);
    const price = this.#integer(bytes);
    const direction = this.#integer(bytes);
    if (size < 1 || size > MAX_SIZE) this.fail(`the size is ${size}: it must be 1 to ${MAX_SIZE}`);
    if (direction !== 1 && direction !== -1) this.fail(`the direction is ${direction}: it must be 1 or -1`);
    this.#change(type, size, price, direction);
  }

  #change(type: number, size: number, price: number, direction: number): void {
    const outcome = this.#outcome(type, size, price, direction);
    if (outcome === OUTCOME.done) {
      if (type === VISIBLE_EXECUTION) this.executedLots += size;
      return;
    }
    if (outcome === OUTCOME.unknown && this.#skipsUnknown) {
      this.unknownChanges++;
      return;
    }
    const order = `order ${referenceText(this.#high, this.#low)}`;
    if (outcome === OUTCOME.duplicate) this.fail(`${order} is added again while it is live`);
    if (outcome === OUTCOME.unknown) this.fail(`${order} is not live, but a line of type ${type} changes it`);
    const open = this.commands.orders.openAt(this.commands.orders.find(this.#high, this.#low));
    this.fail(`a line of type ${type} takes ${size} off ${order}, which has ${open} open`);
  }

  #outcome(type: number, size: number, price: number, direction: number): number {
    switch (type) {
      case NEW:
        return this.commands.add(this.#high, this.#low, this.ticks(price) * direction, size);
      case DELETE:
        return this.commands.remove(this.#high, this.#low);
      case PARTIAL_CANCEL:
      case VISIBLE_EXECUTION:
        return this.commands.reduce(this.#high, this.#low, size);
      default:
        return OUTCOME.done;
    }
  }

  /** Reads a column of digits, with a sign or not, and the comma behind it. */
  #integer(bytes: Uint8Array): number {
    const start = this.#at;
    const negative = bytes[start] === MINUS;
    const end = this.#columnEnd(bytes);
    let value = 0;
    for (let at = negative ? start + 1 : start; at < end; at++) {
      const digit = bytes[at] - ZERO;
      if (digit < 0 || digit > 9) this.#badColumn(bytes, start, end);
      value = value * 10 + digit;
    }
    if (end === start || (negative && end === start + 1)) this.#badColumn(bytes, start, end);
    return negative ? -value : value;
  }

  #orderId(bytes: Uint8Array): void {
    const start = this.#at;
    const end = this.#columnEnd(bytes);
    let high = 0;
    let low = 0;
    for (let at = start; at < end; at++) {
      const digit = bytes[at] - ZERO;
      if (digit < 0 || digit > 9) this.#badColumn(bytes, start, end);
      low = low * 10 + digit;
      const carry = Math.floor(low / TWO_32);
      low -= carry * TWO_32;
      high = high * 10 + carry;
      if (high >= TWO_32) this.fail(`the ${COLUMNS[2]} is ${text(bytes, start, end)}: it must be less than 2^64`);
    }
    if (end === start) this.#badColumn(bytes, start, end);
    this.#high = high | 0;
    this.#low = low | 0;
  }

  #skipTime(bytes: Uint8Array): void {
    const start = this.#at;
    const end = this.#columnEnd(bytes);
    let points = 0;
    for (let at = start; at < end; at++) {
      const digit = bytes[at] - ZERO;
      if (bytes[at] === POINT) points++;
      else if (digit < 0 || digit > 9) this.#badColumn(bytes, start, end);
    }
    if (end === start + points || points > 1) this.#badColumn(bytes, start, end);
  }

  /** Where the column at `#at` ends; goes on to the next one. */
  #columnEnd(bytes: Uint8Array): number {
    let end = this.#at;
    while (end < this.#lineEnd && bytes[end] !== COMMA) end++;
    const isLast = this.#column === COLUMNS.length - 1;
    if (end === this.#lineEnd && !isLast) {
      this.fail(`the line has ${this.#column + 1} columns: it must have ${COLUMNS.length}: ${COLUMNS.join(", ")}`);
    }
    this.#at = end + 1;
    this.#column++;
    while (isLast && end > 0 && isSpace(bytes[end - 1])) end--;
    return end;
  }

  #badColumn(bytes: Uint8Array, start: number, end: number): never {
    const name = COLUMNS[this.#column - 1];
    const hint = this.records === 1 ? "; a LOBSTER message file has no header" : "";
    this.fail(`the ${name} is "${text(bytes, start, end)}": it must be a number${hint}`);
  }
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d;
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (!isSpace(bytes[at])) return false;
  return true;
}

function text(bytes: Uint8Array, start: number, end: number): string {
  return JSON.stringify(String.fromCharCode(...bytes.subarray(start, Math.min(end, start + 40)))).slice(1, -1);
}
