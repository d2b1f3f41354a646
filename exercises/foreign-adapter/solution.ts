type Report =
  | { kind: "ACK"; ref: string }
  | { kind: "FILL"; ref: string; role: "waited" | "came"; px: string; qty: number; left: number }
  | { kind: "DONE"; ref: string }
  | { kind: "OUT"; ref: string; left: number; why: "PULLED" | "DRY" }
  | { kind: "NO"; why: string };

interface Venue {
  readonly tick: string;
  listen(tell: (report: Report) => void): void;
  submit(order: { side: "B" | "S"; px: string; qty: number }): void;
  pull(ref: string): void;
  orders(): { ref: string; side: "B" | "S"; px: string; left: number }[];
}

interface NewOrder {
  id: number;
  side: "buy" | "sell";
  type?: "limit" | "market";
  price?: number;
  size: number;
}

type Event = { event: string; [field: string]: unknown };
type Level = [price: number, size: number, orders: number];

export function createBook(venue: Venue): Adapter {
  return new Adapter(venue);
}

/** It translates, and decides nothing: what happens is the venue's word. All that it keeps is who is called what. */
class Adapter {
  readonly #venue: Venue;
  readonly #prices: Prices;
  readonly #refs = new Map<number, string>();
  readonly #ids = new Map<string, number>();
  #events: Event[] = [];
  /** Of the order that is on its way in. */
  #newId = 0;
  /** The one that waited, of the trade whose second report is still to come. */
  #maker = 0;

  constructor(venue: Venue) {
    this.#venue = venue;
    this.#prices = new Prices(venue.tick);
    venue.listen((report) => this.#hear(report));
  }

  addOrder({ id, side, type = "limit", price = 0, size }: NewOrder): Event[] {
    if (this.#refs.has(id)) return [{ event: "rejected", op: "add", id, reason: "duplicate-id" }];
    const px = type === "market" ? "MKT" : this.#prices.text(price);
    this.#newId = id;
    return this.#during(() => this.#venue.submit({ side: side === "buy" ? "B" : "S", px, qty: size }));
  }

  cancelOrder(id: number): Event[] {
    const ref = this.#refs.get(id);
    if (ref === undefined) return [{ event: "rejected", op: "cancel", id, reason: "unknown-order" }];
    return this.#during(() => this.#venue.pull(ref));
  }

  getBook(depth = 10): Event {
    const [bids, asks] = [this.#levels("B"), this.#levels("S")];
    bids.sort(([a], [b]) => b - a);
    asks.sort(([a], [b]) => a - b);
    return { event: "book", bids: bids.slice(0, depth), asks: asks.slice(0, depth) };
  }

  /** The events of what is told while `act` runs. */
  #during(act: () => void): Event[] {
    this.#events = [];
    act();
    return this.#events;
  }

  #hear(report: Report): void {
    if (report.kind === "NO") throw new Error(`The venue refuses what the adapter asked: ${report.why}`);
    const { ref } = report;
    if (report.kind === "ACK") {
      this.#refs.set(this.#newId, ref);
      this.#ids.set(ref, this.#newId);
    }
    const id = this.#ids.get(ref) as number;
    switch (report.kind) {
      case "ACK":
        this.#events.push({ event: "accepted", id });
        break;
      case "FILL":
        if (report.role === "waited") this.#maker = id;
        else this.#events.push(this.#executed(id, report.px, report.qty));
        break;
      case "OUT": {
        const reason = report.why === "PULLED" ? "user" : "no-liquidity";
        this.#events.push({ event: "canceled", id, size: report.left, reason });
        this.#forget(id, ref);
        break;
      }
      case "DONE":
        this.#forget(id, ref);
        break;
    }
  }

  #executed(taker: number, px: string, size: number): Event {
    return { event: "executed", taker, maker: this.#maker, price: this.#prices.ticks(px), size };
  }

  #forget(id: number, ref: string): void {
    this.#refs.delete(id);
    this.#ids.delete(ref);
  }

  #levels(side: "B" | "S"): Level[] {
    const levels = new Map<number, Level>();
    for (const order of this.#venue.orders()) {
      if (order.side !== side) continue;
      const price = this.#prices.ticks(order.px);
      const [, size, orders] = levels.get(price) ?? [price, 0, 0];
      levels.set(price, [price, size + order.left, orders + 1]);
    }
    return [...levels.values()];
  }
}

/** Ticks and the vendor's decimal text, both ways without loss: whole numbers of the tick's last decimal. */
class Prices {
  readonly #decimals: number;
  readonly #step: bigint;

  constructor(tick: string) {
    const [whole, fraction = ""] = tick.split(".");
    this.#decimals = fraction.length;
    this.#step = BigInt(whole + fraction);
  }

  text(ticks: number): string {
    const digits = (BigInt(ticks) * this.#step).toString().padStart(this.#decimals + 1, "0");
    if (this.#decimals === 0) return digits;
    return `${digits.slice(0, -this.#decimals)}.${digits.slice(-this.#decimals)}`;
  }

  ticks(px: string): number {
    const [whole, fraction = ""] = px.split(".");
    return Number(BigInt(whole + fraction.padEnd(this.#decimals, "0")) / this.#step);
  }
}
