import { COMMAND_WORDS } from "../../engines/contract/binary.ts";
import type { Command } from "../../engines/contract/commands.ts";
import type { EngineManifest, MatchingEngine } from "../../engines/contract/engine.ts";
import { Random } from "../../engines/flow/random.ts";
import { Account } from "./account.ts";
import { Background } from "./background.ts";
import { CommandLog } from "./command-log.ts";
import { type EventSink, type Gate, openGate } from "./gate.ts";
import { isStrategyId } from "./ids.ts";
import { OrderDesk } from "./order-desk.ts";
import type { BookView, Fill, Market, Strategy } from "./strategy.ts";
import { StrategyError } from "./strategy-error.ts";

/** Background orders between two books. */
export const ORDERS_PER_STEP = 10;
/** Levels a side of the book that a strategy sees. */
export const BOOK_DEPTH = 10;

export interface SessionOptions {
  engine: MatchingEngine;
  door: EngineManifest["door"];
  strategy: Strategy;
  /** A profile of `engines/flow`. */
  profile: string;
  /** Of the market and of the strategy's random numbers, 0 … 2^32 − 1. */
  seed: number;
  /** Orders of the background. */
  orders: number;
}

/** What a session executed since `forget`: commands and events as records, and how many commands each batch had. */
export interface SessionLog {
  commands: Int32Array;
  batchSizes: readonly number[];
  events: Int32Array;
}

/** An event of the strategy's own order, between its happening and its delivery. */
interface OwnEvent {
  kind: "accepted" | "gone" | Fill["role"];
  id: number;
  price: number;
  size: number;
}

/**
 * One engine, one strategy and the seeded background, in simulated time. A step is ten background orders and a read of the
 * book in one batch; then fills are delivered, `onBook` is called, what the strategy sent is executed in one batch, and
 * its fills are delivered. The same options give the same commands and events on every engine.
 */
export class Session implements EventSink {
  readonly account = new Account();
  readonly #strategy: Strategy;
  readonly #background: Background;
  readonly #gate: Gate;
  readonly #desk: OrderDesk;
  readonly #log = new CommandLog();
  #own: OwnEvent[] = [];
  #book: BookView = { bids: [], asks: [] };
  #twiceMiddle = 0;
  #started = false;
  #commands = 0;

  /** @throws RangeError where the profile or the seed is none */
  constructor(options: SessionOptions) {
    this.#strategy = options.strategy;
    this.#background = new Background(options.profile, options.seed, options.orders);
    this.#gate = openGate(options.engine, options.door);
    // Another stream than the background's: a strategy can't foresee the market.
    this.#desk = new OrderDesk(this.account, new Random((options.seed ^ 0x5bd1e995) >>> 0));
  }

  /** Background orders still to come; the session is over where there are none. */
  get ordersLeft(): number {
    return this.#background.left;
  }

  /** Adds, cancels and replaces executed so far; reads of the book are not counted. */
  get commands(): number {
    return this.#commands;
  }

  /** Cash plus inventory at the middle of the last book, ticks × lots. */
  get profit(): number {
    return this.account.cash + (this.account.inventory * this.#twiceMiddle) / 2;
  }

  /** What was executed since `forget`, book reads included; valid until the next step. */
  get log(): SessionLog {
    return {
      commands: this.#log.records.subarray(0, this.#log.count * COMMAND_WORDS),
      batchSizes: this.#log.batchSizes,
      events: this.#gate.events.subarray(0, this.#gate.words),
    };
  }

  /** Starts the log over. */
  forget(): void {
    this.#log.clear();
    this.#gate.forget();
  }

  /** One step; not to be called where no orders are left. @throws StrategyError */
  step(): void {
    if (!this.#started) this.#start();
    this.#desk.beginStep();
    const orders = Math.min(ORDERS_PER_STEP, this.#background.left);
    const batch: Command[] = [];
    for (let i = 0; i < orders; i++) batch.push(this.#background.next(this.#log));
    for (const command of batch) if (command.op !== "book") this.#commands++;
    this.#addBookRead(batch);
    this.#execute(batch);
    // What onFill sent has changed the book.
    if (this.#settle()) this.#execute(this.#addBookRead([]));
    this.#markMiddle();
    if (orders < ORDERS_PER_STEP) return;
    this.#call("onBook", (strategy, market) => strategy.onBook?.(this.#book, market));
    this.#settle();
  }

  #start(): void {
    this.#started = true;
    this.#call("onStart", (strategy, market) => strategy.onStart?.(market));
    this.#settle();
  }

  /** Delivers events and executes what was sent, until neither is left. @returns whether anything was executed */
  #settle(): boolean {
    let executed = false;
    for (;;) {
      this.#deliver();
      const sent = this.#desk.collect();
      if (sent.length === 0) return executed;
      for (const command of sent) this.#log.write(command);
      this.#commands += sent.length;
      this.#execute(sent);
      executed = true;
    }
  }

  #deliver(): void {
    if (this.#own.length === 0) return;
    const own = this.#own;
    this.#own = [];
    for (const { kind, id, price, size } of own) {
      if (kind === "accepted") this.account.accepted(id);
      else if (kind === "gone") this.account.gone(id);
      else {
        const fill = this.account.executed(id, price, size, kind);
        if (fill !== undefined) this.#call("onFill", (strategy, market) => strategy.onFill?.(fill, market));
      }
    }
  }

  #addBookRead(batch: Command[]): Command[] {
    const read: Command = { op: "book", depth: BOOK_DEPTH };
    this.#log.write(read);
    batch.push(read);
    return batch;
  }

  #execute(batch: readonly Command[]): void {
    this.#log.endBatch();
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
    if (isStrategyId(id)) this.#own.push({ kind: "accepted", id, price: 0, size: 0 });
  }

  onExecuted(taker: number, maker: number, price: number, size: number): void {
    if (isStrategyId(maker)) this.#own.push({ kind: "maker", id: maker, price, size });
    if (isStrategyId(taker)) this.#own.push({ kind: "taker", id: taker, price, size });
  }

  onCanceled(id: number): void {
    if (isStrategyId(id)) this.#own.push({ kind: "gone", id, price: 0, size: 0 });
  }

  /** A cancel that came too late: its order is gone already, which the account knows. */
  onRejected(): void {}

  onBook(book: BookView): void {
    this.#book = book;
  }
}
