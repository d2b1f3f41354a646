import { COMMAND_WORDS } from "../contract/binary.ts";
import { RecordedBytes } from "./recorded-bytes.ts";
import { MAX_COMMANDS, RecordedCommands } from "./recorded-commands.ts";
import { isBeyondRange, LEFT_OUT, priceProblem, ticksOf } from "./recorded-price.ts";
import { RecordingError } from "./recording-error.ts";

const NOT_DRAINED = "the chunk before is not read yet: call read until the reader is drained";

export interface RecordingOptions {
  /** 1/10,000 dollars; `parseTick` gives it. */
  tick: number;
  /** What is done with an order whose price is beyond an engine's highest. Default `error`. */
  farPrices?: "error" | "skip";
}

/**
 * Reads a recorded market, chunk by chunk, into commands for an engine.
 *
 * ```ts
 * reader.push(chunk); // and, after the last one, reader.end();
 * while (!reader.drained) engine.submit(reader.read(engine.commands));
 * ```
 *
 * Where a record is wrong, everything before it comes first; then `read` throws, and goes on throwing.
 */
export abstract class RecordingReader {
  protected readonly input = new RecordedBytes();
  protected readonly commands = new RecordedCommands();
  protected readonly tick: number;
  readonly #unit: "message" | "line";
  readonly #skipsFar: boolean;
  #error: RecordingError | undefined;
  #drained = true;
  /** Whether no chunk follows. */
  protected ended = false;
  /** Records read, those that give no command too; while one is read, its number. */
  records = 0;
  /**
   * Lots that recorded orders have lost so far to orders that came in, at their own prices. A command doesn't tell an execution from
   * a cancel; what this number grows by over a record does.
   */
  executedLots = 0;
  /** Orders left out because their price is beyond an engine's highest. */
  farOrders = 0;

  /** @throws RangeError where the tick is no positive integer */
  constructor(unit: "message" | "line", { tick, farPrices }: RecordingOptions) {
    if (!Number.isInteger(tick) || tick <= 0)
      throw new RangeError(`the tick is ${tick}: it must be a positive integer`);
    this.#unit = unit;
    this.tick = tick;
    this.#skipsFar = farPrices === "skip";
  }

  /** Whether every whole record of the chunks so far is read: it is time for the next chunk, or the end. */
  get drained(): boolean {
    return this.#drained;
  }

  /** Orders that the recording has live now. */
  get liveOrders(): number {
    return this.commands.orders.live;
  }

  /** Hands over the next bytes, which must stay as they are until the reader is drained. @throws Error before that */
  push(chunk: Uint8Array): void {
    if (!this.#drained || this.ended) throw new Error(`push: ${this.ended ? "the end was said" : NOT_DRAINED}`);
    this.input.push(chunk);
    this.#drained = false;
  }

  /** Says that no chunk follows; what is left is read then. @throws Error before the reader is drained */
  end(): void {
    if (!this.#drained) throw new Error(`end: ${NOT_DRAINED}`);
    this.ended = true;
    this.#drained = false;
  }

  /**
   * Writes commands from the start of `into`, until it is full, the chunk is read, or `maxRecords` records are.
   *
   * @param into at least 12 words
   * @returns the words written, which may be 0
   * @throws RecordingError where a record is wrong @throws RangeError where `into` is too small
   */
  read(into: Int32Array, maxRecords = Number.POSITIVE_INFINITY): number {
    if (this.#error !== undefined) throw this.#error;
    const lastStart = into.length - MAX_COMMANDS * COMMAND_WORDS;
    if (lastStart < 0) throw new RangeError(`read: ${into.length} words are too few: a record may give two commands`);
    this.commands.start(into);
    try {
      this.#drained = this.parse(lastStart, maxRecords);
    } catch (error) {
      if (!(error instanceof RecordingError)) throw error;
      this.#error = error;
      if (this.commands.words === 0) throw error;
      return this.commands.words;
    }
    if (this.#drained) this.input.keepRest();
    return this.commands.words;
  }

  /**
   * Reads records until one would begin behind `lastStart` words of commands, or `maxRecords` are read.
   *
   * @returns whether it stopped because no whole record is left; where `ended`, because nothing is
   */
  protected abstract parse(lastStart: number, maxRecords: number): boolean;

  /** A recorded price in ticks; `LEFT_OUT` where it is too high and such orders are left out. @throws RecordingError */
  protected ticks(price: number): number {
    return ticksOf(price, this.tick) || this.#unusualTicks(price);
  }

  protected fail(problem: string): never {
    throw new RecordingError(this.#unit, this.records, this.input.offset, problem);
  }

  #unusualTicks(price: number): number {
    if (!this.#skipsFar || !isBeyondRange(price, this.tick)) this.fail(priceProblem(price, this.tick));
    this.farOrders++;
    return LEFT_OUT;
  }
}
