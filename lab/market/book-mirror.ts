import type { Side } from "../../engines/contract/commands.ts";
import { RecordedOrders } from "../../engines/flow/recorded-orders.ts";

/** So far a best price is looked for tick by tick; behind it, all levels are. */
const NEAR_TICKS = 256;

/** The lots at each price, and the price and open lots of each order, followed without an engine. */
export class BookMirror {
  readonly #orders = new RecordedOrders();
  /** Lots by price in ticks. */
  readonly #levels: Record<Side, Map<number, number>> = { buy: new Map(), sell: new Map() };
  /** Ticks; undefined where the side is empty. */
  readonly #best: Record<Side, number | undefined> = { buy: undefined, sell: undefined };

  get bestBid(): number | undefined {
    return this.#best.buy;
  }

  get bestAsk(): number | undefined {
    return this.#best.sell;
  }

  lotsAt(side: Side, price: number): number {
    return this.#levels[side].get(price) ?? 0;
  }

  /** 0 where no such order rests. */
  openOf(id: number): number {
    const place = this.#orders.find(0, id);
    return place < 0 ? 0 : this.#orders.openAt(place);
  }

  /** Ticks, below 0 for a sell; undefined where no such order rests. */
  signedPriceOf(id: number): number | undefined {
    const place = this.#orders.find(0, id);
    return place < 0 ? undefined : this.#orders.priceOf(this.#orders.idAt(place));
  }

  /** An order rests behind those of its price. Nothing happens where one of its id does already. */
  rest(id: number, side: Side, price: number, lots: number): void {
    if (this.#orders.add(0, id, side === "buy" ? price : -price, lots) === 0) return;
    const levels = this.#levels[side];
    levels.set(price, (levels.get(price) ?? 0) + lots);
    const best = this.#best[side];
    if (best === undefined || (side === "buy" ? price > best : price < best)) this.#best[side] = price;
  }

  /** Takes lots off an order; with none left, or without a number, it goes. */
  reduce(id: number, lots = Number.POSITIVE_INFINITY): void {
    const place = this.#orders.find(0, id);
    if (place < 0) return;
    const signed = this.#orders.priceOf(this.#orders.idAt(place));
    const open = this.#orders.openAt(place);
    const taken = Math.min(lots, open);
    if (taken < open) this.#orders.setOpen(place, open - taken);
    else this.#orders.remove(place);
    this.#takeOff(signed > 0 ? "buy" : "sell", Math.abs(signed), taken);
  }

  #takeOff(side: Side, price: number, lots: number): void {
    const levels = this.#levels[side];
    const left = (levels.get(price) as number) - lots;
    if (left > 0) {
      levels.set(price, left);
      return;
    }
    levels.delete(price);
    if (price === this.#best[side]) this.#best[side] = this.#nextBest(side, price);
  }

  #nextBest(side: Side, from: number): number | undefined {
    const levels = this.#levels[side];
    if (levels.size === 0) return undefined;
    const step = side === "buy" ? -1 : 1;
    for (let ticks = 1; ticks <= NEAR_TICKS; ticks++) if (levels.has(from + step * ticks)) return from + step * ticks;
    let best: number | undefined;
    for (const price of levels.keys()) if (best === undefined || (price - best) * step < 0) best = price;
    return best;
  }
}
