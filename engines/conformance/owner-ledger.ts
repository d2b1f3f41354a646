import type { OwnerLimits, Side } from "../contract/commands.ts";
import type { RejectReason } from "../contract/events.ts";

/** What matters here of an order. */
export interface OwnersOrder {
  side: Side;
  /** Ticks. */
  price: number;
  /** Open size, lots. */
  open: number;
  owner: number;
}

interface Account {
  killed: boolean;
  limits: OwnerLimits | undefined;
  bought: number;
  sold: number;
}

/** The reasons of risk checks. */
export const RISK_REASONS: readonly RejectReason[] = [
  "owner-killed",
  "max-order-size",
  "price-band",
  "max-open-orders",
  "position-limit",
];

/** Keeps account of owners, by what an engine's events say of them, and knows what each may send. */
export class OwnerLedger {
  readonly #accounts = new Map<number, Account>();
  #lastTradePrice: number | undefined;

  /** An owner was held to limits. */
  limit(limits: OwnerLimits): void {
    const account = this.#account(limits.owner);
    if (account.limits === undefined) Object.assign(account, { bought: 0, sold: 0 });
    account.limits = limits;
  }

  /** An owner was killed or lifted. */
  block(owner: number, killed: boolean): void {
    this.#account(owner).killed = killed;
  }

  trade(taker: OwnersOrder, maker: OwnersOrder, size: number): void {
    this.#lastTradePrice = maker.price;
    for (const { owner, side } of [taker, maker]) {
      const account = this.#accounts.get(owner);
      if (account !== undefined) account[side === "buy" ? "bought" : "sold"] += size;
    }
  }

  /**
   * The first risk check that an order fails.
   *
   * @param book all orders that rest, without the one that it takes the place of
   * @param kind `market`, `immediate` (limit), `resting`, or `replacing`, which is not asked for its number
   */
  failedCheck(
    order: OwnersOrder,
    book: Iterable<OwnersOrder>,
    kind: "market" | "immediate" | "resting" | "replacing",
  ): RejectReason | undefined {
    const account = order.owner === 0 ? undefined : this.#accounts.get(order.owner);
    if (account === undefined) return undefined;
    if (account.killed) return "owner-killed";
    const { maxOrderSize, priceBand, maxOpenOrders, positionLimit } = account.limits ?? {};
    const own = [...book].filter(({ owner }) => owner === order.owner);
    if (passes(order.open, maxOrderSize)) return "max-order-size";
    const ticks = Math.abs(order.price - (this.#lastTradePrice ?? order.price));
    if (kind !== "market" && passes(ticks, priceBand)) return "price-band";
    if (kind === "resting" && passes(own.length + 1, maxOpenOrders)) return "max-open-orders";
    const long = account.bought - account.sold;
    const onSide = [order, ...own.filter(({ side }) => side === order.side)];
    const most = (order.side === "buy" ? long : -long) + onSide.reduce((lots, { open }) => lots + open, 0);
    return passes(most, positionLimit) ? "position-limit" : undefined;
  }

  #account(owner: number): Account {
    const account = this.#accounts.get(owner) ?? { killed: false, limits: undefined, bought: 0, sold: 0 };
    this.#accounts.set(owner, account);
    return account;
  }
}

function passes(value: number, limit: number | undefined): boolean {
  return limit !== undefined && value > limit;
}
