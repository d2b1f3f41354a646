import { MAX_DEPTH, type OwnerLimits, type SelfTradePrevention, type Side } from "../contract/commands.ts";
import type {
  BookEvent,
  BookLevel,
  CanceledEvent,
  EngineEvent,
  ExecutedEvent,
  RejectedEvent,
  ReplacedEvent,
} from "../contract/events.ts";
import { OwnerLedger, RISK_REASONS } from "./owner-ledger.ts";

interface Entry {
  id: number;
  side: Side;
  /** Ticks; a market order's is the far end of all prices. */
  price: number;
  /** Open size, lots. */
  open: number;
  /** The lower, the longer it has been there. */
  arrival: number;
  owner: number;
  stp: SelfTradePrevention;
  postOnly: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Keeps account of an engine's events, and of what they say about the book: every lot that was added is traded, canceled
 * or open; makers are met in price-time order, at their own price; nothing that crosses rests; who asked not to trade with himself does not;
 * no owner passes its limits, or is stopped before them. Else it decides nothing itself: it takes an order as accepted or rejected because
 * the engine says so.
 */
export class Ledger {
  readonly #open = new Map<number, Entry>();
  readonly #owners = new OwnerLedger();
  #arrivals = 0;

  /** Ids of the orders that rest. */
  get liveIds(): number[] {
    return [...this.#open.keys()];
  }

  /** Takes in the events of one command. @throws Error that says which of them can't be */
  record(command: object, events: readonly EngineEvent[]): void {
    const [first, ...rest] = events;
    switch (first?.event) {
      case "accepted":
        this.#expectFailed(command as Fields, first.id, undefined);
        this.#settle(this.#incoming(command as Fields, first.id), rest, command as Fields);
        return;
      case "limits":
        this.#owners.limit({ ...(command as OwnerLimits) });
        break;
      case "killed":
        this.#kill(first.owner, rest);
        return;
      case "lifted":
        this.#owners.block(first.owner, false);
        break;
      case "replaced":
        this.#expectFailed(command as Fields, first.id, undefined);
        this.#replace(first, rest);
        return;
      case "canceled":
        this.#take(this.#entry(first.id), first);
        break;
      case "book":
        this.#compare(first, (command as { depth?: number }).depth ?? 10);
        break;
      case "rejected":
        this.#expectRejected(command as Fields, first);
        break;
      default:
        throw new Error(`the events of a command begin with ${JSON.stringify(first)}`);
    }
    expectNoMore(rest);
  }

  /** What a book of that depth must be. */
  book(depth: number = MAX_DEPTH): BookEvent {
    return { event: "book", bids: this.#levels("buy", depth), asks: this.#levels("sell", depth) };
  }

  /** All orders of the owner go, the one that has been there longest first, and nothing else does. */
  #kill(owner: number, events: readonly EngineEvent[]): void {
    this.#owners.block(owner, true);
    const own = [...this.#open.values()].filter((order) => order.owner === owner);
    const due = own
      .toSorted((a, b) => a.arrival - b.arrival)
      .map(({ id, open }) => ({ event: "canceled", id, size: open, reason: "kill" }));
    if (JSON.stringify(due) !== JSON.stringify(events)) {
      throw new Error(`due was ${JSON.stringify(due)}, and not ${JSON.stringify(events)}`);
    }
    for (const { id } of own) this.#open.delete(id);
  }

  /** A reject that comes with or after the risk checks: they are why, or they were passed. */
  #expectRejected(command: Fields, { id, reason }: RejectedEvent): void {
    if (id === undefined) return;
    if (reason === "would-cross") this.#expectFailed(command, id, undefined);
    else if (RISK_REASONS.includes(reason)) this.#expectFailed(command, id, reason);
  }

  #expectFailed(command: Fields, id: number, reason: RejectedEvent["reason"] | undefined): void {
    const due = command.op === "replace" ? this.#failsReplace(command, id) : this.#failsAdd(command, id);
    if (due !== reason) throw new Error(`order ${id} fails ${due ?? "no risk check"}, and not ${reason ?? "none"}`);
  }

  #failsAdd(command: Fields, id: number): RejectedEvent["reason"] | undefined {
    const { type, tif } = command;
    const kind = type === "market" ? "market" : tif === "ioc" || tif === "fok" ? "immediate" : "resting";
    return this.#owners.failedCheck(this.#incoming(command, id), this.#open.values(), kind);
  }

  #failsReplace({ price, size }: Fields, id: number): RejectedEvent["reason"] | undefined {
    const order = this.#entry(id);
    const replacing = { ...order, price: price as number, open: size as number };
    if (replacing.price === order.price && replacing.open <= order.open) return undefined;
    const others = [...this.#open.values()].filter((other) => other !== order);
    return this.#owners.failedCheck(replacing, others, "replacing");
  }

  #incoming({ side, type, price, size, owner = 0, stp = "none", postOnly = false }: Fields, id: number): Entry {
    if (this.#open.has(id)) throw new Error(`order ${id} was accepted while another of that id rests`);
    const furthest = side === "buy" ? Number.POSITIVE_INFINITY : 0;
    const added = { id, side, price: type === "market" ? furthest : price, open: size, owner, stp, postOnly } as Entry;
    return { ...added, arrival: this.#arrivals++ };
  }

  #replace({ id, price, size }: ReplacedEvent, rest: readonly EngineEvent[]): void {
    const order = this.#entry(id);
    if (order.price === price && size <= order.open) {
      order.open = size;
      expectNoMore(rest);
    } else {
      this.#open.delete(id);
      this.#settle({ ...order, price, open: size, arrival: this.#arrivals++ }, rest, {});
    }
  }

