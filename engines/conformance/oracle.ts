import type { SelfTradePrevention, Side } from "../contract/commands.ts";
import type { Level } from "../contract/engine.ts";
import type { CancelReason, EngineEvent, RejectReason } from "../contract/events.ts";

/** A command as it came: any key may be missing, and any value may be anything. */
type Fields = Readonly<Record<string, unknown>>;

/** An order that is live, or on its way in. `size` is what is still open. */
interface Order {
  id: number;
  side: Side;
  price: number;
  size: number;
  owner: number;
  stp: SelfTradePrevention;
  postOnly: boolean;
}

/** The orders that rest at one price, the one that has been there longest first. */
interface Queue {
  price: number;
  orders: Order[];
}

/** What an owner is held to; a limit that was left out is infinite. */
interface Limits {
  maxOrderSize: number;
  maxOpenOrders: number;
  positionLimit: number;
  priceBand: number;
}

/** An owner that a `limits` or a `kill` has named. */
interface Account {
  killed: boolean;
  /** Undefined until the first `limits`. */
  limits?: Limits;
  /** Lots bought less lots sold since then. */
  position: number;
}

/**
 * The engine contract said as directly as it can be, to compare engines with. It shares nothing with them but the types:
 * its checks and its limits are its own, so that a mistake in theirs can't hide in it. It is slow on purpose; each side is
 * an array of queues, best price first.
 *
 * Deterministic. `execute` takes any object and never throws.
 */
export class Oracle {
  readonly #level: Level;
  readonly #bids: Queue[] = [];
  readonly #asks: Queue[] = [];
  readonly #live = new Map<number, Order>();
  /** The live orders of each owner, in the order in which they came to rest. */
  readonly #ownersLive = new Map<number, Set<Order>>();
  readonly #accounts = new Map<number, Account>();
  #lastTradePrice: number | undefined;

  /** @param level what is asked for beyond it is `unsupported` */
  constructor(level: Level) {
    this.#level = level;
  }

  /** Executes one command and gives its events, in order, with their keys in the order of the text form. */
  execute(command: object): EngineEvent[] {
    const fields = command as Fields;
    switch (fields.op) {
      case "add":
        return this.#add(fields);
      case "cancel":
        return this.#cancel(fields);
      case "replace":
        return this.#replace(fields);
      case "book":
        return this.#book(fields);
      case "limits":
        return this.#limits(fields);
      case "kill":
        return this.#kill(fields);
      case "lift":
        return this.#lift(fields);
      default: {
        const op = typeof fields.op === "string" ? fields.op : null;
        return [{ event: "rejected", op, reason: "unknown-op" }];
      }
    }
  }

  #add(fields: Fields): EngineEvent[] {
    const reason = invalidAdd(fields);
    if (reason === "invalid-id") return [{ event: "rejected", op: "add", reason }];
    const id = fields.id as number;
    if (reason !== undefined) return [{ event: "rejected", op: "add", id, reason }];
    if (this.#live.has(id)) return [{ event: "rejected", op: "add", id, reason: "duplicate-id" }];
    if (this.#level === "core" && asksForMoreThanCore(fields)) {
      return [{ event: "rejected", op: "add", id, reason: "unsupported" }];
    }

    const market = fields.type === "market";
    const taker: Order = {
      id,
      side: fields.side as Side,
      // A market order crosses every price there can be.
      price: market ? (fields.side === "buy" ? Number.POSITIVE_INFINITY : 0) : (fields.price as number),
      size: fields.size as number,
      owner: (fields.owner ?? 0) as number,
      stp: (fields.stp ?? "none") as SelfTradePrevention,
      postOnly: fields.postOnly === true,
    };
    const mayRest = !market && fields.tif !== "ioc" && fields.tif !== "fok";
    const risk = this.#riskOfAdd(taker, market, mayRest);
    if (risk !== undefined) return [{ event: "rejected", op: "add", id, reason: risk }];
    if (taker.postOnly && this.#bestCrossed(taker) !== undefined) {
      return [{ event: "rejected", op: "add", id, reason: "would-cross" }];
    }
    const events: EngineEvent[] = [{ event: "accepted", id }];
    if (fields.tif === "fok" && !this.#canFillWhole(taker)) {
      events.push({ event: "canceled", id, size: taker.size, reason: "fok" });
      return events;
    }
    const leftover: CancelReason | "rests" = market ? "no-liquidity" : fields.tif === "ioc" ? "ioc" : "rests";
    this.#matchAndSettle(taker, leftover, events);
    return events;
  }

