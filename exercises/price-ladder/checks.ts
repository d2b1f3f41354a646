import type { Check, Checks } from "../../lab/grade/check.ts";
import { playWords, WordsPlace } from "../../lab/grade/counted-words.ts";
import type { Draws } from "../../lab/grade/draws.ts";
import { property } from "../../lab/grade/property.ts";
import { shrinkList } from "../../lab/grade/shrink.ts";
import { farPrices } from "./checks/far-prices.ts";
import { answersTable, callsOf, drawOps, FUNCTIONS, firstFault, type Op, play } from "./checks/ladder.ts";

/** Draws a price from three digits of five bits. */
type DrawPrice = (draws: Draws) => number;

const priceOf = (top: number, middle: number, low: number): number => (top * 32 + middle) * 32 + low;
/** A few words in a few regions, and never the first or the last bit of one. */
const inside: DrawPrice = (draws) => priceOf(draws.pick([3, 17]), draws.pick([4, 11, 25]), draws.integer(1, 30));
/** The first and the last bits of words, in all layers; the ends of the ladder are among them. */
const atEnds: DrawPrice = (draws) =>
  priceOf(draws.pick([0, 1, 31]), draws.pick([0, 1, 30, 31]), draws.pick([0, 1, 30, 31]));

/** A check of calls in turn. @param shown what is done in the picture */
function inTurn(kinds: readonly Op["name"][], price: DrawPrice, shown: readonly Op[], passed: string): Check {
  return property<Op[]>({
    cases: 10,
    passed,
    behind: () => playWords(FUNCTIONS),
    generate: (draws, index) => drawOps(draws, kinds, () => price(draws), 8 + 10 * index),
    async judge(learner, ops) {
      const asked = callsOf(ops);
      return firstFault(asked, await play(new WordsPlace(learner), asked));
    },
    show: (ops) => ops.map(({ name, price }) => `${name}(words, ${price})`).join("\n"),
    *shrink(ops) {
      yield* shrinkList(ops, undefined, 1);
    },
    async see(learner) {
      const asked = callsOf(shown);
      return [answersTable(asked, await play(new WordsPlace(learner), asked))];
    },
  });
}

const ops = (name: Op["name"], ...prices: number[]): Op[] => prices.map((price) => ({ name, price }));

export const checks: Checks = {
  "the next price above": inTurn(
    ["above"],
    inside,
    [...ops("add", 3_205, 3_210, 20_000), ...ops("above", 3_205, 3_210, 20_000)],
    "From every price the next one above was found.",
  ),
  "the next price below": inTurn(
    ["below"],
    inside,
    [...ops("add", 3_205, 3_210, 20_000), ...ops("below", 20_000, 3_210, 3_205)],
    "From every price the next one below was found.",
  ),
  "prices that leave": inTurn(
    ["remove", "remove", "above", "below"],
    inside,
    [
      ...ops("add", 3_205, 3_210, 20_000),
      ...ops("remove", 3_210),
      ...ops("above", 3_205),
      ...ops("remove", 20_000),
      ...ops("above", 3_205),
    ],
    "Who was taken out wasn't found any more, and everybody else was.",
  ),
  "ends of words and of the ladder": inTurn(
    ["above", "above", "below", "below", "remove"],
    atEnds,
    [
      ...ops("add", 1, 31, 32, 1_023, 1_024, 32_767),
      ...ops("above", 0, 31, 32, 1_023, 32_767),
      ...ops("below", 32_767, 1_024, 32, 1),
    ],
    "No end of a word and no end of the ladder was in the way.",
  ),
  "few words however far": farPrices,
};
