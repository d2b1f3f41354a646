import { agreesWithReference, conformance } from "../../lab/grade/book.ts";
import type { Check, Checks } from "../../lab/grade/check.ts";

/** The cases of some parts of the contract, on a book of level core. */
const parts = (subjects: readonly string[], passed: string): Check => conformance({ level: "core", subjects, passed });

export const checks: Checks = {
  "orders rest and the book shows them": parts(
    ["Add: orders that rest", "Book"],
    "Orders rest, and the book shows them as they lie.",
  ),
  "orders trade in price-time order": parts(
    [
      "Add: trading in price-time order",
      "Add: market orders",
      "Add: immediate-or-cancel",
      "Add: self-trade prevention",
    ],
    "Every trade was with the maker whose turn it was, at its price.",
  ),
  "orders are canceled and ids used again": parts(
    ["Cancel", "Ids, live and used again"],
    "Every order that went left its id behind.",
  ),
  "what isn't valid is rejected": parts(
    ["Add: what is valid, and in which order it is checked", "Beyond an engine's level: what core answers"],
    "Every value that isn't valid was rejected, with the first reason there is.",
  ),
  "long sweeps and ends of the ladder": parts(
    ["Large sizes, ends of the ladder, long sweeps"],
    "No end and no length was too far.",
  ),
  "agrees on random flow": agreesWithReference({
    level: "core",
    flows: 4,
    commands: 400,
    passed: "Event for event the reference's answer.",
  }),
};