  #settle(taker: Entry, events: readonly EngineEvent[], { type, tif }: Fields): void {
    if (taker.postOnly && events.length > 0) throw new Error(`order ${taker.id} is post-only, and met somebody`);
    let prevented = false;
    for (const [i, event] of events.entries()) {
      if (event.event === "executed") this.#trade(taker, event);
      else if (event.event !== "canceled") throw new Error(`${JSON.stringify(event)} among an order's trades`);
      else if (event.id === taker.id) {
        this.#end(taker, event, prevented);
        expectNoMore(events.slice(i + 1));
        return;
      } else {
        this.#prevent(taker, event);
        prevented = true;
      }
      if (prevented && taker.stp === "cancel-both" && i + 1 === events.length) {
        throw new Error(`order ${taker.id} asked for cancel-both, and goes on`);
      }
    }
    if (taker.open === 0) return;
    if (type === "market" || tif === "ioc" || tif === "fok") throw new Error(`order ${taker.id} may not rest`);
    const maker = this.#firstMaker(taker);
    if (maker !== undefined) throw new Error(`order ${taker.id} rests, and crosses order ${maker.id}`);
    this.#open.set(taker.id, taker);
  }

  /** The taker is canceled: by its time in force, or because it, or with cancel-both its maker before it, is its owner's. */
  #end(taker: Entry, event: CanceledEvent, prevented: boolean): void {
    if (event.size !== taker.open) throw new Error(`${taker.open} lots were open: ${JSON.stringify(event)}`);
    if (event.reason !== "self-trade") return;
    const due = taker.stp === "cancel-both" ? prevented : mayNotTrade(taker, this.#firstMaker(taker));
    if (!due || taker.stp === "cancel-resting") throw new Error(`no self-trade of order ${taker.id} was due`);
  }

  #trade(taker: Entry, event: ExecutedEvent): void {
    const maker = this.#firstMaker(taker);
    const size = Math.min(taker.open, maker?.open ?? 0);
    const due = { event: "executed", taker: taker.id, maker: maker?.id, price: maker?.price, size };
    if (maker === undefined || JSON.stringify(due) !== JSON.stringify(event)) {
      throw new Error(`due was ${JSON.stringify(due)}, and not ${JSON.stringify(event)}`);
    }
    if (mayNotTrade(taker, maker)) throw new Error(`a self-trade was not prevented: ${JSON.stringify(event)}`);
    this.#owners.trade(taker, maker, size);
    taker.open -= size;
    maker.open -= size;
    if (maker.open === 0) this.#open.delete(maker.id);
  }

  /** Self-trade prevention took the maker away. */
  #prevent(taker: Entry, event: CanceledEvent): void {
    const maker = this.#firstMaker(taker);
    if (maker?.id !== event.id || event.reason !== "self-trade" || !mayNotTrade(taker, maker)) {
      throw new Error(`order ${maker?.id} was next for order ${taker.id}: ${JSON.stringify(event)}`);
    }
    this.#take(maker, event);
  }

  #take(order: Entry, event: CanceledEvent): void {
    if (event.size !== order.open) throw new Error(`${order.open} lots were open: ${JSON.stringify(event)}`);
    this.#open.delete(order.id);
  }

  /** The order that the taker must meet next, where its price reaches any. */
  #firstMaker(taker: Entry): Entry | undefined {
    const buys = taker.side === "buy";
    const reached = [...this.#open.values()].filter(
      ({ side, price }) => side !== taker.side && (buys ? price <= taker.price : price >= taker.price),
    );
    return reached.toSorted((a, b) => (buys ? a.price - b.price : b.price - a.price) || a.arrival - b.arrival)[0];
  }

  #entry(id: number): Entry {
    const order = this.#open.get(id);
    if (order === undefined) throw new Error(`order ${id} does not rest`);
    return order;
  }

  #compare(book: BookEvent, depth: number): void {
    const due = JSON.stringify(this.book(depth));
    if (due !== JSON.stringify(book)) throw new Error(`due was ${due}, and not ${JSON.stringify(book)}`);
  }

  #levels(side: Side, depth: number): BookLevel[] {
    const levels = new Map<number, BookLevel>();
    for (const order of this.#open.values()) {
      if (order.side !== side) continue;
      const [, size, orders] = levels.get(order.price) ?? [order.price, 0, 0];
      levels.set(order.price, [order.price, size + order.open, orders + 1]);
    }
    const sorted = [...levels.values()].sort(([a], [b]) => (side === "buy" ? b - a : a - b));
    return sorted.slice(0, depth);
  }
}

function mayNotTrade(taker: Entry, maker: Entry | undefined): boolean {
  return taker.stp !== "none" && taker.owner > 0 && taker.owner === maker?.owner;
}

function expectNoMore(events: readonly EngineEvent[]): void {
  if (events.length > 0) throw new Error(`nothing more was due: ${JSON.stringify(events)}`);
}
