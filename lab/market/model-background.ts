import { type Command, MAX_PRICE, type Side } from "../../engines/contract/commands.ts";
import { START_PRICE } from "../../engines/flow/profiles.ts";
import { Random } from "../../engines/flow/random.ts";
import type { Background } from "./background.ts";
import type { CommandLog } from "./command-log.ts";
import type { BookLevels } from "./gate.ts";
import { isStrategyId } from "./ids.ts";
import { LiveOrders } from "./live-orders.ts";
import type { MarketModel } from "./market-models.ts";
import { type OrderKind, OrderTimes } from "./order-times.ts";

/** Sizes are 1 … MAX_LOTS. */
const MAX_LOTS = 100;

/**
 * A market of `market-models.ts`. It opens with as many limit orders as the model's rates keep alive, all at time 0. Its
 * traders place their orders by the book that was read last, and so react to the strategy, whose orders stand in it too.
 */
export class ModelBackground implements Background {
  readonly #model: MarketModel;
  readonly #random: Random;
  readonly #times: OrderTimes;
  readonly #orders = new LiveOrders();
  #openingLeft: number;
  #kind: OrderKind = "limit";
  #bestBid = START_PRICE - 1;
  #bestAsk = START_PRICE + 1;
  left: number;

  /** @param orders how many commands there are, those of the opening included @throws RangeError where the seed is none */
  constructor(model: MarketModel, seed: number, orders: number) {
    this.#model = model;
    this.#random = new Random(seed);
    // Kinds and times have their own stream, so that what an order is does not change when the next one comes.
    this.#times = new OrderTimes(model, new Random((seed ^ 0x2545f491) >>> 0));
    this.#openingLeft = Math.round((2 * model.spanTicks * model.limitRate) / model.cancelRate);
    this.left = orders;
  }

  get nextTimeNs(): number {
    return this.#times.timeNs;
  }

  next(log: CommandLog): Command {
    const command = this.#command();
    log.write(command, this.nextTimeNs);
    this.left--;
    if (this.#openingLeft > 0) this.#openingLeft--;
    if (this.#openingLeft === 0) this.#kind = this.#times.next(this.#orders.count);
    return command;
  }

  #command(): Command {
    switch (this.#kind) {
      case "limit":
        return this.#limit();
      case "cancel": {
        const live = this.#orders.count;
        // The last ones may have traded since the kind was drawn.
        if (live === 0) return this.#limit();
        return { op: "cancel", id: this.#orders.takeForCancel(this.#random.below(live)) };
      }
      default:
        return this.#market(this.#kind);
    }
  }

  #limit(): Command {
    const isBuy = this.#random.below(2) === 0;
    const distance = 1 + this.#random.below(this.#model.spanTicks);
    const size = 1 + this.#random.below(MAX_LOTS);
    const price = isBuy ? Math.max(this.#bestAsk - distance, 1) : Math.min(this.#bestBid + distance, MAX_PRICE);
    return { op: "add", id: this.#orders.send(size, true), side: isBuy ? "buy" : "sell", type: "limit", price, size };
  }

  #market(side: Side): Command {
    const size = 1 + this.#random.below(MAX_LOTS);
    return { op: "add", id: this.#orders.send(size, false), side, type: "market", size };
  }

  onAccepted(id: number): void {
    this.#orders.accepted(id);
  }

  onExecuted(taker: number, maker: number, _price: number, size: number): void {
    if (!isStrategyId(taker)) this.#orders.traded(taker, size);
    if (!isStrategyId(maker)) this.#orders.traded(maker, size);
  }

  onCanceled(id: number): void {
    this.#orders.gone(id);
  }

  onRefused(id: number): void {
    this.#orders.gone(id);
  }

  onOwnOrder(): void {}

  /** A side that is empty keeps the price that it had last. */
  onBook({ bids, asks }: BookLevels): void {
    if (bids.length > 0) this.#bestBid = bids[0][0];
    if (asks.length > 0) this.#bestAsk = asks[0][0];
  }
}
