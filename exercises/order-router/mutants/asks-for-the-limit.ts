// Caught by: the best price first, a sale is the mirror, the cheaper of two venues, the deeper of two venues, nothing beyond the limit, books that are too thin
// Each order carries the client's limit: when the book has moved, it gets lots that the router never wanted there.

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

  const taken = new Map<Venue, { price: number; size: number }>();
  let left = size;
  for (const { venue, lots } of offers) {
    if (left === 0) break;
    const lotsHere = Math.min(lots, left);
    // Prices only get worse: the last one of a venue is the one that its order needs.
    taken.set(venue, { price: limit, size: (taken.get(venue)?.size ?? 0) + lotsHere });
    left -= lotsHere;
  }
  const children = venues.flatMap((venue) => {
    const child = taken.get(venue);
    return child === undefined ? [] : [{ venue: venue.name, ...child }];
  });
  return { children, left };
}

function offersOf(venue: Venue, side: "buy" | "sell"): Offer[] {
  const levels = side === "buy" ? venue.asks : venue.bids;
  return levels.map(([price, lots]) => ({ venue, price, lots }));
}
