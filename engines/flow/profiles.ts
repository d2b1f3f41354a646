import type { Level } from "../contract/engine.ts";

/** What a flow is made of. Shares are in 1,024ths of the commands that follow the opening. */
export interface CoreProfile {
  kind: "core";
  /** Orders that rest in the book, which the flow steers towards. It opens with as many passive orders. */
  liveOrders: number;
  /** How far from the centre a passive order may be, in ticks. */
  spanTicks: number;
  /** How far from the centre the passive orders near the touch are, and how far crossing ones reach, in ticks. */
  touchTicks: number;
  passiveShare: number;
  cancelShare: number;
  marketShare: number;
  /** Limit orders that cross. */
  crossingShare: number;
  /** Owners 1 … owners send the orders in turn, each held to limits that stop nothing: level `extended`. Nobody does where left out. */
  owners?: number;
}

/** Everything in the contract, rejects included; live orders are bounded by `candidates`. */
export interface FullProfile {
  kind: "full";
  /** Ids that may be live, at most. */
  candidates: number;
  spanTicks: number;
  /** Owners 1 … owners, and 0 for nobody. */
  owners: number;
}

export type Profile = CoreProfile | FullProfile;

/** The level that an engine must meet to run a profile's flow. */
export function levelOf(profile: Profile): Level {
  if (profile.kind === "full") return "full";
  return profile.owners === undefined ? "core" : "extended";
}

const MIX = { passiveShare: 563, cancelShare: 379, marketShare: 41, crossingShare: 41 };

/** The bench's flows: `risk` is `std` with every order checked. */
export const PROFILES = {
  std: { kind: "core", liveOrders: 1650, spanTicks: 52, touchTicks: 4, ...MIX },
  deep: { kind: "core", liveOrders: 7450, spanTicks: 47, touchTicks: 4, ...MIX },
  wide: { kind: "core", liveOrders: 38_000, spanTicks: 1300, touchTicks: 48, ...MIX },
  risk: { kind: "core", liveOrders: 1650, spanTicks: 52, touchTicks: 4, ...MIX, owners: 8 },
  full: { kind: "full", candidates: 1024, spanTicks: 40, owners: 4 },
} as const satisfies Record<string, Profile>;

export type ProfileName = keyof typeof PROFILES;

/** The price around which a flow begins, in ticks. */
export const START_PRICE = 100_000;
/** The centre stays within that many ticks of `START_PRICE`. */
export const MAX_DRIFT_TICKS = 4096;
/** Sizes of passive orders are 1 … MAX_LOTS. */
export const MAX_LOTS = 100;
