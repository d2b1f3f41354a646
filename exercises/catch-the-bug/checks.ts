import { catching, type WrongEngine } from "../../lab/grade/catching.ts";
import type { Checks } from "../../lab/grade/check.ts";
import { createWrongBook, type Quirk } from "../../lab/grade/wrong-books.ts";

/** An engine is known by what its customers say: which bug it has is for the learner to find. */
function engine(complaint: string, quirk: Quirk): WrongEngine {
  return { name: complaint, create: () => createWrongBook(quirk) };
}

const turn = [
  engine("1. Waiting longer at a price doesn't pay", "last-in-first-out"),
  engine("2. After a small trade my large order was last in the queue", "partial-fill-loses-place"),
];

const price = [
  engine("3. My market order passed over the better price", "worst-price-first"),
  engine("4. I offered too much, and had to pay all of it", "taker-price"),
  engine("5. We named the same price and didn't trade", "no-trade-at-limit"),
];

const left = [
  engine("6. My order is filled, but its id is refused", "filled-id-stays"),
  engine("7. My market order found nothing, and stayed", "market-rests"),
  engine("8. The cancel told me a size that I no longer had", "cancel-tells-first-size"),
  engine("9. The book shows a price at which there is nobody", "empty-level-stays"),
];

const caught = (wrong: readonly WrongEngine[], mostCommands: number, passed: string) =>
  catching({ call: "cases", level: "core", mostCommands, wrong, passed });

export const checks: Checks = {
  "whose turn it is": caught(turn, 40, "Both engines with a wrong queue are caught."),
  "at which price": caught(price, 40, "All three engines with a wrong price are caught."),
  "what is left": caught(left, 40, "All four engines that keep or tell what isn't there are caught."),
  "all of them in 20 commands": caught([...turn, ...price, ...left], 20, "All nine are caught, with few commands."),
};
