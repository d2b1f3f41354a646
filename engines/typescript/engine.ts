import { withBinaryDoor } from "../contract/binary-adapter.ts";
import { DEFAULT_DEPTH, type NewOrder, type OwnerLimits, type Side } from "../contract/commands.ts";
import type { CreateEngine, ObjectDoor, ReadArtefact } from "../contract/engine.ts";
import type { BookEvent, CancelReason, EngineEvent, RejectedEvent } from "../contract/events.ts";
import {
  checkDepth,
  checkLimits,
  checkNewOrder,
  checkOwner,
  checkReplace,
  isId,
  reject,
} from "../contract/validate.ts";
import { BookSide } from "./book-side.ts";
import type { Order } from "./price-level.ts";
import { RiskDesk } from "./risk.ts";

/** The plain engine's maker, for the registry; it has no built files to read. */
export async function load(_readArtefact: ReadArtefact): Promise<CreateEngine> {
  return () => withBinaryDoor(new OrderBook());
}

/** One instrument's book, and the matching of what comes in against it. */
export class OrderBook implements ObjectDoor {
  /** Those that rest, by id, in the order in which they came to. */
  readonly #orders = new Map<number, Order>();
  readonly #bids = new BookSide("buy");
  readonly #asks = new BookSide("sell");
  /** Of the last execution, ticks; undefined before any. */
  #lastTradePrice: number | undefined;
  /** Not there until the first command that asks for it: without risk checks there is nothing to keep account of. */
  #risk: RiskDesk | undefined;

