import type { FeedMessage, FeedOrder } from "./recorded-market.ts";

const PREFIX = 2;
const STOCK_BYTES = 8;
const BYTE = 0xff;
const FIRST_NS = 34_200_000_000_000;

/** Types that have nothing to do with the book of a stock, with the bytes that follow each one's timestamp. */
const OTHERS = Object.entries({
  ...{ Y: 9, L: 15, V: 24, W: 1, K: 17, J: 24, h: 10 },
  ...{ Q: 29, B: 8, I: 39, N: 9, O: 37 },
});

/**
 * Writes ITCH 5.0 files, field by field as the specification lists them: for tests, fixtures and the bench. Stock 1 is named
 * by the first of `symbols` and has locate 1, and so on.
 *
 * Source: Nasdaq TotalView-ITCH 5.0; for the prefix, Nasdaq BinaryFILE 1.00.
 */
export class ItchWriter {
  readonly #symbols: readonly string[];
  #bytes = new Uint8Array(1 << 16);
  #end = 0;
  #messageStart = 0;
  #messages = 0;
  #matches = 0;

  constructor(symbols: readonly string[]) {
    this.#symbols = symbols;
  }

  /** What is written so far; a view until more is written. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#end);
  }

  get messages(): number {
    return this.#messages;
  }

  /** The start of a session, and the stock directory. */
  open(): void {
    this.systemEvent("O");
    for (let stock = 1; stock <= this.#symbols.length; stock++) {
      this.directory(stock);
      this.tradingAction(stock);
    }
    this.systemEvent("S");
    this.systemEvent("Q");
  }

  /** The end of the session and of the file. */
  close(): void {
    for (const event of "MEC") this.systemEvent(event);
    this.#room();
    this.#number(0, PREFIX);
    this.#messages++;
  }

  /** That a stock is traded. */
  tradingAction(stock: number): void {
    this.#begin("H", stock);
    this.#text(this.#symbols[stock - 1], STOCK_BYTES);
    this.#text("T", 6);
    this.#finish();
  }

  systemEvent(code: string): void {
    this.#begin("S", 0);
    this.#text(code, 1);
    this.#finish();
  }

  directory(stock: number): void {
    this.#begin("R", stock);
    this.#text(this.#symbols[stock - 1], STOCK_BYTES);
    this.#text("QN", 2);
    this.#number(100, 4);
    this.#text("NCZ PNN1N", 9);
    this.#number(0, 4);
    this.#text("N", 1);
    this.#finish();
  }

  write(message: FeedMessage): void {
    switch (message.kind) {
      case "add":
        this.#add(message.order, message.attributed);
        break;
      case "execute":
        this.#execute(message.order, message.size, message.price);
        break;
      case "reduce":
        this.#begin("X", message.order.stock);
        this.#reference(message.order);
        this.#number(message.size, 4);
        break;
      case "delete":
        this.#begin("D", message.order.stock);
        this.#reference(message.order);
        break;
      case "replace":
        this.#begin("U", message.order.stock);
        this.#reference(message.order);
        this.#reference(message.by);
        this.#number(message.by.open, 4);
        this.#number(message.by.price, 4);
        break;
      case "hidden":
        this.#hidden(message.stock, message.size, message.price);
        break;
      case "other":
        this.#other(message.stock, message.choice);
        break;
    }
    this.#finish();
  }

  #add(order: FeedOrder, attributed: boolean): void {
    this.#begin(attributed ? "F" : "A", order.stock);
    this.#reference(order);
    this.#text(order.side === "buy" ? "B" : "S", 1);
    this.#number(order.open, 4);
    this.#text(this.#symbols[order.stock - 1], STOCK_BYTES);
    this.#number(order.price, 4);
    if (attributed) this.#text("MMKR", 4);
  }

  #execute(order: FeedOrder, size: number, price: number | undefined): void {
    this.#begin(price === undefined ? "E" : "C", order.stock);
    this.#reference(order);
    this.#number(size, 4);
    this.#number(++this.#matches, 8);
    if (price === undefined) return;
    this.#text("Y", 1);
    this.#number(price, 4);
  }

  /** The side of such a trade is always written as that of a buy, and its reference is 0. */
  #hidden(stock: number, size: number, price: number): void {
    this.#begin("P", stock);
    this.#number(0, 8);
    this.#text("B", 1);
    this.#number(size, 4);
    this.#text(this.#symbols[stock - 1], STOCK_BYTES);
    this.#number(price, 4);
    this.#number(++this.#matches, 8);
  }

  /** A message whose fields say nothing, since nobody reads them. */
  #other(stock: number, choice: number): void {
    const [type, bytes] = OTHERS[choice % OTHERS.length];
    this.#begin(type, stock);
    this.#text(this.#symbols[stock - 1], Math.min(bytes, STOCK_BYTES));
    this.#text("", Math.max(0, bytes - STOCK_BYTES));
  }

  /** What every message begins with: its length, set by `#finish`, type, locate, tracking number and timestamp. */
  #begin(type: string, locate: number): void {
    this.#room();
    this.#messageStart = this.#end;
    this.#number(0, PREFIX);
    this.#text(type, 1);
    this.#number(locate, 2);
    this.#number(0, 2);
    this.#number(FIRST_NS + this.#messages * 1000, 6);
  }

  #finish(): void {
    const length = this.#end - this.#messageStart - PREFIX;
    this.#bytes[this.#messageStart] = length >>> 8;
    this.#bytes[this.#messageStart + 1] = length & BYTE;
    this.#messages++;
  }

  #reference({ reference }: FeedOrder): void {
    this.#number(Number(reference >> 32n), 4);
    this.#number(Number(reference & 0xffffffffn), 4);
  }

  /** The highest byte first. */
  #number(value: number, bytes: number): void {
    let rest = value;
    for (let at = this.#end + bytes - 1; at >= this.#end; at--) {
      this.#bytes[at] = rest % 256;
      rest = Math.floor(rest / 256);
    }
    this.#end += bytes;
  }

  /** Padded with spaces on its right. */
  #text(text: string, bytes: number): void {
    for (let at = 0; at < bytes; at++) this.#bytes[this.#end++] = at < text.length ? text.charCodeAt(at) : 0x20;
  }

  #room(): void {
    if (this.#bytes.length - this.#end > 128) return;
    const larger = new Uint8Array(this.#bytes.length * 2);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
