import { type AddCommand, type Command, MAX_PRICE, type Side } from "../../engines/contract/commands.ts";
import type { Level } from "../../engines/contract/engine.ts";
import type { Random } from "../../engines/flow/random.ts";
import type { Account } from "./account.ts";
import { fixedExp, fixedLog } from "./fixed-math.ts";
import { isStrategyId, MAX_STRATEGY_ORDERS, STRATEGY_OWNER, strategyId } from "./ids.ts";
import type { Market, OrderFlag } from "./strategy.ts";
import type { Timeline } from "./timeline.ts";

/** Orders, cancels, replaces and timers that a strategy may send between two books. */
export const MAX_SENT_PER_STEP = 1000;
/** Lots of one of the strategy's orders; with it, cash stays an exact integer. */
export const MAX_STRATEGY_SIZE = 1_000_000;
/** So that timers can't hold simulated time back for ever. */
export const MIN_TIMER_NS = 1000;
const MAX_TIMER_NS = 1e15;
const MAX_TIMERS = 1000;
const FLAGS: readonly unknown[] = ["ioc", "fok", "postOnly"] satisfies OrderFlag[];

/** Takes the strategy's orders while a callback runs, checks them, and keeps them until the callback is over. */
export class OrderDesk {
  /** What the strategy holds. Its methods need no `this`. */
  readonly market: Market;
  /** Whether a callback runs. */
  open = false;
  readonly #account: Account;
  readonly #timeline: Timeline;
  readonly #level: Level;
  #sent: Command[] = [];
  #sentInStep = 0;
  #orderCount = 0;

  /** @param level the lowest of the engines that run it */
  constructor(account: Account, timeline: Timeline, random: Random, level: Level) {
    this.#account = account;
    this.#timeline = timeline;
    this.#level = level;
    this.market = Object.freeze({
      buy: (price: number | "market", size: number, flag?: OrderFlag) => this.#send("buy", price, size, flag),
      sell: (price: number | "market", size: number, flag?: OrderFlag) => this.#send("sell", price, size, flag),
      cancel: (orderId: number) => this.#cancel(orderId),
      replace: (orderId: number, price: number, size: number) => this.#replace(orderId, price, size),
      order: (orderId: number) => account.order(orderId),
      setTimer: (delayNs: number) => this.#setTimer(delayNs),
      random: () => (random.next() >>> 0) / 2 ** 32,
      log: fixedLog,
      exp: fixedExp,
      get timeNs() {
        return timeline.nowNs;
      },
      get inventory() {
        return account.inventory;
      },
      get cash() {
        return account.cash;
      },
      get openOrders() {
        return account.openOrders;
      },
    });
  }

  /** A new step begins, with the whole allowance. */
  beginStep(): void {
    this.#sentInStep = 0;
  }

  /** What was sent since the last call, in its order. */
  collect(): Command[] {
    const sent = this.#sent;
    if (sent.length > 0) this.#sent = [];
    return sent;
  }

  #send(side: Side, price: number | "market", size: number, flag: OrderFlag | undefined): number {
    const call: Call = flag === undefined ? [side, price, size] : [side, price, size, flag];
    this.#admit(call);
    if (price !== "market") checkPrice(price, call);
    checkSize(size, call);
    if (flag !== undefined) this.#checkFlag(flag, price, call);
    if (this.#orderCount === MAX_STRATEGY_ORDERS) {
      throw new RangeError(`${shown(call)}: no order ids are left in this run.`);
    }
    const id = strategyId(this.#orderCount++);
    const rests = price !== "market" && flag !== "ioc" && flag !== "fok";
    this.#account.sent(id, side, price === "market" ? 0 : price, size, rests);
    this.#sent.push(addCommand(id, side, price, size, flag));
    return id;
  }

