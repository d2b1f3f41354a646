import type { CheckContext, Checks } from "../../lab/grade/check.ts";
import { type StrategyBound, type StrategyMarket, strategy } from "../../lab/grade/strategy.ts";

/** The first 2,000 open the market; a book is seen after every tenth. */
const ORDERS = 8_000;

/**
 * Seeds under which good quotes have enough to earn: in a few of markets as short as these, chance is stronger than any of them.
 */
const FAIR_SEEDS: Record<string, readonly number[]> = {
  "zero-intelligence": [1, 2, 3, 4, 5, 6, 7, 8],
  bursts: [1, 2, 3, 4, 9, 10, 11, 12],
  thin: [1, 2, 3, 4, 5, 6, 7, 8],
  "cancel-storm": [1, 2, 3, 4, 5, 6, 7, 8],
  trending: [1, 2, 3, 4, 5, 6, 8, 9],
};

function market(name: string, { draws }: CheckContext): StrategyMarket {
  return { name, seed: draws.pick(FAIR_SEEDS[name]), orders: ORDERS };
}

/** Solvent: nothing is lost, and what is held could be sold. Who breaks the limit, or does nothing, has no profit that counts. */
function bounds(lots: number): StrategyBound[] {
  return [
    { what: "profit", least: 0, weight: 2 },
    { what: "largest inventory", most: 60, weight: 1, needed: true },
    { what: "lots traded", least: lots, weight: 1, needed: true },
  ];
}

export const checks: Checks = {
  "four markets without a trend": strategy({
    markets: (context) => ["zero-intelligence", "bursts", "thin", "cancel-storm"].map((name) => market(name, context)),
    bounds: bounds(50),
    passed: "It quoted, it held little, and it lost nothing in any of the four.",
  }),
  "a market with trends": strategy({
    markets: (context) => [market("trending", context)],
    bounds: bounds(30),
    passed: "It traded through the trends, and lost nothing.",
  }),
};
