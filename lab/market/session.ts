import { COMMAND_WORDS } from "../../engines/contract/binary.ts";
import type { Command, Side } from "../../engines/contract/commands.ts";
import type { EngineManifest, Level, MatchingEngine } from "../../engines/contract/engine.ts";
import type { RejectReason } from "../../engines/contract/events.ts";
import { Random } from "../../engines/flow/random.ts";
import { Account } from "./account.ts";
import type { Background } from "./background.ts";
import { CommandLog } from "./command-log.ts";
import { type BookLevels, type EventSink, type Gate, openGate } from "./gate.ts";
import { isStrategyId } from "./ids.ts";
import { openBackground } from "./markets.ts";
import { OrderDesk } from "./order-desk.ts";
import { RecordedBackground, type RecordedFile } from "./recorded-background.ts";
import type { Fill, Market, Strategy, Trade } from "./strategy.ts";
import { StrategyError } from "./strategy-error.ts";
import { Timeline } from "./timeline.ts";

/** Background orders between two books. */
export const ORDERS_PER_STEP = 10;
/** Levels a side of the book that a strategy sees. */
export const BOOK_DEPTH = 10;
/** Trades that a strategy sees with a book, at most. */
const MAX_TRADES = 100;

export interface SessionOptions {
  engine: MatchingEngine;
  door: EngineManifest["door"];
  strategy: Strategy;
  /** A market's name, of `markets.ts`. */
  profile: string;
  /** A recorded market, in the place of `profile`. */
  recording?: RecordedFile;
  /** Of the market and of the strategy's random numbers, 0 … 2^32 − 1. */
  seed: number;
  /** Orders of the background. */
  orders: number;
  /** From a callback of the strategy until what it sent reaches the book, simulated ns; default 0. */
  latencyNs?: number;
  /** The lowest level of the engines that run the strategy; default `full`. */
  level?: Level;
}

/** What a session executed since `forget`: commands and events as records, and how many commands each batch had. */
export interface SessionLog {
  commands: Int32Array;
  /** When each command reached the book, simulated ns. */
  times: Float64Array;
  batchSizes: readonly number[];
  events: Int32Array;
}

/** An event of the strategy's own order, between its happening and its delivery. */
interface OwnEvent {
  kind: "accepted" | "gone" | "replaced" | "rejected" | Fill["role"];
  id: number;
  price: number;
  size: number;
  reason?: RejectReason;
}

/**
 * One engine, one strategy and the background, in simulated time. A step is ten background orders and a read of the
 * book in one batch; then fills are delivered, `onBook` is called, what the strategy sent is executed in one batch, and
 * its fills are delivered. With a latency, what was sent waits until its time has come, and goes in among the
 * background orders of that time. The same options give the same commands and events on every engine.
 */
export class Session implements EventSink {
  readonly account = new Account();
  readonly #strategy: Strategy;
  readonly #background: Background;
  readonly #gate: Gate;
  readonly #desk: OrderDesk;
  readonly #latencyNs: number;
  readonly #timeline = new Timeline();
  readonly #log = new CommandLog();
  #own: OwnEvent[] = [];
  #book: BookLevels = { bids: [], asks: [] };
  #trades: Trade[] = [];
  #twiceMiddle = 0;
  #started = false;
  #commands = 0;
  /** The batch that is executed, and the command in it that the last trade's taker came with. */
  #batch: readonly Command[] = [];
  #takerAt = 0;

  /** @throws RangeError where the market, the seed or the latency is none @throws RecordingError where the recording begins wrong */
  constructor(options: SessionOptions) {
    const { latencyNs = 0, level = "full" } = options;
    if (!Number.isInteger(latencyNs) || latencyNs < 0 || latencyNs > 1e12) {
      throw new RangeError(`the latency is ${latencyNs} ns: it must be a whole number from 0 to 10^12`);
    }
    this.#strategy = options.strategy;
    this.#latencyNs = latencyNs;
    this.#background =
      options.recording === undefined
        ? openBackground(options.profile, options.seed, options.orders)
        : new RecordedBackground(options.recording, this.account, options.orders);
    this.#gate = openGate(options.engine, options.door);
    // Another stream than the background's: a strategy can't foresee the market.
    const random = new Random((options.seed ^ 0x5bd1e995) >>> 0);
    this.#desk = new OrderDesk(this.account, this.#timeline, random, level);
  }