  #checkFlag(flag: OrderFlag, price: number | "market", call: Call): void {
    if (!FLAGS.includes(flag)) {
      throw new RangeError(`${shown(call)}: the flag must be "ioc", "fok" or "postOnly", or be left out.`);
    }
    if (price === "market") {
      throw new RangeError(`${shown(call)}: a market order takes what it can at once, and can have no flag.`);
    }
    this.#needFullLevel(`the flag "${flag}"`, call);
  }

  #cancel(orderId: number): void {
    this.#admit(["cancel", orderId]);
    this.#checkOwn(orderId, ["cancel", orderId]);
    this.#sent.push({ op: "cancel", id: orderId });
  }

  #replace(orderId: number, price: number, size: number): void {
    const call: Call = ["replace", orderId, price, size];
    this.#admit(call);
    this.#checkOwn(orderId, call);
    checkPrice(price, call);
    checkSize(size, call);
    this.#needFullLevel("replace", call);
    this.#sent.push({ op: "replace", id: orderId, price, size });
  }

  #setTimer(delayNs: number): number {
    const call: Call = ["setTimer", delayNs];
    this.#admit(call);
    if (!Number.isFinite(delayNs) || delayNs < MIN_TIMER_NS || delayNs > MAX_TIMER_NS) {
      throw new RangeError(`${shown(call)}: the delay must be ${count(MIN_TIMER_NS)} ns or more, and at most 10^15.`);
    }
    if (this.#timeline.timersLeft === MAX_TIMERS) {
      throw new RangeError(`${shown(call)}: ${count(MAX_TIMERS)} timers wait already.`);
    }
    return this.#timeline.setTimer(Math.floor(delayNs));
  }

  #checkOwn(orderId: number, call: Call): void {
    if (isWholeNumber(orderId, strategyId(this.#orderCount - 1)) && isStrategyId(orderId)) return;
    throw new RangeError(
      `${shown(call)}: no order of this strategy has that id. Give an id that buy or sell returned.`,
    );
  }

  #needFullLevel(what: string, call: Call): void {
    if (this.#level !== "core") return;
    throw new Error(`${shown(call)}: ${what} needs level full, and an engine of this run meets only level core.`);
  }

  #admit(call: Call): void {
    if (!this.open) {
      throw new Error(`${shown(call)}: orders can be sent only while a callback runs, such as onBook.`);
    }
    if (++this.#sentInStep > MAX_SENT_PER_STEP) {
      throw new RangeError(
        `${shown(call)}: more than ${count(MAX_SENT_PER_STEP)} orders, cancels and timers between two books.`,
      );
    }
  }
}

/** A reader's call: the method's name, then its arguments. */
type Call = [method: string, ...args: unknown[]];

function addCommand(
  id: number,
  side: Side,
  price: number | "market",
  size: number,
  flag: OrderFlag | undefined,
): AddCommand {
  if (price === "market") return { op: "add", id, side, type: "market", size, owner: STRATEGY_OWNER };
  const add: AddCommand = { op: "add", id, side, type: "limit", price, size, owner: STRATEGY_OWNER };
  if (flag === "postOnly") add.postOnly = true;
  else if (flag !== undefined) add.tif = flag;
  return add;
}

function checkPrice(price: number, call: Call): void {
  if (isWholeNumber(price, MAX_PRICE)) return;
  const alternative = call[0] === "replace" ? "" : ', or "market"';
  throw new RangeError(
    `${shown(call)}: the price must be a whole number of ticks from 1 to ${count(MAX_PRICE)}${alternative}.`,
  );
}

function checkSize(size: number, call: Call): void {
  if (isWholeNumber(size, MAX_STRATEGY_SIZE)) return;
  throw new RangeError(
    `${shown(call)}: the size must be a whole number of lots from 1 to ${count(MAX_STRATEGY_SIZE)}.`,
  );
}

function isWholeNumber(value: unknown, max: number): boolean {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= max;
}

/** A reader's call in a message: short, and never running a method of a value. */
function shown([method, ...args]: Call): string {
  const values = args.map((value) =>
    (typeof value === "object" && value !== null) || typeof value === "function" || typeof value === "symbol"
      ? typeof value
      : String(value).slice(0, 30),
  );
  return `${method}(${values.join(", ")})`;
}

function count(value: number): string {
  return value.toLocaleString("en");
}
