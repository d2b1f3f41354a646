import type { MarkOut } from "../sandbox/protocol.ts";
import type { Fill } from "./strategy.ts";

/** How long after a fill the market is looked at again, simulated ns. */
export const HORIZONS_NS = [100_000, 1_000_000, 10_000_000] as const;

interface Waiting {
  readonly timeNs: number;
  readonly role: Fill["role"];
  /** Lots, below 0 for a sale. */
  readonly signedLots: number;
  /** Twice the fill's price, and twice the middle just before it, ticks. */
  readonly twicePrice: number;
  readonly twiceMiddle: number;
}

interface Sum {
  lots: number;
  /** Of lots × half ticks. */
  effective: number;
  realized: number;
}

/**
 * What became of fills: whether the price went on against whoever traded (adverse selection).
 *
 * For q lots bought (below 0: sold) at price p, with the middle m just before the trade and m' at the horizon after it:
 * effective half spread q (m − p), realized q (m' − p), impact q (m − m'), so that effective = realized + impact. For a
 * maker an impact above 0 is what was lost to those who knew more. Huang and Stoll, "Dealer versus auction
 * markets", Journal of Financial Economics 41 (1996).
 */
export class MarkOuts {
  readonly #queues = HORIZONS_NS.map((horizonNs) => ({
    horizonNs,
    waiting: [] as Waiting[],
    /** Of `waiting`, those that are done. */
    done: 0,
    sums: { maker: { lots: 0, effective: 0, realized: 0 }, taker: { lots: 0, effective: 0, realized: 0 } },
  }));
  /** When the first horizon ends; infinite where none waits. */
  #dueNs = Number.POSITIVE_INFINITY;

  fill(fill: Waiting): void {
    for (const { waiting, horizonNs } of this.#queues) {
      waiting.push(fill);
      this.#dueNs = Math.min(this.#dueNs, fill.timeNs + horizonNs);
    }
  }

  /** Time has come to `timeNs`, and the middle has been this one since the call before. */
  pass(timeNs: number, twiceMiddle: number): void {
    if (timeNs < this.#dueNs) return;
    this.#dueNs = Number.POSITIVE_INFINITY;
    for (const queue of this.#queues) {
      const { waiting, horizonNs, sums } = queue;
      while (queue.done < waiting.length && waiting[queue.done].timeNs + horizonNs <= timeNs) {
        addTo(sums[waiting[queue.done].role], waiting[queue.done], twiceMiddle);
        queue.done++;
      }
      if (queue.done === waiting.length || queue.done > 1000) {
        queue.waiting = waiting.slice(queue.done);
        queue.done = 0;
      }
      const first = queue.waiting[queue.done];
      if (first !== undefined) this.#dueNs = Math.min(this.#dueNs, first.timeNs + horizonNs);
    }
  }

  /** Fills whose horizon had not ended are not among them. */
  result(): MarkOut[] {
    return this.#queues.flatMap(({ horizonNs, sums }) =>
      (["maker", "taker"] as const).map((role) => {
        const { lots, effective, realized } = sums[role];
        const each = (sum: number): number => (lots === 0 ? 0 : sum / (2 * lots));
        return {
          horizonNs,
          role,
          lots,
          effectiveTicks: each(effective),
          realizedTicks: each(realized),
          impactTicks: each(effective - realized),
        };
      }),
    );
  }
}

function addTo(sum: Sum, { signedLots, twicePrice, twiceMiddle }: Waiting, laterTwiceMiddle: number): void {
  sum.lots += Math.abs(signedLots);
  sum.effective += signedLots * (twiceMiddle - twicePrice);
  sum.realized += signedLots * (laterTwiceMiddle - twicePrice);
}