  addOrder(order: NewOrder): EngineEvent[] {
    const wrong = checkNewOrder(order) ?? (this.#orders.has(order.id) ? "duplicate-id" : undefined);
    if (wrong !== undefined) return [reject("add", order?.id, wrong)];
    const taker = incomingOrder(order);
    const { type = "limit" } = order;
    const mayRest = type === "limit" && (order.tif === undefined || order.tif === "gtc");
    const risk = this.#risk?.checkAdd(taker, type, mayRest, this.#lastTradePrice);
    if (risk !== undefined) return [reject("add", taker.id, risk)];
    if (taker.postOnly && this.#wouldCross(taker.side, taker.price)) return [reject("add", taker.id, "would-cross")];

    const events: EngineEvent[] = [{ event: "accepted", id: taker.id }];
    if (order.tif === "fok" && !this.#canFill(taker)) {
      events.push(canceled(taker, "fok"));
      return events;
    }
    this.#match(taker, events);
    if (taker.openSize === 0) return events;
    if (mayRest) this.#rest(taker);
    else events.push(canceled(taker, type === "market" ? "no-liquidity" : "ioc"));
    return events;
  }

  // #region cancel
  cancelOrder(id: number): EngineEvent[] {
    if (!isId(id)) return [reject("cancel", id, "invalid-id")];
    const order = this.#orders.get(id);
    if (order === undefined) return [reject("cancel", id, "unknown-order")];
    this.#remove(order);
    return [canceled(order, "user")];
  }
  // #endregion cancel

  replaceOrder(id: number, price: number, size: number): EngineEvent[] {
    const wrong = checkReplace(id, price, size);
    if (wrong !== undefined) return [reject("replace", id, wrong)];
    const order = this.#orders.get(id);
    if (order === undefined) return [reject("replace", id, "unknown-order")];

    const events: EngineEvent[] = [{ event: "replaced", id, price, size }];
    if (price === order.price && size <= order.openSize) {
      this.#risk?.reduced(order, order.openSize - size);
      this.#side(order.side)
        .levelOf(order)
        .reduce(order, order.openSize - size);
      return events;
    }
    const risk = this.#risk?.checkReplace(order, price, size, this.#lastTradePrice);
    if (risk !== undefined) return [reject("replace", id, risk)];
    if (order.postOnly && this.#wouldCross(order.side, price)) return [reject("replace", id, "would-cross")];
    this.#remove(order);
    order.price = price;
    order.openSize = size;
    this.#match(order, events);
    if (order.openSize > 0) this.#rest(order);
    return events;
  }

  getBook(depth: number = DEFAULT_DEPTH): BookEvent | RejectedEvent {
    const wrong = checkDepth(depth);
    if (wrong !== undefined) return reject("book", undefined, wrong);
    return { event: "book", bids: this.#bids.snapshot(depth), asks: this.#asks.snapshot(depth) };
  }

  setLimits(limits: OwnerLimits): EngineEvent[] {
    const wrong = checkLimits(limits);
    if (wrong !== undefined) return [reject("limits", undefined, wrong)];
    this.#riskDesk().setLimits(limits, this.#orders.values());
    return [{ event: "limits", owner: limits.owner }];
  }

  killOwner(owner: number): EngineEvent[] {
    const wrong = checkOwner(owner);
    if (wrong !== undefined) return [reject("kill", undefined, wrong)];
    const events: EngineEvent[] = [{ event: "killed", owner }];
    for (const order of this.#riskDesk().kill(owner, this.#orders.values())) {
      this.#remove(order);
      events.push(canceled(order, "kill"));
    }
    return events;
  }

  liftOwner(owner: number): EngineEvent[] {
    const wrong = checkOwner(owner);
    if (wrong !== undefined) return [reject("lift", undefined, wrong)];
    this.#riskDesk().lift(owner, this.#orders.values());
    return [{ event: "lifted", owner }];
  }

  #riskDesk(): RiskDesk {
    this.#risk ??= new RiskDesk();
    return this.#risk;
  }

  // #region match
  /** Trades until the taker is done or nothing crosses. A taker that self-trade prevention cancels has nothing open left. */
  #match(taker: Order, events: EngineEvent[]): void {
    const makers = this.#otherSide(taker.side);
    while (taker.openSize > 0) {
      const level = makers.bestCrossedBy(taker.price);
      if (level === undefined) return;
      const maker = level.first as Order;
      if (isSelfTrade(taker, maker)) {
        this.#preventSelfTrade(taker, maker, events);
        continue;
      }
      const size = Math.min(taker.openSize, maker.openSize);
      events.push({ event: "executed", taker: taker.id, maker: maker.id, price: maker.price, size });
      this.#lastTradePrice = maker.price;
      this.#risk?.traded(taker, maker, size);
      taker.openSize -= size;
      level.reduce(maker, size);
      if (maker.openSize === 0) this.#remove(maker);
    }
  }
  // #endregion match

  #preventSelfTrade(taker: Order, maker: Order, events: EngineEvent[]): void {
    if (taker.stp !== "cancel-incoming") {
      this.#remove(maker);
      events.push(canceled(maker, "self-trade"));
    }
    if (taker.stp !== "cancel-resting") {
      events.push(canceled(taker, "self-trade"));
      taker.openSize = 0;
    }
  }

  /** Whether matching would fill the whole taker. It makes the same decisions as `#match`, and changes nothing. */
  #canFill(taker: Order): boolean {
    const makers = this.#otherSide(taker.side);
    let missing = taker.openSize;
    for (const level of makers.levelsCrossedBy(taker.price)) {
      for (let maker = level.first; maker !== undefined; maker = maker.next) {
        if (!isSelfTrade(taker, maker)) missing -= maker.openSize;
        else if (taker.stp !== "cancel-resting") return false;
        if (missing <= 0) return true;
      }
    }
    return false;
  }

  #wouldCross(side: Side, price: number): boolean {
    return this.#otherSide(side).bestCrossedBy(price) !== undefined;
  }

  #rest(order: Order): void {
    this.#side(order.side).append(order);
    this.#orders.set(order.id, order);
    this.#risk?.rested(order);
  }

  #remove(order: Order): void {
    this.#risk?.left(order);
    this.#side(order.side).remove(order);
    this.#orders.delete(order.id);
  }

  #side(side: Side): BookSide {
    return side === "buy" ? this.#bids : this.#asks;
  }

  #otherSide(side: Side): BookSide {
    return side === "buy" ? this.#asks : this.#bids;
  }
}

/** A valid order with its defaults filled in. */
function incomingOrder(order: NewOrder): Order {
  const { id, side, size, owner = 0, stp = "none", postOnly = false } = order;
  const price = order.price ?? (side === "buy" ? Number.POSITIVE_INFINITY : 0);
  return { id, side, price, openSize: size, owner, stp, postOnly, previous: undefined, next: undefined };
}

function isSelfTrade(taker: Order, maker: Order): boolean {
  return taker.owner !== 0 && taker.owner === maker.owner && taker.stp !== "none";
}

function canceled(order: Order, reason: CancelReason): EngineEvent {
  return { event: "canceled", id: order.id, size: order.openSize, reason };
}
