/** What can be had at a price. */
export type Level = [price: number, lots: number];

export interface Venue {
  name: string;
  /** Of each lot that is taken there, in hundredths of a tick; below 0 the venue pays. */
  fee: number;
  /** From the highest price down. */
  bids: Level[];
  /** From the lowest price up. */
  asks: Level[];
}

export interface Parent {
  side: "buy" | "sell";
  /** Lots. */
  size: number;
  /** Ticks: no lot may be bought for more, or sold for less. */
  limit: number;
}

export interface Route {
  /** At most one for each venue, in the order of the venues: an immediate-or-cancel order for all its lots, at the worst price that they need. */
  children: { venue: string; price: number; size: number }[];
  /** Lots that can't be had. */
  left: number;
}

/** Splits an order over the venues whose books are seen. */
export function route({ side, size, limit }: Parent, venues: Venue[]): Route {
  // Half to each, and hope. What is that worth, where one of them has the better price?
  const half = Math.floor(size / venues.length);
  const children = venues.map(({ name }) => ({ venue: name, price: limit, size: half }));
  return { children, left: side === "buy" ? 0 : size - half };
}
