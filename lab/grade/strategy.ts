import { Backtest } from "../market/backtest.ts";
import { Session } from "../market/session.ts";
import { StrategyError } from "../market/strategy-error.ts";
import type { Analytics, Fees } from "../sandbox/protocol.ts";
import type { Check, CheckContext, Outcome } from "./check.ts";
import { STRATEGY_RELAY, withHarness } from "./harness.ts";
import { partial } from "./parts.ts";
import { Relay, UnusableOrder } from "./relay.ts";
import { type Picture, thinned } from "./see.ts";
import { showNumber } from "./show.ts";

/** What can be asked of a strategy in a market; money in ticks × lots, inventory in lots. */
export type StrategyFigure = "profit" | "max drawdown" | "largest inventory" | "inventory at the end" | "lots traded";

export interface StrategyBound {
  what: StrategyFigure;
  /** Either or both. */
  least?: number;
  most?: number;
  /** Its part of the points against the other bounds'. Default 1. */
  weight?: number;
  /** Where it is missed in a market, nothing else counts there: so that doing nothing earns nothing. */
  needed?: boolean;
}

export interface StrategyMarket {
  /** A market's name, of `lab/market/markets.ts`. */
  name: string;
  /** Default: the check's own, so that each market has its own seed in each grading. */
  seed?: number;
  /** Orders of the market, at least 100: a book is seen after every tenth. Each is a message to the learner's realm. */
  orders: number;
  latencyNs?: number;
  fees?: Fees;
}

/**
 * A strategy judged in seeded markets. The learner's code exports `createStrategy()`, which gives an object with the callbacks of
 * `lab/market/strategy.ts`.
 */
export interface StrategyClaim {
  markets(context: CheckContext): readonly StrategyMarket[];
  /** Held in each market. */
  bounds: readonly StrategyBound[];
  passed: string;
}

interface Account {
  market: StrategyMarket;
  seed: number;
  figures: Record<StrategyFigure, number>;
  /** Profit and inventory at each book. */
  profit: number[];
  inventory: number[];
}

/**
 * A check of strategy. The markets run here, outside of the learner's realm: at each book the code is told what a trader may
 * know, and says what it sends. So it can't foresee the market, and its account is kept from the commands and events alone.
 */
export function strategy(claim: StrategyClaim): Check {
  return {
    async run(_learner, context) {
      const accounts: Account[] = [];
      for (const [index, market] of claim.markets(context).entries()) {
        const seed = market.seed ?? (context.seed + index) >>> 0;
        const account = await traded(market, seed, context);
        if ("share" in account) return account;
        accounts.push(account);
      }
      return { ...judged(claim, accounts), see: pictures(accounts) };
    },
    async rerun(_learner, data, context) {
      const { market, seed } = data as { market: StrategyMarket; seed: number };
      const account = await traded(market, seed, context);
      return "share" in account ? account : { ...judged(claim, [account]), see: pictures([account]) };
    },
  };
}

async function traded(market: StrategyMarket, seed: number, context: CheckContext): Promise<Account | Outcome> {
  const { name: profile, orders, latencyNs = 0, fees } = market;
  // A fresh place for each market: what the code remembers of one is nothing to the next.
  const place = await context.open(withHarness(context.code, STRATEGY_RELAY));
  const relay = new Relay();
  const engine = await context.engine("typescript-ladder");
  const session = new Session({ engine, door: "binary", strategy: relay, profile, seed, orders, latencyNs });
  const backtest = new Backtest({ latencyNs, ...(fees && { fees }) });
  const account: Account = { market, seed, figures: figures(backtest.result()), profit: [], inventory: [] };
  try {
    while (session.ordersLeft > 0) {
      session.step();
      backtest.add(session.log);
      session.forget();
      if (relay.news === undefined) continue;
      account.profit.push(Math.round(backtest.result().profit.total));
      account.inventory.push(session.account.inventory);
      relay.answer(await place.call("$hear", relay.news));
    }
  } catch (error) {
    return unusable(error, market, seed);
  } finally {
    place.close();
  }
  return { ...account, figures: figures(backtest.result()) };
}

