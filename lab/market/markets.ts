import type { Level } from "../../engines/contract/engine.ts";
import { profileNamed } from "../../engines/flow/flow.ts";
import { levelOf, PROFILES } from "../../engines/flow/profiles.ts";
import type { Background } from "./background.ts";
import { MARKET_MODELS, type MarketModel } from "./market-models.ts";
import { ModelBackground } from "./model-background.ts";
import { ProfileBackground } from "./profile-background.ts";

/** A background market that a run can have, for a list to choose from. */
export interface MarketChoice {
  name: string;
  title: string;
  /** One sentence. */
  about: string;
  /** What an engine must meet. */
  level: Level;
}

const ABOUT: Record<keyof typeof MARKET_MODELS | keyof typeof PROFILES, [title: string, about: string]> = {
  "zero-intelligence": ["Zero intelligence", "Orders come at random and know nothing but the best prices."],
  bursts: ["Bursts", "Each market order calls for more of its side: quiet stretches, then runs."],
  trending: ["Trends", "For stretches of time, most market orders are on one side, and the price follows."],
  thin: ["Thin market", "Few orders in the book, and a wide spread."],
  "cancel-storm": ["Cancel storms", "Now and then most orders are cancelled within milliseconds."],
  std: ["Bench: std", "The bench's standard flow, about 1,650 live orders."],
  deep: ["Bench: deep", "The bench's flow with about 7,000 live orders."],
  wide: ["Bench: wide", "The bench's flow over about 2,500 price levels."],
  risk: ["Bench: risk", "The bench's standard flow, every order checked against its owner's limits."],
  full: ["Bench: full", "Every command of the contract, invalid ones too."],
};

/** Every market, models first. */
export function listMarkets(): readonly MarketChoice[] {
  return Object.entries(ABOUT).map(([name, [title, about]]) => ({ name, title, about, level: levelOfMarket(name) }));
}

/** What an engine must meet to run that market. @throws RangeError that lists the markets, where none has that name */
export function levelOfMarket(name: string): Level {
  if (modelNamed(name) !== undefined) return "core";
  if (!Object.hasOwn(PROFILES, name)) {
    throw new RangeError(`no market is named "${name}": choose one of ${Object.keys(ABOUT).join(", ")}`);
  }
  return levelOf(profileNamed(name));
}

/** The background market of that name. @throws RangeError where the name or the seed is none */
export function openBackground(name: string, seed: number, orders: number): Background {
  levelOfMarket(name);
  const model = modelNamed(name);
  return model === undefined ? new ProfileBackground(name, seed, orders) : new ModelBackground(model, seed, orders);
}

function modelNamed(name: string): MarketModel | undefined {
  return Object.hasOwn(MARKET_MODELS, name) ? MARKET_MODELS[name as keyof typeof MARKET_MODELS] : undefined;
}