  #cancel(fields: Fields): EngineEvent[] {
    if (!isId(fields.id)) return [{ event: "rejected", op: "cancel", reason: "invalid-id" }];
    const order = this.#live.get(fields.id);
    if (order === undefined) return [{ event: "rejected", op: "cancel", id: fields.id, reason: "unknown-order" }];
    this.#remove(order);
    return [{ event: "canceled", id: order.id, size: order.size, reason: "user" }];
  }

  #replace(fields: Fields): EngineEvent[] {
    const { id, price, size } = fields;
    if (!isId(id)) return [{ event: "rejected", op: "replace", reason: "invalid-id" }];
    const rejected = (reason: RejectReason): EngineEvent[] => [{ event: "rejected", op: "replace", id, reason }];
    if (!isSize(size)) return rejected("invalid-size");
    if (!isPrice(price)) return rejected("invalid-price");
    const order = this.#live.get(id);
    if (order === undefined) return rejected("unknown-order");
    if (this.#level === "core") return rejected("unsupported");

    if (price === order.price && size <= order.size) {
      order.size = size;
      return [{ event: "replaced", id, price, size }];
    }
    const taker: Order = { ...order, price, size };
    const risk = this.#riskOfReplace(order, taker);
    if (risk !== undefined) return rejected(risk);
    if (taker.postOnly && this.#bestCrossed(taker) !== undefined) return rejected("would-cross");
    this.#remove(order);
    const events: EngineEvent[] = [{ event: "replaced", id, price, size }];
    this.#matchAndSettle(taker, "rests", events);
    return events;
  }

  #book(fields: Fields): EngineEvent[] {
    const depth = fields.depth === undefined ? 10 : fields.depth;
    if (!isDepth(depth)) return [{ event: "rejected", op: "book", reason: "invalid-depth" }];
    const levels = (queues: Queue[]): [number, number, number][] =>
      queues.slice(0, depth).map(({ price, orders }) => [price, totalSize(orders), orders.length]);
    return [{ event: "book", bids: levels(this.#bids), asks: levels(this.#asks) }];
  }

  #limits(fields: Fields): EngineEvent[] {
    const { owner, maxOrderSize, maxOpenOrders, positionLimit, priceBand } = fields;
    const rejected = (reason: RejectReason): EngineEvent[] => [{ event: "rejected", op: "limits", reason }];
    if (!isNamed(owner)) return rejected("invalid-owner");
    const lots: unknown[] = [maxOrderSize, maxOpenOrders, positionLimit];
    if (lots.some((limit) => limit !== undefined && !isSize(limit))) return rejected("invalid-limit");
    if (priceBand !== undefined && !isPrice(priceBand)) return rejected("invalid-limit");
    if (this.#level !== "extended") return rejected("unsupported");

    const none = Number.POSITIVE_INFINITY;
    const account = this.#account(owner);
    account.limits = {
      maxOrderSize: (maxOrderSize ?? none) as number,
      maxOpenOrders: (maxOpenOrders ?? none) as number,
      positionLimit: (positionLimit ?? none) as number,
      priceBand: (priceBand ?? none) as number,
    };
    return [{ event: "limits", owner }];
  }

  #kill({ owner }: Fields): EngineEvent[] {
    if (!isNamed(owner)) return [{ event: "rejected", op: "kill", reason: "invalid-owner" }];
    if (this.#level !== "extended") return [{ event: "rejected", op: "kill", reason: "unsupported" }];
    this.#account(owner).killed = true;
    const events: EngineEvent[] = [{ event: "killed", owner }];
    for (const order of this.#openOrders(owner)) {
      this.#remove(order);
      events.push({ event: "canceled", id: order.id, size: order.size, reason: "kill" });
    }
    return events;
  }

  #lift({ owner }: Fields): EngineEvent[] {
    if (!isNamed(owner)) return [{ event: "rejected", op: "lift", reason: "invalid-owner" }];
    if (this.#level !== "extended") return [{ event: "rejected", op: "lift", reason: "unsupported" }];
    this.#account(owner).killed = false;
    return [{ event: "lifted", owner }];
  }

  #account(owner: number): Account {
    const account = this.#accounts.get(owner) ?? { killed: false, position: 0 };
    this.#accounts.set(owner, account);
    return account;
  }

  /** Those of an owner, the one that has rested longest first. */
  #openOrders(owner: number): Order[] {
    return [...(this.#ownersLive.get(owner) ?? [])];
  }

  /** The first of the risk checks of Add that fails. */
  #riskOfAdd(taker: Order, market: boolean, mayRest: boolean): RejectReason | undefined {
    const account = this.#accounts.get(taker.owner);
    if (account?.killed) return "owner-killed";
    const limits = account?.limits;
    if (limits === undefined) return undefined;
    if (taker.size > limits.maxOrderSize) return "max-order-size";
    if (!market && this.#distance(taker.price) > limits.priceBand) return "price-band";
    if (mayRest && this.#openOrders(taker.owner).length >= limits.maxOpenOrders) return "max-open-orders";
    if (this.#worstPosition(taker) > limits.positionLimit) return "position-limit";
    return undefined;
  }

  /** The first of the risk checks that fails for a replace that costs the order its place. */
  #riskOfReplace(order: Order, taker: Order): RejectReason | undefined {
    const limits = this.#accounts.get(order.owner)?.limits;
    if (limits === undefined) return undefined;
    if (taker.size > limits.maxOrderSize) return "max-order-size";
    if (this.#distance(taker.price) > limits.priceBand) return "price-band";
    if (this.#worstPosition(taker) - order.size > limits.positionLimit) return "position-limit";
    return undefined;
  }

  /** Ticks from the last trade's price; 0 where there was no trade. */
  #distance(price: number): number {
    return this.#lastTradePrice === undefined ? 0 : Math.abs(price - this.#lastTradePrice);
  }

  /** The owner's position towards the taker's side, if the taker and all that the owner has open there were filled. */
  #worstPosition({ owner, side, size }: Order): number {
    const position = (this.#accounts.get(owner) as Account).position;
    const open = totalSize(this.#openOrders(owner).filter((order) => order.side === side));
    return (side === "buy" ? position : -position) + open + size;
  }

  /** An execution counts in the positions of both. */
  #settlePositions(taker: Order, maker: Order, size: number): void {
    this.#lastTradePrice = maker.price;
    for (const { owner, side } of [taker, maker]) {
      const account = this.#accounts.get(owner);
      if (account?.limits !== undefined) account.position += side === "buy" ? size : -size;
    }
  }

  /** Step 4 of Add: whether step 5 would leave nothing of the taker. */
  #canFillWhole(taker: Order): boolean {
    const crossed = this.#otherSide(taker).filter(({ price }) => crosses(taker, price));
    const makers = crossed.flatMap(({ orders }) => orders);
    const firstOwn = makers.findIndex((maker) => selfTrades(taker, maker));
    if (firstOwn === -1) return totalSize(makers) >= taker.size;
    if (taker.stp === "cancel-resting") {
      return totalSize(makers.filter((maker) => !selfTrades(taker, maker))) >= taker.size;
    }
    return totalSize(makers.slice(0, firstOwn)) >= taker.size;
  }

  /** Steps 5 and 6 of Add. */
  #matchAndSettle(taker: Order, leftover: CancelReason | "rests", events: EngineEvent[]): void {
    while (taker.size > 0) {
      const maker = this.#bestCrossed(taker)?.orders[0];
      if (maker === undefined) break;
      if (selfTrades(taker, maker)) {
        if (taker.stp !== "cancel-incoming") {
          this.#remove(maker);
          events.push({ event: "canceled", id: maker.id, size: maker.size, reason: "self-trade" });
        }
        if (taker.stp !== "cancel-resting") {
          events.push({ event: "canceled", id: taker.id, size: taker.size, reason: "self-trade" });
          return;
        }
      } else {
        const size = Math.min(taker.size, maker.size);
        events.push({ event: "executed", taker: taker.id, maker: maker.id, price: maker.price, size });
        taker.size -= size;
        maker.size -= size;
        this.#settlePositions(taker, maker, size);
        if (maker.size === 0) this.#remove(maker);
      }
    }
    if (taker.size === 0) return;
    if (leftover === "rests") this.#rest(taker);
    else events.push({ event: "canceled", id: taker.id, size: taker.size, reason: leftover });
  }

  /** The other side's best queue, where the order's price reaches it. */
  #bestCrossed(order: Order): Queue | undefined {
    const best = this.#otherSide(order).at(0);
    return best !== undefined && crosses(order, best.price) ? best : undefined;
  }

  #ownSide(order: Order): Queue[] {
    return order.side === "buy" ? this.#bids : this.#asks;
  }

  #otherSide(order: Order): Queue[] {
    return order.side === "buy" ? this.#asks : this.#bids;
  }

  #rest(order: Order): void {
    const queues = this.#ownSide(order);
    const queue = queues.find(({ price }) => price === order.price);
    if (queue === undefined) {
      const worse = queues.findIndex(({ price }) => (order.side === "buy" ? price < order.price : price > order.price));
      queues.splice(worse === -1 ? queues.length : worse, 0, { price: order.price, orders: [order] });
    } else {
      queue.orders.push(order);
    }
    this.#live.set(order.id, order);
    const own = this.#ownersLive.get(order.owner) ?? new Set();
    this.#ownersLive.set(order.owner, own.add(order));
  }

  #remove(order: Order): void {
    const queues = this.#ownSide(order);
    const level = queues.findIndex(({ price }) => price === order.price);
    const { orders } = queues[level];
    orders.splice(orders.indexOf(order), 1);
    if (orders.length === 0) queues.splice(level, 1);
    this.#live.delete(order.id);
    this.#ownersLive.get(order.owner)?.delete(order);
  }
}

