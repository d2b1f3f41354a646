/** Where a slot list ends. Slot 0 is never used. */
const NONE = 0;

/**
 * The book as a core flow's own commands leave it: price-time priority, limit and market orders, cancels; so that the
 * flow cancels only what is live, and knows the best prices. Prices from `lowest` to `highest`, in ticks.
 */
export class ModelBook {
  readonly #lowest: number;
  readonly #ticks: number;
  /** First and last slot of each price's queue. A price never holds both sides, because the book is not crossed. */
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  /** Per slot. */
  #id = new Int32Array(0);
  #tick = new Int32Array(0);
  #open = new Int32Array(0);
  #isBuy = new Int8Array(0);
  #next = new Int32Array(0);
  #previous = new Int32Array(0);
  #place = new Int32Array(0);
  #free = NONE;
  #slotsUsed = 0;
  /** Live slots in the order that `idAt` counts them: a new one goes to the end, a gone one is replaced by the last. */
  #live = new Int32Array(0);
  #liveCount = 0;
  #buyCount = 0;
  /** Offsets from `lowest`; −1 and `#ticks` where the side is empty. */
  #bestBid = -1;
  #bestAsk: number;

  constructor(lowest: number, highest: number) {
    this.#lowest = lowest;
    this.#ticks = highest - lowest + 1;
    this.#first = new Int32Array(this.#ticks);
    this.#last = new Int32Array(this.#ticks);
    this.#bestAsk = this.#ticks;
    this.#growTo(1024);
  }

  get liveOrders(): number {
    return this.#liveCount;
  }

  liveOrdersOf(isBuy: boolean): number {
    return isBuy ? this.#buyCount : this.#liveCount - this.#buyCount;
  }

  /** The highest bid, or one tick below the lowest price where there is none. */
  get bestBid(): number {
    return this.#lowest + this.#bestBid;
  }

  /** The lowest ask, or one tick above the highest price where there is none. */
  get bestAsk(): number {
    return this.#lowest + this.#bestAsk;
  }

  /** The id of the live order at `place`, 0 … liveOrders − 1. */
  idAt(place: number): number {
    return this.#id[this.#live[place]];
  }

  cancelAt(place: number): void {
    this.#remove(this.#live[place]);
  }

  /** Trades while prices cross. @param limit the last price to trade at @returns the lots left */
  take(isBuy: boolean, limit: number, lots: number): number {
    const limitTick = limit - this.#lowest;
    let left = lots;
    while (left > 0) {
      const tick = isBuy ? this.#bestAsk : this.#bestBid;
      if (tick < 0 || tick >= this.#ticks || (isBuy ? tick > limitTick : tick < limitTick)) break;
      const maker = this.#first[tick];
      if (this.#open[maker] > left) {
        this.#open[maker] -= left;
        return 0;
      }
      left -= this.#open[maker];
      this.#remove(maker);
    }
    return left;
  }

  /** Puts an order at the end of its price's queue. */
  rest(id: number, isBuy: boolean, price: number, lots: number): void {
    const slot = this.#takeSlot();
    const tick = price - this.#lowest;
    this.#id[slot] = id;
    this.#tick[slot] = tick;
    this.#open[slot] = lots;
    this.#isBuy[slot] = isBuy ? 1 : 0;
    const last = this.#last[tick];
    this.#previous[slot] = last;
    this.#next[slot] = NONE;
    if (last === NONE) this.#first[tick] = slot;
    else this.#next[last] = slot;
    this.#last[tick] = slot;
    this.#place[slot] = this.#liveCount;
    this.#live[this.#liveCount++] = slot;
    if (isBuy) {
      this.#buyCount++;
      if (tick > this.#bestBid) this.#bestBid = tick;
    } else if (tick < this.#bestAsk) this.#bestAsk = tick;
  }

  #remove(slot: number): void {
    const tick = this.#tick[slot];
    const previous = this.#previous[slot];
    const next = this.#next[slot];
    if (previous === NONE) this.#first[tick] = next;
    else this.#next[previous] = next;
    if (next === NONE) this.#last[tick] = previous;
    else this.#previous[next] = previous;

    const moved = this.#live[--this.#liveCount];
    const place = this.#place[slot];
    this.#live[place] = moved;
    this.#place[moved] = place;

    const isBuy = this.#isBuy[slot] === 1;
    if (isBuy) this.#buyCount--;
    if (this.#first[tick] === NONE) this.#leaveLevel(tick, isBuy);
    this.#next[slot] = this.#free;
    this.#free = slot;
  }

  #leaveLevel(tick: number, isBuy: boolean): void {
    if (isBuy && tick === this.#bestBid) {
      if (this.#buyCount === 0) this.#bestBid = -1;
      else while (this.#first[this.#bestBid] === NONE) this.#bestBid--;
    } else if (!isBuy && tick === this.#bestAsk) {
      if (this.#buyCount === this.#liveCount) this.#bestAsk = this.#ticks;
      else while (this.#first[this.#bestAsk] === NONE) this.#bestAsk++;
    }
  }

  #takeSlot(): number {
    const slot = this.#free;
    if (slot !== NONE) {
      this.#free = this.#next[slot];
      return slot;
    }
    if (this.#slotsUsed + 1 === this.#id.length) this.#growTo(this.#id.length * 2);
    return ++this.#slotsUsed;
  }

  #growTo(slots: number): void {
    const grow = (old: Int32Array) => {
      const larger = new Int32Array(slots);
      larger.set(old);
      return larger;
    };
    this.#id = grow(this.#id);
    this.#tick = grow(this.#tick);
    this.#open = grow(this.#open);
    this.#next = grow(this.#next);
    this.#previous = grow(this.#previous);
    this.#place = grow(this.#place);
    this.#live = grow(this.#live);
    const isBuy = new Int8Array(slots);
    isBuy.set(this.#isBuy);
    this.#isBuy = isBuy;
  }
}