/** @throws what isn't the learner's */
function unusable(error: unknown, market: StrategyMarket, seed: number): Outcome {
  const cause = error instanceof StrategyError ? error.cause : error;
  if (!(cause instanceof UnusableOrder || (error instanceof StrategyError && cause instanceof Error))) throw error;
  const message = cause.message.replace(/\.$/, "");
  return { share: 0, reason: `In the market "${market.name}" (seed ${seed}): ${message}.` };
}

function figures({ profit, maxDrawdown, inventory, lots }: Analytics): Record<StrategyFigure, number> {
  return {
    profit: profit.total,
    "max drawdown": maxDrawdown,
    "largest inventory": inventory.largest,
    "inventory at the end": Math.abs(inventory.end),
    "lots traded": lots.filled,
  };
}

function judged({ bounds, passed }: StrategyClaim, accounts: readonly Account[]): Outcome {
  const misses: { account: Account; bound: StrategyBound }[] = [];
  const needed = bounds.filter((bound) => bound.needed);
  const isOut = ({ figures }: Account): boolean => needed.some((bound) => !holds(bound, figures[bound.what]));
  const parts = bounds.map((bound) => {
    const missed = accounts.filter((account) => !holds(bound, account.figures[bound.what]));
    const uncounted = accounts.filter((account) => isOut(account) && !missed.includes(account));
    misses.push(...missed.map((account) => ({ account, bound })));
    return {
      what: boundText(bound),
      weight: bound.weight ?? 1,
      share: 1 - (missed.length + uncounted.length) / accounts.length,
      reason: `${[missedText(bound, missed), uncountedText(needed, uncounted)].filter((text) => text !== "").join("; ")}.`,
    };
  });
  const earned = partial(parts, passed);
  if (misses.length === 0) return earned;
  const { account, bound } = misses[0];
  const { market, seed } = account;
  const failing = {
    input: `createStrategy() in the market "${market.name}", seed ${seed}, ${showNumber(market.orders)} orders`,
    expected: boundText(bound),
    got: showNumber(account.figures[bound.what]),
    data: { market, seed },
  };
  return { ...earned, failing };
}

function missedText({ what }: StrategyBound, accounts: readonly Account[]): string {
  const each = accounts.map(({ market, figures }) => `${market.name} (${showNumber(figures[what])})`);
  return each.length === 0 ? "" : `missed in ${each.join(", ")}`;
}

function uncountedText(needed: readonly StrategyBound[], accounts: readonly Account[]): string {
  if (accounts.length === 0) return "";
  return `not counted in ${accounts.map(({ market }) => market.name).join(", ")} without ${needed.map(boundText).join(" and ")}`;
}

function holds({ least = -Infinity, most = Infinity }: StrategyBound, value: number): boolean {
  return value >= least && value <= most;
}

function boundText({ what, least, most }: StrategyBound): string {
  const low = least === undefined ? "" : `at least ${showNumber(least)}`;
  const high = most === undefined ? "" : `at most ${showNumber(most)}`;
  return `${what} ${[low, high].filter((text) => text !== "").join(" and ")}`;
}

function pictures(accounts: readonly Account[]): Picture[] {
  const names = Object.keys(accounts[0]?.figures ?? {}) as StrategyFigure[];
  const line = (title: string, unit: string, of: "profit" | "inventory"): Picture => ({
    kind: "line",
    title,
    unit,
    xTitle: "books",
    x: thinned(accounts[0][of].map((_, index) => index + 1)),
    series: accounts.slice(0, 5).map((account) => ({ name: account.market.name, values: thinned(account[of]) })),
  });
  const table: Picture = {
    kind: "table",
    title: "Accounts",
    columns: ["market", ...names],
    rows: accounts.map(({ market, figures }) => [market.name, ...names.map((name) => Math.round(figures[name]))]),
  };
  if (accounts.length === 0) return [];
  return [line("Profit", "ticks × lots", "profit"), line("Inventory", "lots", "inventory"), table];
}