/** The first of the checks of step 1 of Add, up to `duplicate-id`, that fails. */
function invalidAdd(fields: Fields): RejectReason | undefined {
  const { id, side, type, price, size, tif, postOnly, owner, stp } = fields;
  const market = type === "market";
  if (!isId(id)) return "invalid-id";
  if (side !== "buy" && side !== "sell") return "invalid-side";
  if (type !== undefined && type !== "limit" && !market) return "invalid-type";
  if (!isSize(size)) return "invalid-size";
  if (market ? price !== undefined : !isPrice(price)) return "invalid-price";
  const tifs: unknown[] = market ? [undefined, "ioc"] : [undefined, "gtc", "ioc", "fok"];
  if (!tifs.includes(tif)) return "invalid-tif";
  if (postOnly !== undefined && postOnly !== false && postOnly !== true) return "invalid-post-only";
  if (postOnly === true && (market || tif === "ioc" || tif === "fok")) return "invalid-post-only";
  if (owner !== undefined && !isOwner(owner)) return "invalid-owner";
  const stps: unknown[] = [undefined, "none", "cancel-resting", "cancel-incoming", "cancel-both"];
  if (!stps.includes(stp)) return "invalid-stp";
  return undefined;
}

/** For an add that is valid. */
function asksForMoreThanCore({ type, tif, postOnly, stp }: Fields): boolean {
  if (type !== "market" && (tif === "ioc" || tif === "fok")) return true;
  return postOnly === true || (stp !== undefined && stp !== "none");
}

/** Whether the order would trade at that price of the other side. */
function crosses(order: Order, price: number): boolean {
  return order.side === "buy" ? order.price >= price : order.price <= price;
}

function selfTrades(taker: Order, maker: Order): boolean {
  return taker.stp !== "none" && taker.owner !== 0 && taker.owner === maker.owner;
}

function totalSize(orders: readonly Order[]): number {
  return orders.reduce((total, { size }) => total + size, 0);
}

function isIntegerWithin(value: unknown, lowest: number, highest: number): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= lowest && value <= highest;
}

const isId = (value: unknown): value is number => isIntegerWithin(value, 1, 2_147_483_647);
const isOwner = (value: unknown): value is number => isIntegerWithin(value, 0, 2_147_483_647);
/** Nobody, owner 0, can't be named. */
const isNamed = (value: unknown): value is number => isIntegerWithin(value, 1, 2_147_483_647);
const isPrice = (value: unknown): value is number => isIntegerWithin(value, 1, 16_777_215);
const isSize = (value: unknown): value is number => isIntegerWithin(value, 1, 2_147_483_647);
const isDepth = (value: unknown): value is number => isIntegerWithin(value, 1, 2_147_483_647);
