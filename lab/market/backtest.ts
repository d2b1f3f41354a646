import type { Side } from "../../engines/contract/commands.ts";
import type { Analytics, Fees, FillPoint } from "../sandbox/protocol.ts";
import { isStrategyId } from "./ids.ts";
import { LogWalk, type MarketListener } from "./log-walk.ts";
import { MarkOuts } from "./mark-outs.ts";
import type { SessionLog } from "./session.ts";
import type { Fill } from "./strategy.ts";

/** Fills that are kept for the next progress message, at most. */
const MAX_FILL_POINTS = 200;

interface QueuedOrder {
  aheadLots: number;
  sinceNs: number;
  filled: boolean;
}

/**
 * What a strategy made of a market, from the commands and events of a run alone. It is the same on every engine, and takes
 * no time that is measured.
 *
 * **Profit** is cash plus inventory at the middle of the book. With the middle m before each fill of q lots (below 0: sold) at price p,
 * and inventory I held while the middle moves by Δm, cash + I m = Σ q (m − p) + Σ I Δm: what was earned as spread, and what
 * was earned by holding. That is a regrouping of sums and holds to the last bit; fees come off it. What is called spread here
 * is the effective half spread of Huang and Stoll (`mark-outs.ts`), earned as a maker and paid as a taker.
 *
 * **Drawdown** is the largest fall of profit from a high before it: max over s ≤ t of P(s) − P(t) (Magdon-Ismail and Atiya, "Maximum drawdown",
 * Risk 17, 2004), seen at each book.
 */
export class Backtest implements MarketListener {
  readonly #fees: Fees;
  readonly #latencyNs: number;
  readonly #walk = new LogWalk(this);
  readonly #markOuts = new MarkOuts();
  readonly #queued = new Map<number, QueuedOrder>();
  #fillPoints: FillPoint[] = [];
  #timeNs = 0;
  #commands = 0;
  /** 0 until there is one. */
  #twiceMiddle = 0;
  #cash = 0;
  #inventory = 0;
  /** In half ticks × lots. */
  #twiceSpread = 0;
  #twiceHeld = 0;
  #peak = 0;
  #drawdown = 0;
  #largest = 0;
  /** Of |inventory| × ns. */
  #held = 0;
  #heldSince = 0;
  readonly #lots = { sent: 0, maker: 0, taker: 0 };
  readonly #orders = { sent: 0, filled: 0, rested: 0 };
  /** Sums over rested orders; and over filled lots, of lots × lots and lots × ns. */
  #ahead = 0;
  #aheadOfFilled = 0;
  #waitOfFilled = 0;

  constructor({ fees = { makerTicks: 0, takerTicks: 0 }, latencyNs = 0 }: { fees?: Fees; latencyNs?: number } = {}) {
    this.#fees = fees;
    this.#latencyNs = latencyNs;
  }

  /** The next stretch of the run. */
  add(log: SessionLog): void {
    this.#walk.add(log);
    this.#markMiddle();
  }

  /** Fills since the last call, the first 200. */
  takeFills(): FillPoint[] {
    const fills = this.#fillPoints;
    this.#fillPoints = [];
    return fills;
  }

