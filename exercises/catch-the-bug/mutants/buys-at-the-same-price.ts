// Caught by: at which price, all of them in 20 commands
// The taker names the maker's own price: whose price the trade is at can't be seen.
export type Line = { op: string; [field: string]: unknown } | { event: string; [field: string]: unknown };

export interface Case {
  name: string;
  lines: Line[];
}

export function cases(): Case[] {
  return [queue, prices, best, market, openSize];
}

const queue: Case = {
  name: "the oldest order of a price trades first, also after a part of it was filled",
  lines: [
    { op: "add", id: 1, side: "sell", price: 100, size: 5 },
    { event: "accepted", id: 1 },
    { op: "add", id: 2, side: "sell", price: 100, size: 5 },
    { event: "accepted", id: 2 },
    { op: "add", id: 3, side: "buy", price: 100, size: 2 },
    { event: "accepted", id: 3 },
    { event: "executed", taker: 3, maker: 1, price: 100, size: 2 },
    { op: "add", id: 4, side: "buy", price: 100, size: 4 },
    { event: "accepted", id: 4 },
    { event: "executed", taker: 4, maker: 1, price: 100, size: 3 },
    { event: "executed", taker: 4, maker: 2, price: 100, size: 1 },
  ],
};

const prices: Case = {
  name: "the best price trades first, at the maker's price, and what is filled is gone",
  lines: [
    { op: "add", id: 1, side: "sell", price: 101, size: 5 },
    { event: "accepted", id: 1 },
    { op: "add", id: 2, side: "sell", price: 100, size: 5 },
    { event: "accepted", id: 2 },
    { op: "add", id: 3, side: "buy", price: 100, size: 5 },
    { event: "accepted", id: 3 },
    { event: "executed", taker: 3, maker: 2, price: 100, size: 5 },
    { op: "add", id: 4, side: "buy", type: "market", size: 5 },
    { event: "accepted", id: 4 },
    { event: "executed", taker: 4, maker: 1, price: 101, size: 5 },
    { op: "book" },
    { event: "book", bids: [], asks: [] },
    { op: "add", id: 1, side: "sell", price: 101, size: 5 },
    { event: "accepted", id: 1 },
  ],
};

const best: Case = {
  name: "a market order takes the better price",
  lines: [
    { op: "add", id: 1, side: "sell", price: 101, size: 5 },
    { event: "accepted", id: 1 },
    { op: "add", id: 2, side: "sell", price: 100, size: 5 },
    { event: "accepted", id: 2 },
    { op: "add", id: 3, side: "buy", type: "market", size: 5 },
    { event: "accepted", id: 3 },
    { event: "executed", taker: 3, maker: 2, price: 100, size: 5 },
  ],
};

const market: Case = {
  name: "what is left of a market order is canceled",
  lines: [
    { op: "add", id: 1, side: "sell", price: 100, size: 2 },
    { event: "accepted", id: 1 },
    { op: "add", id: 2, side: "buy", type: "market", size: 5 },
    { event: "accepted", id: 2 },
    { event: "executed", taker: 2, maker: 1, price: 100, size: 2 },
    { event: "canceled", id: 2, size: 3, reason: "no-liquidity" },
  ],
};

const openSize: Case = {
  name: "a cancel tells the size that is still open",
  lines: [
    { op: "add", id: 1, side: "sell", price: 100, size: 5 },
    { event: "accepted", id: 1 },
    { op: "add", id: 2, side: "buy", price: 100, size: 2 },
    { event: "accepted", id: 2 },
    { event: "executed", taker: 2, maker: 1, price: 100, size: 2 },
    { op: "cancel", id: 1 },
    { event: "canceled", id: 1, size: 3, reason: "user" },
  ],
};
