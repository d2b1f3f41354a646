/** What the vendor's book takes and tells: `meridian.ts`, which you are given, says it with its comments. */
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

export function createBook(venue: Venue) {
  const refs = new Map<number, string>();
  let events: Event[] = [];
  let newId = 0;

  venue.listen((report) => {
    if (report.kind === "ACK") {
      refs.set(newId, report.ref);
      events.push({ event: "accepted", id: newId });
    }
    // And the other reports?
  });

  return {
    addOrder({ id, side, price, size }: NewOrder): Event[] {
      events = [];
      newId = id;
      venue.submit({ side: side === "buy" ? "B" : "S", px: `${price}`, qty: size });
      return events;
    },

    cancelOrder(id: number): Event[] {
      events = [];
      venue.pull(refs.get(id) ?? "");
      return events;
    },

    getBook(_depth = 10): Event {
      const [bids, asks]: Level[][] = [[], []];
      return { event: "book", bids, asks };
    },
  };
}
