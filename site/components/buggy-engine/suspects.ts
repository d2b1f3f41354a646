/** The planted bugs that the reader may meet, by what `engines/conformance/planted-bugs.ts` says of them, and as an answer. */
export const SUSPECTS: readonly { what: string; answer: string }[] = [
  { what: "the last in the queue trades first", answer: "At one price, the order that came last trades first." },
  { what: "trades at the taker's price", answer: "A trade is at the taker's price, not at the maker's." },
  { what: "does not trade at the limit itself", answer: "A buy trades below its limit, but not at it." },
  { what: "a partial fill loses priority", answer: "A maker that is filled in part goes to the end of its queue." },
  { what: "a filled maker's id stays in use", answer: "An id can't be used again when its order is filled." },
  { what: "an empty level stays", answer: "A price at which nobody waits any more stays in the book." },
];

/** Which suspect's bug the engine of a letter has: as an index into `SUSPECTS`. One letter's engine may be any. */
export const ENGINES: readonly { letter: string; suspect: number }[] = [
  { letter: "A", suspect: 3 },
  { letter: "B", suspect: 1 },
  { letter: "C", suspect: 4 },
  { letter: "D", suspect: 0 },
  { letter: "E", suspect: 5 },
  { letter: "F", suspect: 2 },
];