  /** Background orders still to come; the session is over where there are none. */
  get ordersLeft(): number {
    return this.#background.left;
  }

  /** Adds, cancels and replaces executed so far; reads of the book are not counted. */
  get commands(): number {
    return this.#commands;
  }

  /** Simulated time, ns from the start. */
  get timeNs(): number {
    return this.#timeline.nowNs;
  }

  /** Cash plus inventory at the middle of the last book, ticks × lots. */
  get profit(): number {
    return this.account.cash + (this.account.inventory * this.#twiceMiddle) / 2;
  }

  /** What was executed since `forget`, book reads included; valid until the next step. */
  get log(): SessionLog {
    return {
      commands: this.#log.records.subarray(0, this.#log.count * COMMAND_WORDS),
      times: this.#log.times.subarray(0, this.#log.count),
      batchSizes: this.#log.batchSizes,
      events: this.#gate.events.subarray(0, this.#gate.words),
    };
  }

  /** Starts the log over. */
  forget(): void {
    this.#log.clear();
    this.#gate.forget();
  }

  /** One step; not to be called where no orders are left. @throws StrategyError @throws RecordingError */
  step(): void {
    if (!this.#started) this.#start();
    this.#desk.beginStep();
    const background = this.#background;
    const timeline = this.#timeline;
    let batch: Command[] = [];
    let orders = 0;
    while (orders < ORDERS_PER_STEP && background.left > 0) {
      const timeNs = background.nextTimeNs;
      if (timeline.dueNs <= timeNs) batch = this.#doDue(batch, timeNs);
      timeline.nowNs = timeNs;
      const command = background.next(this.#log);
      if (command.op !== "book") this.#commands++;
      batch.push(command);
      orders++;
    }
    this.#addBookRead(batch);
    this.#execute(batch);
    // What onFill sent has changed the book.
    if (this.#settle()) this.#execute(this.#addBookRead([]));
    this.#markMiddle();
    if (orders < ORDERS_PER_STEP) return;
    this.#tellOfBook();
    this.#settle();
  }

  #start(): void {
    this.#started = true;
    this.#call("onStart", (strategy, market) => strategy.onStart?.(market));
    this.#settle();
  }

  /** Puts what arrives by `timeNs` into the batch; a timer ends it, and begins the one that is returned. */
  #doDue(batch: Command[], timeNs: number): Command[] {
    const timeline = this.#timeline;
    let open = batch;
    while (timeline.dueNs <= timeNs) {
      const due = timeline.takeDue();
      if (typeof due !== "number") {
        this.#log.write(due, timeline.nowNs);
        this.#commands++;
        open.push(due);
        continue;
      }
      if (open.length > 0) {
        this.#execute(open);
        open = [];
      }
      this.#settle();
      this.#call("onTimer", (strategy, market) => strategy.onTimer?.(due, market));
      this.#settle();
    }
    return open;
  }

  #tellOfBook(): void {
    const { bids, asks } = this.#book;
    const book = { bids, asks, trades: this.#trades, timeNs: this.#timeline.nowNs };
    this.#trades = [];
    this.#call("onBook", (strategy, market) => strategy.onBook?.(book, market));
  }

  /** Delivers events and sends what the strategy sent, until neither is left. @returns whether anything was executed */
  #settle(): boolean {
    let executed = false;
    for (;;) {
      this.#deliver();
      const sent = this.#desk.collect();
      if (sent.length === 0) return executed;
      if (this.#latencyNs > 0) {
        this.#timeline.send(sent, this.#latencyNs);
        continue;
      }
      for (const command of sent) this.#log.write(command, this.#timeline.nowNs);
      this.#commands += sent.length;
      this.#execute(sent);
      executed = true;
    }
  }

  #deliver(): void {
    if (this.#own.length === 0) return;
    const own = this.#own;
    this.#own = [];
    for (const event of own) this.#deliverOne(event);
  }

  #deliverOne({ kind, id, price, size, reason }: OwnEvent): void {
    if (kind === "accepted") this.account.accepted(id);
    else if (kind === "gone") this.account.gone(id);
    else if (kind === "replaced") this.account.replaced(id, price, size);
    else if (kind === "rejected") {
      this.#call("onReject", (strategy, market) => strategy.onReject?.(id, reason as RejectReason, market));
    } else {
      const fill = this.account.executed(id, price, size, kind);
      if (fill !== undefined) this.#call("onFill", (strategy, market) => strategy.onFill?.(fill, market));
    }
  }

