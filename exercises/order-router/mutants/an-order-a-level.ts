// Caught by: the best price first, a sale is the mirror, the cheaper of two venues, the deeper of two venues, nothing beyond the limit, books that are too thin
// Each level becomes an order of its own: twice the messages, and the second finds another book.

export type Level = [price: number, lots: number];

export interface Venue {
  name: string;
  fee: number;
  bids: Level[];
  asks: Level[];
}

export interface Parent {
  side: "buy" | "sell";
  size: number;
  limit: number;
}

export interface Route {
  children: { venue: string; price: number; size: number }[];
  left: number;
}

/** A level with where it is: all that the choice between two of them hangs on. */
interface Offer {
  venue: Venue;
  price: number;
  lots: number;
}

export function route({ side, size, limit }: Parent, venues: Venue[]): Route {
  /** Higher is worse, for a seller too. */
  const cost = side === "buy" ? 1 : -1;
  const offers = venues
    .flatMap((venue) => offersOf(venue, side))
    .filter(({ price }) => cost * (price - limit) <= 0)
    // A sort that is stable leaves what is equal in the order of the venues.
    .sort((a, b) => cost * (a.price - b.price) || a.venue.fee - b.venue.fee || b.lots - a.lots);

  const children: Route["children"] = [];
  let left = size;
  for (const { venue, price, lots } of offers) {
    if (left === 0) break;
    const lotsHere = Math.min(lots, left);
    children.push({ venue: venue.name, price, size: lotsHere });
    left -= lotsHere;
  }
  children.sort((a, b) => nameAt(venues, a.venue) - nameAt(venues, b.venue));
  return { children, left };
}

function nameAt(venues: Venue[], name: string): number {
  return venues.findIndex((venue) => venue.name === name);
}

function offersOf(venue: Venue, side: "buy" | "sell"): Offer[] {
  const levels = side === "buy" ? venue.asks : venue.bids;
  return levels.map(([price, lots]) => ({ venue, price, lots }));
}
