import type { AddCommand, CancelCommand } from "../../engines/contract/commands.ts";
import type { ObjectDoor } from "../../engines/contract/engine.ts";
import type { EngineEvent, ExecutedEvent } from "../../engines/contract/events.ts";
import type { Spans } from "../../lab/measure/spans.ts";
import { type Analytics, analyse } from "./analytics.ts";
import { RiskDesk } from "./risk-desk.ts";
import { TrendFollower } from "./trend-follower.ts";

export type SystemCommand = AddCommand | CancelCommand;

/** What a trading system is made of. */
export interface SystemOptions {
  engine: ObjectDoor;
  /** Around each stage of a burst. */
  spans: Spans;
  /** Around each message of a stage. */
  spansOfEach: Spans;
  /** Trades that the analytics look back on. */
  window: number;
}

/** Ids of the strategy's orders start here, above those of all others. */
const FIRST_OWN_ID = 1_000_000_000;

/**
 * A trading system as it grows by itself: text in, text out, a book in the middle, and around it risk checks, a strategy and
 * analytics, each written the plain way. It is right, and it is slow, and nobody can say at a glance why.
 */
export class TradingSystem {
  readonly #options: SystemOptions;
  readonly #risk = new RiskDesk();
  readonly #strategy = new TrendFollower();
  readonly #trades: ExecutedEvent[] = [];
  #nextId = FIRST_OWN_ID;
  analytics: Analytics | undefined;

  constructor(options: SystemOptions) {
    this.#options = options;
  }

  // #region receive
  /** @param lines a burst of messages: commands as JSON @returns every event that they gave, as JSON */
  receive(lines: readonly string[]): string[] {
    const { spans } = this.#options;
    spans.begin("burst");
    const commands = this.#stage("decode", lines, (line) => JSON.parse(line) as SystemCommand);
    const allowed = this.#stage("risk", commands, (command) => this.#risk.allows(command)).map(
      (allows, index) => allows && commands[index],
    );
    const events = this.#stage("match", allowed, (command) => (command ? this.#execute(command) : [])).flat();

    spans.begin("strategy");
    events.push(...this.#decide());
    spans.end();

    spans.begin("analytics");
    this.analytics = analyse(this.#trades.slice(Math.max(0, this.#trades.length - this.#options.window)));
    spans.end();

    const messages = this.#stage("publish", events, (event) => JSON.stringify(event));
    spans.end();
    return messages;
  }
  // #endregion receive

  #stage<From, To>(name: string, items: readonly From[], work: (item: From) => To): To[] {
    const { spans, spansOfEach } = this.#options;
    spans.begin(name);
    const done: To[] = [];
    for (const item of items) {
      spansOfEach.begin("message");
      done.push(work(item));
      spansOfEach.end();
    }
    spans.end();
    return done;
  }

  #execute(command: SystemCommand): EngineEvent[] {
    const { engine } = this.#options;
    const events = command.op === "add" ? engine.addOrder(command) : engine.cancelOrder(command.id);
    for (const event of events) {
      if (event.event === "executed") this.#trades.push(event);
      this.#risk.learn(event);
    }
    return events;
  }

  #decide(): EngineEvent[] {
    const { engine, spans } = this.#options;
    spans.begin("features");
    const book = engine.getBook(10);
    const order = book.event === "book" ? this.#strategy.decide(book, this.#trades) : undefined;
    spans.end();
    if (order === undefined) return [];
    spans.begin("match");
    const events = this.#execute({ op: "add", id: this.#nextId++, ...order, type: "limit", tif: "ioc" });
    spans.end();
    return events;
  }
}
