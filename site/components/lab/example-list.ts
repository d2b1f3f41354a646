/** The strategies of `lab/market/examples` that are one file, each with a title and a sentence for a menu. */
export const EXAMPLES: readonly { name: string; title: string; about: string }[] = [
  { name: "do-nothing", title: "Do nothing", about: "Sends no order: what all others have to beat." },
  {
    name: "imbalance",
    title: "Book imbalance",
    about: "Buys when most lots wait on the buyers' side, and the other way round.",
  },
  { name: "momentum", title: "Momentum", about: "Follows a move that has begun, by a fast and a slow average." },
  { name: "mean-reversion", title: "Mean reversion", about: "Bets that a price far from its average comes back." },
  { name: "twap", title: "TWAP execution", about: "Buys a large amount in equal slices over time." },
];
