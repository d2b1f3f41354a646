import type { Random } from "../../engines/flow/random.ts";
import { fixedExp, fixedLog } from "./fixed-math.ts";
import type { MarketModel, Phase } from "./market-models.ts";

export type OrderKind = "limit" | "cancel" | "buy" | "sell";

const NO_PHASES: readonly Phase[] = [{ meanSeconds: Number.POSITIVE_INFINITY }];

/**
 * When a model market's next order comes, and of which kind.
 *
 * All kinds together are one point process, drawn by thinning (Ogata, "On Lewis' simulation method for point processes",
 * IEEE Transactions on Information Theory 27, 1981). Between two orders no rate rises, so the rates of now bound those to come: a candidate
 * is drawn by the bound, and given up where the true rate has fallen below its draw. Without bursts no candidate is given up.
 */
export class OrderTimes {
  readonly #model: MarketModel;
  readonly #random: Random;
  readonly #phases: readonly Phase[];
  #phase = 0;
  #phaseEnds: number;
  /** What market orders so far add to their side's rate, at `#seconds`. */
  #buyExcitement = 0;
  #sellExcitement = 0;
  #seconds = 0;

  constructor(model: MarketModel, random: Random) {
    this.#model = model;
    this.#random = random;
    this.#phases = model.phases ?? NO_PHASES;
    this.#phaseEnds = this.#exponential(1 / this.#phases[0].meanSeconds);
  }

  /** When the last one drawn comes, simulated ns. */
  get timeNs(): number {
    return Math.floor(this.#seconds * 1e9);
  }

  /** Goes on to the next order. @param liveOrders of the background, which set how often one is cancelled */
  next(liveOrders: number): OrderKind {
    const { limitRate, spanTicks, cancelRate, marketRate } = this.#model;
    for (;;) {
      const { limit = 1, cancel = 1, buy = 1, sell = 1 } = this.#phases[this.#phase];
      const limits = 2 * spanTicks * limitRate * limit;
      const cancels = liveOrders * cancelRate * cancel;
      const buys = (marketRate + this.#buyExcitement) * buy;
      const sells = (marketRate + this.#sellExcitement) * sell;
      const total = limits + cancels + buys + sells;
      const gap = this.#exponential(total);
      if (this.#seconds + gap > this.#phaseEnds) {
        this.#nextPhase();
        continue;
      }
      this.#passTo(this.#seconds + gap);
      const draw = this.#uniform() * total;
      if (draw < limits) return "limit";
      if (draw < limits + cancels) return "cancel";
      const ofBuys = draw - limits - cancels;
      if (ofBuys < buys) {
        if (ofBuys < (marketRate + this.#buyExcitement) * buy) return this.#excite("buy");
      } else if (ofBuys - buys < (marketRate + this.#sellExcitement) * sell) return this.#excite("sell");
    }
  }

  #excite(side: "buy" | "sell"): OrderKind {
    const jump = this.#model.bursts?.jump ?? 0;
    if (side === "buy") this.#buyExcitement += jump;
    else this.#sellExcitement += jump;
    return side;
  }

  /** An exponential has no memory, so a gap that reaches over a change of rates may be drawn anew from there. */
  #nextPhase(): void {
    this.#passTo(this.#phaseEnds);
    this.#phase = (this.#phase + 1) % this.#phases.length;
    this.#phaseEnds += this.#exponential(1 / this.#phases[this.#phase].meanSeconds);
  }

  #passTo(seconds: number): void {
    const decay = this.#model.bursts?.decay;
    if (decay !== undefined) {
      const left = fixedExp(-decay * (seconds - this.#seconds));
      this.#buyExcitement *= left;
      this.#sellExcitement *= left;
    }
    this.#seconds = seconds;
  }

  /** Seconds, by inversion; infinite at rate 0. */
  #exponential(rate: number): number {
    return rate === 0 ? Number.POSITIVE_INFINITY : -fixedLog(this.#uniform()) / rate;
  }

  /** Above 0, at most 1. */
  #uniform(): number {
    return ((this.#random.next() >>> 0) + 1) / 2 ** 32;
  }
}