  #addBookRead(batch: Command[]): Command[] {
    const read: Command = { op: "book", depth: BOOK_DEPTH };
    this.#log.write(read, this.#timeline.nowNs);
    batch.push(read);
    return batch;
  }

  #execute(batch: readonly Command[]): void {
    this.#log.endBatch();
    this.#batch = batch;
    this.#takerAt = 0;
    this.#gate.execute(batch, this);
  }

  #markMiddle(): void {
    const bid = this.#book.bids[0]?.[0];
    const ask = this.#book.asks[0]?.[0];
    if (bid === undefined && ask === undefined) return;
    this.#twiceMiddle = (bid ?? (ask as number)) + (ask ?? (bid as number));
  }

  #call(callback: keyof Strategy, body: (strategy: Strategy, market: Market) => unknown): void {
    let result: unknown;
    this.#desk.open = true;
    try {
      result = body(this.#strategy, this.#desk.market);
    } catch (cause) {
      throw new StrategyError(callback, cause);
    } finally {
      this.#desk.open = false;
    }
    if (result instanceof Promise) {
      // Nobody waits for it, so it would fail unseen.
      result.catch(() => {});
      throw new StrategyError(callback, new TypeError(`${callback} is async, and the market waits for nobody.`));
    }
  }

  onAccepted(id: number): void {
    if (isStrategyId(id)) {
      this.#own.push({ kind: "accepted", id, price: 0, size: 0 });
      this.#background.onOwnOrder(id);
    } else this.#background.onAccepted(id);
  }

  onExecuted(taker: number, maker: number, price: number, size: number): void {
    if (isStrategyId(maker)) this.#own.push({ kind: "maker", id: maker, price, size });
    if (isStrategyId(taker)) this.#own.push({ kind: "taker", id: taker, price, size });
    this.#background.onExecuted(taker, maker, price, size);
    if (this.#strategy.onBook === undefined) return;
    if (this.#trades.length === MAX_TRADES) this.#trades.shift();
    this.#trades.push({ price, size, side: this.#sideOfTaker(taker, price) });
  }

  onCanceled(id: number): void {
    if (isStrategyId(id)) this.#own.push({ kind: "gone", id, price: 0, size: 0 });
    else this.#background.onCanceled(id);
  }

  onReplaced(id: number, price: number, size: number): void {
    if (!isStrategyId(id)) return;
    this.#own.push({ kind: "replaced", id, price, size });
    this.#background.onOwnOrder(id);
  }

  onRejected(id: number, isAdd: boolean, reason: RejectReason): void {
    if (!isStrategyId(id)) {
      if (isAdd) this.#background.onRefused(id);
      return;
    }
    if (isAdd) this.#own.push({ kind: "gone", id, price: 0, size: 0 });
    // A cancel or a replace that came too late: the strategy knows that its order is gone.
    if (reason !== "unknown-order") this.#own.push({ kind: "rejected", id, price: 0, size: 0, reason });
  }

  onBook(book: BookLevels): void {
    this.#book = book;
    this.#background.onBook(book);
  }

  /** The trades of a batch come in its order, so the search goes on where the last one ended. */
  #sideOfTaker(taker: number, price: number): Side {
    const batch = this.#batch;
    for (let at = this.#takerAt; at < batch.length; at++) {
      const command = batch[at];
      if (!("id" in command) || command.id !== taker) continue;
      this.#takerAt = at;
      if (command.op === "add") return command.side;
      break;
    }
    // A replace says no side.
    return this.account.sideOf(taker) ?? (2 * price >= this.#twiceMiddle ? "buy" : "sell");
  }
}
