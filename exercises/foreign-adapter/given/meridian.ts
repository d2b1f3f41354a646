/** The vendor's book, as it was delivered: right, and not to be changed. All it says, it says in reports. */

export type Side = "B" | "S";

export type Report =
  /** The order is in. `ref` is its name from now on; the vendor chooses it. */
  | { kind: "ACK"; ref: string }
  /** A trade, told to each of the two: first to who waited, then to who came. `left` is what is still open of this one. */
  | { kind: "FILL"; ref: string; role: "waited" | "came"; px: string; qty: number; left: number }
  /** Filled to the last lot, and gone. Comes after both reports of the trade. */
  | { kind: "DONE"; ref: string }
  /** Taken out with `left` lots open: you pulled it, or a market order met nobody any more. */
  | { kind: "OUT"; ref: string; left: number; why: "PULLED" | "DRY" }
  /** What was asked for makes no sense. Nothing has changed. */
  | { kind: "NO"; why: string };

interface Waiting {
  ref: string;
  side: Side;
  px: string;
  ticks: bigint;
  left: number;
}

export class Meridian {
  /** The smallest step of a price, such as `0.25`. */
  readonly tick: string;
  readonly #newestFirst: boolean;
  #waiting: Waiting[] = [];
  #lastRef = 1000;
  #tell: (report: Report) => void = () => undefined;

  /** @param newestFirst some venues of this vendor let the newest order of a price trade first */
  constructor({ tick, newestFirst = false }: { tick: string; newestFirst?: boolean }) {
    this.tick = tick;
    this.#newestFirst = newestFirst;
  }

  /** Reports come while `submit` or `pull` runs, in the order in which things happen. */
  listen(tell: (report: Report) => void): void {
    this.#tell = tell;
  }

  /** @param px a price such as `100.25`, or `MKT` */
  submit({ side, px, qty }: { side: Side; px: string; qty: number }): void {
    const market = px === "MKT";
    const ticks = market ? 0n : this.#ticks(px);
    if (ticks === undefined) {
      this.#tell({ kind: "NO", why: `${px} is no price of tick ${this.tick}` });
      return;
    }
    const order = { ref: `M-${++this.#lastRef}`, side, px, ticks, left: qty };
    this.#tell({ kind: "ACK", ref: order.ref });
    for (let other = this.#next(order, market); other !== undefined; other = this.#next(order, market)) {
      this.#trade(other, order);
    }
    if (order.left === 0) this.#tell({ kind: "DONE", ref: order.ref });
    else if (market) this.#tell({ kind: "OUT", ref: order.ref, left: order.left, why: "DRY" });
    else this.#waiting.push(order);
  }

  pull(ref: string): void {
    const order = this.#waiting.find((each) => each.ref === ref);
    if (order === undefined) {
      this.#tell({ kind: "NO", why: `no order ${ref}` });
      return;
    }
    this.#leave(order);
    this.#tell({ kind: "OUT", ref, left: order.left, why: "PULLED" });
  }

  /** All that waits, of both sides, the order that came first at the head. */
  orders(): { ref: string; side: Side; px: string; left: number }[] {
    return this.#waiting.map(({ ref, side, px, left }) => ({ ref, side, px: shortest(px), left }));
  }

  #trade(other: Waiting, order: Waiting): void {
    const [px, qty] = [shortest(other.px), Math.min(other.left, order.left)];
    other.left -= qty;
    order.left -= qty;
    this.#tell({ kind: "FILL", ref: other.ref, role: "waited", px, qty, left: other.left });
    this.#tell({ kind: "FILL", ref: order.ref, role: "came", px, qty, left: order.left });
    if (other.left > 0) return;
    this.#leave(other);
    this.#tell({ kind: "DONE", ref: other.ref });
  }

  #next({ side, ticks, left }: Waiting, market: boolean): Waiting | undefined {
    const better = (a: bigint, b: bigint): boolean => (side === "B" ? a < b : a > b);
    let best: Waiting | undefined;
    for (const other of left === 0 ? [] : this.#waiting) {
      if (other.side === side || (!market && better(ticks, other.ticks))) continue;
      const later = this.#newestFirst && best?.ticks === other.ticks;
      if (best === undefined || better(other.ticks, best.ticks) || later) best = other;
    }
    return best;
  }

  #leave(order: Waiting): void {
    this.#waiting = this.#waiting.filter((each) => each !== order);
  }

  /** Undefined where the text is no whole number of ticks. */
  #ticks(px: string): bigint | undefined {
    if (!/^\d+(\.\d+)?$/.test(px)) return undefined;
    const decimals = Math.max(decimalsOf(px), decimalsOf(this.tick));
    const [price, step] = [units(px, decimals), units(this.tick, decimals)];
    return price > 0n && price % step === 0n ? price / step : undefined;
  }
}

function decimalsOf(text: string): number {
  return text.split(".")[1]?.length ?? 0;
}

function units(text: string, decimals: number): bigint {
  const [whole, fraction = ""] = text.split(".");
  return BigInt(whole + fraction.padEnd(decimals, "0"));
}

/** The vendor writes no zeros at a price's end: `100.5`, `101`. */
function shortest(px: string): string {
  return px.includes(".") ? px.replace(/\.?0+$/, "") : px;
}