  result(): Analytics {
    const { maker, taker, sent } = this.#lots;
    const filled = maker + taker;
    const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
    return {
      timeNs: this.#timeNs,
      latencyNs: this.#latencyNs,
      profit: {
        total: this.#profit,
        spread: this.#twiceSpread / 2,
        inventory: this.#twiceHeld / 2,
        fees: this.#paidFees,
      },
      maxDrawdown: this.#drawdown,
      inventory: {
        end: this.#inventory,
        largest: this.#largest,
        meanSize: share(this.#held + Math.abs(this.#inventory) * (this.#timeNs - this.#heldSince), this.#timeNs),
      },
      orders: { sent: this.#orders.sent, filled: this.#orders.filled },
      lots: { sent, filled, maker, taker },
      fillRatio: share(filled, sent),
      queue: {
        aheadLots: share(this.#ahead, this.#orders.rested),
        aheadOfFilledLots: share(this.#aheadOfFilled, maker),
        waitNs: share(this.#waitOfFilled, maker),
      },
      markOuts: this.#markOuts.result(),
    };
  }

  get #paidFees(): number {
    return this.#lots.maker * this.#fees.makerTicks + this.#lots.taker * this.#fees.takerTicks;
  }

  get #profit(): number {
    return (2 * this.#cash + this.#inventory * this.#twiceMiddle) / 2 - this.#paidFees;
  }

  onCommand(timeNs: number): void {
    this.#commands++;
    this.#markMiddle();
    this.#timeNs = timeNs;
    this.#markOuts.pass(timeNs, this.#twiceMiddle);
  }

  onBook(): void {
    this.#commands--;
    const profit = this.#profit;
    this.#peak = Math.max(this.#peak, profit);
    this.#drawdown = Math.max(this.#drawdown, this.#peak - profit);
  }

  onSent(id: number, lots: number, isNew: boolean): void {
    if (!isStrategyId(id)) return;
    this.#lots.sent += lots;
    if (isNew) this.#orders.sent++;
  }

  onRest(id: number, aheadLots: number): void {
    if (!isStrategyId(id)) return;
    this.#ahead += aheadLots;
    this.#orders.rested++;
    const filled = this.#queued.get(id)?.filled ?? false;
    this.#queued.set(id, { aheadLots, sinceNs: this.#timeNs, filled });
  }

  onGone(id: number): void {
    if (isStrategyId(id)) this.#queued.delete(id);
  }

  onTrade(taker: number, maker: number, takerSide: Side, price: number, lots: number): void {
    const makerSide = takerSide === "buy" ? "sell" : "buy";
    if (isStrategyId(maker)) {
      const order = this.#queued.get(maker);
      if (order !== undefined) {
        this.#aheadOfFilled += order.aheadLots * lots;
        this.#waitOfFilled += (this.#timeNs - order.sinceNs) * lots;
      }
      this.#fill(maker, makerSide, price, lots, "maker");
    }
    if (isStrategyId(taker)) this.#fill(taker, takerSide, price, lots, "taker");
  }

  #fill(id: number, side: Side, price: number, lots: number, role: Fill["role"]): void {
    const signedLots = side === "buy" ? lots : -lots;
    // A trade before there was a middle is told as one at the middle.
    if (this.#twiceMiddle === 0) this.#twiceMiddle = 2 * price;
    this.#twiceSpread += signedLots * (this.#twiceMiddle - 2 * price);
    this.#markOuts.fill({
      timeNs: this.#timeNs,
      role,
      signedLots,
      twicePrice: 2 * price,
      twiceMiddle: this.#twiceMiddle,
    });
    this.#hold(signedLots);
    this.#cash -= signedLots * price;
    this.#lots[role] += lots;
    this.#countFilled(id);
    if (this.#fillPoints.length < MAX_FILL_POINTS) {
      this.#fillPoints.push({ commands: this.#commands, side, price, size: lots, role });
    }
  }

  #hold(signedLots: number): void {
    this.#held += Math.abs(this.#inventory) * (this.#timeNs - this.#heldSince);
    this.#heldSince = this.#timeNs;
    this.#inventory += signedLots;
    this.#largest = Math.max(this.#largest, Math.abs(this.#inventory));
  }

  #countFilled(id: number): void {
    const order = this.#queued.get(id);
    if (order === undefined) this.#queued.set(id, { aheadLots: 0, sinceNs: this.#timeNs, filled: true });
    else if (order.filled) return;
    else order.filled = true;
    this.#orders.filled++;
  }

  /** While a side is empty, the middle stays what it was. */
  #markMiddle(): void {
    const { bestBid, bestAsk } = this.#walk.mirror;
    if (bestBid === undefined || bestAsk === undefined) return;
    const twiceMiddle = bestBid + bestAsk;
    if (twiceMiddle === this.#twiceMiddle) return;
    if (this.#twiceMiddle !== 0) this.#twiceHeld += this.#inventory * (twiceMiddle - this.#twiceMiddle);
    this.#twiceMiddle = twiceMiddle;
  }
}
